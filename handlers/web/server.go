package web

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"net"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
	"golang.org/x/net/netutil"
)

// bodyLimit bounds a request that is not streamed: a file of the greatest size
// with what surrounds it. Uploads are streamed and bounded file by file.
const bodyLimit = 21 << 20

// How long a client may take. Whoever sends or reads slowly holds a connection.
const (
	headerTime = 10 * time.Second // for the header, from its first byte on
	bodyTime   = 2 * time.Minute  // for the body, and for reading the answer
	idleTime   = time.Minute      // between requests
)

// Server is the HTTP server. It is used once: New, Start, Stop.
type Server struct {
	cfg     Config
	app     *fiber.App
	assets  assets
	written *template.Template
	base    context.Context // lives as long as the server: the end of it ends long polls
	cancel  context.CancelFunc
	served  chan struct{}

	mu      sync.Mutex
	ln      *hearing // the present one
	stopped bool
}

// New prepares the server; it does not listen yet.
func New(cfg Config) (*Server, error) {
	s := &Server{cfg: cfg.withDefaults(), served: make(chan struct{})}
	if d := s.cfg.Demo; d != nil && (d.Network == nil || d.Files == nil || d.Clock == nil) {
		return nil, errors.New("web: a demo needs Network, Files and Clock")
	}
	s.base, s.cancel = context.WithCancel(context.Background())
	var err error
	if s.assets, err = loadAssets(); err != nil {
		return nil, err
	}
	if s.written, err = parseWritten(); err != nil {
		return nil, err
	}
	s.app = fiber.New(fiber.Config{
		AppName:               "izinbot",
		DisableStartupMessage: true,
		BodyLimit:             bodyLimit,
		StreamRequestBody:     true,
		// Uploads are read part by part, in order; the library would take them whole.
		DisablePreParseMultipartForm: true,
		// fiber reuses the memory of what it hands out; copies are safe to keep.
		Immutable:    true,
		ReadTimeout:  headerTime,
		WriteTimeout: bodyTime,
		IdleTimeout:  idleTime,
		ErrorHandler: s.refuse,
	})
	s.app.Server().HeaderReceived = func(*fasthttp.RequestHeader) fasthttp.RequestConfig {
		return fasthttp.RequestConfig{ReadTimeout: bodyTime}
	}
	s.routes()
	return s, nil
}

func (s *Server) routes() {
	s.app.Use(s.survive, framed, s.withContext)
	s.app.Get("/healthz", s.health)
	for _, h := range s.cfg.Hooks {
		s.app.Post(h.Path, h.serve)
	}
	s.app.Use(secured)
	if s.cfg.Demo != nil {
		s.app.Use(loopbackHost)
		s.app.Get("/", s.assets.serve("index.html"))
		s.demoRoutes(s.app.Group("/sim", sameOrigin))
	}
	if s.cfg.Public != nil {
		if s.cfg.Demo == nil {
			// Whoever types the office's address wants to know how far his case is.
			s.app.Get("/", func(c *fiber.Ctx) error { return c.Redirect("/s", fiber.StatusSeeOther) })
		}
		for _, path := range []string{"/s", "/s/:case"} {
			s.app.Get(path, s.publicStatus)
		}
		for _, path := range []string{"/v", "/v/:case", "/v/:case/:letter"} {
			s.app.Get(path, s.publicLetter)
		}
	}
	if s.cfg.OTPSetup != nil {
		s.app.Get("/otp/:token", s.otpAsk)
		s.app.Post("/otp/:token", s.otpShow)
	}
	if s.cfg.Pairing != nil {
		s.pairingRoutes()
	}
	s.app.Get("/assets/*", s.asset)
}

// Start listens and returns; requests are served until [Server.Stop].
func (s *Server) Start(ctx context.Context) error {
	ln, err := s.listen(ctx)
	if err != nil {
		return err
	}
	s.ln = newHearing(newCrowd(newPatient(ln, s.cfg.Log)))
	go func() {
		defer close(s.served)
		s.cfg.Supervise.Run(s.base, "web", s.serve)
	}()
	return nil
}

// serve serves until the server is stopped, or until its listener fails: then the next
// call listens anew at the same address.
func (s *Server) serve(ctx context.Context) error {
	ln, err := s.hear(ctx)
	if err != nil || ln == nil {
		return err
	}
	err = s.app.Listener(netutil.LimitListener(ln, mostConns))
	if errors.Is(err, net.ErrClosed) {
		err = nil
	}
	return errors.Join(err, ln.Close())
}

// hear gives the listener that Start has made, or, once that is closed, a new one; nil
// if the server is stopped.
func (s *Server) hear(ctx context.Context) (*hearing, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stopped {
		return nil, nil //nolint:nilnil // there is none
	}
	if s.ln.served {
		ln, err := listen(ctx, s.ln.Addr().String())
		if err != nil {
			return nil, err
		}
		s.ln = newHearing(newCrowd(newPatient(ln, s.cfg.Log)))
	}
	s.ln.served = true
	return s.ln, nil
}

// present gives the listener; nil before Start.
func (s *Server) present() *hearing {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.ln
}

// URL gives the address of the server once it is started.
func (s *Server) URL() string { return "http://" + s.present().Addr().String() }

// Stop ends open long polls, lets other requests finish until ctx ends, and
// stops listening. Stopping twice, or what never started, is harmless.
func (s *Server) Stop(ctx context.Context) error {
	s.cancel()
	s.mu.Lock()
	s.stopped = true
	s.mu.Unlock()
	ln := s.present()
	if ln == nil {
		return nil
	}
	ln.stop()
	err := s.app.ShutdownWithContext(ctx)
	// A server that was stopped while it was starting does not know its listener.
	err = errors.Join(err, ln.Close())
	select {
	case <-s.served:
	case <-ctx.Done():
	}
	if err != nil {
		return fmt.Errorf("stop web server: %w", err)
	}
	return nil
}

// errPanic is the error of a handler that panicked.
var errPanic = errors.New("handler panicked")

// survive makes a panic an error. Its value may quote the request, so only its type is
// logged.
func (s *Server) survive(c *fiber.Ctx) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("%w: %T\n%s", errPanic, v, debug.Stack())
		}
	}()
	return c.Next()
}

func (s *Server) withContext(c *fiber.Ctx) error {
	c.SetUserContext(s.base)
	return c.Next()
}

func (s *Server) health(c *fiber.Ctx) error {
	c.Set(fiber.HeaderCacheControl, "no-store")
	if s.cfg.Health != nil {
		if err := s.cfg.Health(c.UserContext()); err != nil {
			s.cfg.Log.Warn("unhealthy", "error", err)
			return c.Status(fiber.StatusServiceUnavailable).SendString("unhealthy\n")
		}
	}
	lines := []string{"ok"}
	if s.cfg.Holds != nil {
		lines = append(lines, s.cfg.Holds()...)
	}
	return c.SendString(strings.Join(lines, "\n") + "\n")
}
