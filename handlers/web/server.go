package web

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"net"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
)

// bodyLimit bounds a request that is not streamed: a file of the greatest size
// with what surrounds it. Uploads are streamed and bounded file by file.
const bodyLimit = 21 << 20

// Server is the HTTP server. It is used once: New, Start, Stop.
type Server struct {
	cfg     Config
	app     *fiber.App
	assets  assets
	written *template.Template
	base    context.Context // lives as long as the server: the end of it ends long polls
	cancel  context.CancelFunc
	ln      *hearing
	served  chan struct{}
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
		ReadTimeout:  2 * time.Minute,
		IdleTimeout:  time.Minute,
		ErrorHandler: s.refuse,
	})
	s.routes()
	return s, nil
}

func (s *Server) routes() {
	s.app.Use(s.withContext)
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
	s.ln = newHearing(ln)
	go func() {
		defer close(s.served)
		if err := s.app.Listener(s.ln); err != nil && !errors.Is(err, net.ErrClosed) {
			s.cfg.Log.ErrorContext(s.base, "web server ended", "error", err)
		}
	}()
	return nil
}

// URL is where the server is reached once it is started.
func (s *Server) URL() string { return "http://" + s.ln.Addr().String() }

// Stop ends open long polls, lets other requests finish until ctx ends, and
// stops listening. Stopping twice, or what never started, is harmless.
func (s *Server) Stop(ctx context.Context) error {
	s.cancel()
	if s.ln == nil {
		return nil
	}
	s.ln.stop()
	err := s.app.ShutdownWithContext(ctx)
	// A server that was stopped while it was starting does not know its listener.
	if closing := s.ln.Close(); closing != nil && !errors.Is(closing, net.ErrClosed) {
		err = errors.Join(err, closing)
	}
	select {
	case <-s.served:
	case <-ctx.Done():
	}
	if errors.Is(err, net.ErrClosed) {
		err = nil
	}
	if err != nil {
		return fmt.Errorf("stop web server: %w", err)
	}
	return nil
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
