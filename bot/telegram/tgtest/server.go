package tgtest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Config configures the server. Token and Now are required; the zero value of
// the rest is a quick server without limits or faults.
type Config struct {
	Token   string
	Now     func() time.Time
	Latency time.Duration // of every call
	// Limits has the server answer 429 beyond 30 messages a second over all and
	// one a second a chat.
	Limits bool
	Twice  bool // every update is delivered twice
	// Fault says what goes wrong with a call; nil: nothing. It is called by many
	// goroutines.
	Fault func(method string) Fault
	// Shown is told of every message of the bot, under no lock, in order within a
	// chat as long as the bot sends in order. It may be nil.
	Shown func(chat int64, m Message)
	// Forgetful servers keep no message that was shown, for long runs.
	Forgetful bool
}

// Fault is an injected failure of one call.
type Fault int

// The faults.
const (
	FaultNone       Fault = iota
	FaultTooMany          // 429, nothing done
	FaultInternal         // 500, nothing done
	FaultBadGateway       // 502 with a page of HTML, nothing done
	FaultReset            // the connection breaks before anything is done
	FaultLost             // the work is done, then the connection breaks
)

// Server is one bot's Bot API server.
type Server struct {
	cfg  Config
	http *http.Server
	url  string
	base context.Context // ends with the server
	end  context.CancelFunc

	mu        sync.Mutex
	reactions bool          // they are asked for
	wake      chan struct{} // closed and renewed when there is something new
	updates   []update      // not confirmed, in order
	last      int64         // the last update id given
	confirmed int64         // the greatest update id that the bot confirmed
	hook      webhook
	chats     map[int64]*chat
	files     map[string]file
	contents  map[string][]byte // of files, by path
	limits    limits
	calls     map[string]int
	answers   map[string]Answer    // by the id of the press
	menus     map[string][]Command // by language
	refused   int
	served    int
}

// New gives a server that listens nowhere yet; it is an [http.Handler] already.
func New(cfg Config) *Server {
	s := &Server{
		cfg: cfg, wake: make(chan struct{}), last: 1000, chats: map[int64]*chat{}, files: map[string]file{},
		contents: map[string][]byte{}, calls: map[string]int{}, answers: map[string]Answer{}, menus: map[string][]Command{},
		limits: limits{chats: map[int64]time.Time{}},
	}
	s.base, s.end = context.WithCancel(context.Background())
	return s
}

// Start listens on a free port of this machine.
func (s *Server) Start(ctx context.Context) error {
	ln, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	s.url = "http://" + ln.Addr().String()
	s.http = &http.Server{Handler: s, ReadHeaderTimeout: time.Minute}
	go func() { _ = s.http.Serve(ln) }()
	return nil
}

// URL is the address at which the server listens.
func (s *Server) URL() string { return s.url }

// Close ends all that is under way.
func (s *Server) Close() error {
	s.end()
	if s.http == nil {
		return nil
	}
	return s.http.Close()
}

// apiError is a refusal of the Bot API.
type apiError struct {
	code  int
	text  string
	after int // retry_after, seconds
}

func (e *apiError) Error() string { return fmt.Sprintf("%d %s", e.code, e.text) }

func badRequest(text string) error { return &apiError{code: 400, text: "Bad Request: " + text} }

// ServeHTTP implements [http.Handler].
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !s.delay(r.Context()) {
		return
	}
	if path, ok := strings.CutPrefix(r.URL.Path, "/file/bot"+s.cfg.Token+"/"); ok {
		s.serveFile(w, path)
		return
	}
	method, ok := strings.CutPrefix(r.URL.Path, "/bot"+s.cfg.Token+"/")
	if !ok {
		reply(w, nil, &apiError{code: 401, text: "Unauthorized"})
		return
	}
	s.count(method)
	fault := s.fault(method)
	if err := fault.before(); err != nil {
		_, _ = io.Copy(io.Discard, r.Body)
		fault.fail(w, err)
		return
	}
	p, err := readParams(r)
	if err != nil {
		reply(w, nil, badRequest("unreadable request"))
		return
	}
	result, err := s.call(r.Context(), method, p)
	if fault == FaultLost {
		panic(http.ErrAbortHandler)
	}
	reply(w, result, err)
}

func (s *Server) delay(ctx context.Context) bool {
	if s.cfg.Latency <= 0 {
		return true
	}
	t := time.NewTimer(s.cfg.Latency)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

func (s *Server) fault(method string) Fault {
	if s.cfg.Fault == nil {
		return FaultNone
	}
	return s.cfg.Fault(method)
}

var errReset = errors.New("reset")

// before is the error of a call that is not even tried.
func (f Fault) before() error {
	switch f {
	case FaultTooMany:
		return &apiError{code: 429, text: "Too Many Requests: retry after 1", after: 1}
	case FaultInternal:
		return &apiError{code: 500, text: "Internal Server Error"}
	case FaultBadGateway, FaultReset:
		return errReset
	case FaultNone, FaultLost:
	}
	return nil
}

func (f Fault) fail(w http.ResponseWriter, err error) {
	switch f { //nolint:exhaustive // the others are answered by their error
	case FaultReset:
		panic(http.ErrAbortHandler)
	case FaultBadGateway:
		w.WriteHeader(http.StatusBadGateway)
		_, _ = io.WriteString(w, "<html>502 Bad Gateway</html>")
	default:
		reply(w, nil, err)
	}
}

// envelope is the JSON object around every answer of the Bot API.
type envelope struct {
	OK          bool           `json:"ok"`
	Result      any            `json:"result,omitempty"`
	Code        int            `json:"error_code,omitempty"`
	Description string         `json:"description,omitempty"`
	Parameters  map[string]int `json:"parameters,omitempty"`
}

func reply(w http.ResponseWriter, result any, err error) {
	w.Header().Set("Content-Type", "application/json")
	out := envelope{OK: true, Result: result}
	if refusal, ok := errors.AsType[*apiError](err); ok {
		out = envelope{Code: refusal.code, Description: refusal.text}
		if refusal.after > 0 {
			out.Parameters = map[string]int{"retry_after": refusal.after}
		}
		w.WriteHeader(refusal.code)
	}
	_ = json.NewEncoder(w).Encode(out) // whoever has gone reads nothing
}
