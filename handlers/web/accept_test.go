package web_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"izinbot/bot/bottest"
	"izinbot/handlers/web"
)

// faulty is a listener whose next accepts fail with the errors that are put into it.
type faulty struct {
	net.Listener
	fail chan error
}

func (f *faulty) Accept() (net.Conn, error) {
	select {
	case err := <-f.fail:
		return nil, &net.OpError{Op: "accept", Net: "tcp", Err: os.NewSyscallError("accept4", err)}
	default:
		return f.Listener.Accept()
	}
}

// serving starts a server on a faulty listener.
func serving(t *testing.T, cfg web.Config, faults ...error) (s *web.Server, log *bottest.Log) {
	t.Helper()
	ln, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	must(t, err)
	f := &faulty{Listener: ln, fail: make(chan error, len(faults))}
	for _, err := range faults {
		f.fail <- err
	}
	log = &bottest.Log{}
	cfg.Listener, cfg.Log = f, slog.New(slog.NewTextHandler(log, nil))
	s, err = web.New(cfg)
	must(t, err)
	must(t, s.Start(t.Context()))
	t.Cleanup(func() { stop(t, s) })
	return s, log
}

func TestLackOfDescriptorsPasses(t *testing.T) {
	s, log := serving(t, web.Config{}, syscall.EMFILE, syscall.ENFILE, syscall.ENOBUFS, syscall.ENOMEM, syscall.ECONNABORTED)
	do(t, http.MethodGet, s.URL()+"/healthz", nil).want(t, http.StatusOK)
	for _, line := range []string{"connections cannot be accepted", "connections are accepted again"} {
		if n := strings.Count(log.String(), line); n != 1 {
			t.Errorf("%q is logged %d times:\n%s", line, n, log)
		}
	}
	if strings.Contains(log.String(), "level=WARN") || strings.Count(log.String(), "level=ERROR") != 2 {
		t.Errorf("log:\n%s", log)
	}
}

func TestStopDuringALackOfDescriptors(t *testing.T) {
	s, _ := serving(t, web.Config{}, slices.Repeat([]error{syscall.EMFILE}, 1000)...)
	began := time.Now()
	stop(t, s)
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("the end took %v", took)
	}
}

// A socket that is broken for good ends the server; begun again it listens anew at the
// same address.
func TestServerListensAnew(t *testing.T) {
	var mu sync.Mutex
	var ended []error
	again := func(ctx context.Context, _ string, run func(context.Context) error) {
		for range 10 {
			err := run(ctx)
			if ctx.Err() != nil {
				return
			}
			mu.Lock()
			ended = append(ended, err)
			mu.Unlock()
		}
	}
	s, _ := serving(t, web.Config{Supervise: again}, syscall.EBADF)
	url := s.URL()
	client := &http.Client{Timeout: 5 * time.Second, Transport: &http.Transport{}}
	defer client.CloseIdleConnections()
	var status int
	for range 100 { // a connection may still end with the old listener
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url+"/healthz", nil)
		must(t, err)
		if res, err := client.Do(req); err == nil {
			status = res.StatusCode
			_ = res.Body.Close()
			break
		}
	}
	mu.Lock()
	defer mu.Unlock()
	if status != http.StatusOK || len(ended) != 1 || !errors.Is(ended[0], syscall.EBADF) || s.URL() != url {
		t.Errorf("after the end %v at %s: status %d at %s", ended, url, status, s.URL())
	}
}

func TestPanicEndsOneRequest(t *testing.T) {
	const secret = "rahasia-CONTOH"
	s, log := serving(t, web.Config{Hooks: []web.Hook{{Path: "/hook", Limit: 100, Receive: func(context.Context, string, []byte) int {
		panic(secret)
	}}}})
	do(t, http.MethodPost, s.URL()+"/hook", bytes.NewReader([]byte("x"))).want(t, http.StatusInternalServerError)
	do(t, http.MethodGet, s.URL()+"/healthz", nil).want(t, http.StatusOK)
	if said := log.String(); !strings.Contains(said, "level=ERROR") || !strings.Contains(said, "accept_test.go") || strings.Contains(said, secret) {
		t.Errorf("log:\n%s", said)
	}
}
