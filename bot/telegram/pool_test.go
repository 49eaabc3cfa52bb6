package telegram

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// trusting is a server that counts its connections, and a pool that trusts it.
type trusting struct {
	*httptest.Server
	pool   *pool
	opened atomic.Int32
	closed chan struct{}
}

func serve(t *testing.T, secure bool, h http.HandlerFunc) *trusting {
	t.Helper()
	s := &trusting{Server: httptest.NewUnstartedServer(h), closed: make(chan struct{}, 100)}
	s.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		switch state {
		case http.StateNew:
			s.opened.Add(1)
		case http.StateClosed:
			s.closed <- struct{}{}
		case http.StateActive, http.StateIdle, http.StateHijacked:
		}
	}
	cfg := tlsConfig()
	if secure {
		s.StartTLS()
		cfg.RootCAs = x509.NewCertPool()
		cfg.RootCAs.AddCert(s.Certificate())
	} else {
		s.Start()
	}
	t.Cleanup(s.Close)
	s.pool = newPool(s.URL, cfg)
	t.Cleanup(s.pool.conns.CloseIdleConnections)
	return s
}

// post returns the answer to a text.
func (s *trusting) post(ctx context.Context, path, body string) (string, error) {
	content, _, err := s.pool.post(ctx, path, []byte(body))
	return string(content), err
}

func echo(w http.ResponseWriter, r *http.Request) {
	content, _ := io.ReadAll(r.Body)
	_, _ = w.Write(content)
}

// both returns a server that speaks plain HTTP and one that speaks TLS.
func both(t *testing.T, h http.HandlerFunc) map[string]*trusting {
	t.Helper()
	return map[string]*trusting{"plain": serve(t, false, h), "TLS": serve(t, true, h)}
}

func TestConnectionIsUsedAgain(t *testing.T) {
	for name, s := range both(t, echo) {
		t.Run(name, func(t *testing.T) {
			for i := range 50 {
				want := strings.Repeat(fmt.Sprint(i), 1+i*300) // answers in one piece, and chunked
				if got, err := s.post(t.Context(), "/", want); err != nil || got != want {
					t.Fatalf("%d bytes, %v; sent %d", len(got), err, len(want))
				}
			}
			if n := s.opened.Load(); n != 1 {
				t.Errorf("%d connections", n)
			}
		})
	}
}

func TestAnswersWithoutBody(t *testing.T) {
	for name, s := range both(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }) {
		t.Run(name, func(t *testing.T) {
			for range 5 {
				content, status, err := s.pool.post(t.Context(), "/", []byte("x"))
				if err != nil || len(content) > 0 || status != http.StatusNoContent {
					t.Fatal(content, status, err)
				}
			}
			if n := s.opened.Load(); n != 1 {
				t.Errorf("%d connections", n)
			}
		})
	}
}

// TestTLSSessionIsResumed: a connection after the first does without most of the
// handshake.
func TestTLSSessionIsResumed(t *testing.T) {
	s := serve(t, true, func(w http.ResponseWriter, r *http.Request) { _, _ = fmt.Fprint(w, r.TLS.DidResume) })
	for _, want := range []string{"false", "true"} {
		if got, err := s.post(t.Context(), "/", "x"); err != nil || got != want {
			t.Errorf("resumed %s, %v; want %s", got, err, want)
		}
		s.pool.conns.CloseIdleConnections()
	}
}

func TestUnknownCertificateIsRefused(t *testing.T) {
	s := serve(t, true, echo)
	s.pool = newPool(s.URL, tlsConfig())
	_, err := s.post(t.Context(), "/", "x")
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); !ok {
		t.Error(err)
	}
	if broken, ok := errors.AsType[*brokenError](err); !ok || broken.sent {
		t.Errorf("%v counts as sent", err)
	}
}

func TestManyAtOnce(t *testing.T) {
	for name, s := range both(t, echo) {
		t.Run(name, func(t *testing.T) {
			var group sync.WaitGroup
			for i := range 32 {
				group.Go(func() {
					for j := range 50 {
						want := fmt.Sprint(i, " ", j)
						if got, err := s.post(t.Context(), "/", want); err != nil || got != want {
							t.Errorf("got %q, %v; want %q", got, err, want)
						}
					}
				})
			}
			group.Wait()
			if n := s.opened.Load(); n > 32 {
				t.Errorf("%d connections for 32 callers", n)
			}
		})
	}
}

func TestServerThatHangsUpAfterEachAnswer(t *testing.T) {
	hangUp := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Connection", "close")
		echo(w, r)
	}
	for name, s := range both(t, hangUp) {
		t.Run(name, func(t *testing.T) {
			for range 3 {
				if got, err := s.post(t.Context(), "/", "x"); err != nil || got != "x" {
					t.Fatal(got, err)
				}
			}
			if n := s.opened.Load(); n != 3 {
				t.Errorf("%d connections", n)
			}
		})
	}
}

// TestIdleConnectionThatWasClosed is the case in which a request must not be lost:
// the server closes what is idle, or has been started anew.
func TestIdleConnectionThatWasClosed(t *testing.T) {
	for name, s := range both(t, echo) {
		t.Run(name, func(t *testing.T) {
			for range 3 {
				if got, err := s.post(t.Context(), "/", "x"); err != nil || got != "x" {
					t.Fatal(got, err)
				}
				s.CloseClientConnections()
				<-s.closed
			}
		})
	}
}

// talk has a raw server answer each connection's request with so many bytes, and hang up, which
// it tells: a client cannot know that a connection is about to be closed.
func talk(t *testing.T, answer string) (url string, hungUp <-chan struct{}) {
	t.Helper()
	ln, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ln.Close() })
	ends := make(chan struct{}, 16)
	go func() {
		for {
			c, err := ln.Accept()
			if err != nil {
				return
			}
			if r, err := http.ReadRequest(bufio.NewReader(c)); err == nil {
				_, _ = io.Copy(io.Discard, r.Body)
			}
			_, _ = io.WriteString(c, answer)
			_ = c.Close()
			ends <- struct{}{}
		}
	}()
	return "http://" + ln.Addr().String(), ends
}

func TestAnswersOfARawServer(t *testing.T) {
	tests := map[string]struct {
		answer string
		want   string
		failed bool
	}{
		"announced":     {"HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", "ok", false},
		"to the end":    {"HTTP/1.1 200 OK\r\n\r\nok", "ok", false},
		"old":           {"HTTP/1.0 200 OK\r\n\r\nok", "ok", false},
		"long head":     {"HTTP/1.1 200 OK\r\nContent-Security-Policy: " + strings.Repeat("x", 12<<10) + "\r\nContent-Length: 2\r\n\r\nok", "ok", false},
		"cut off":       {"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok", "", true},
		"chunk missing": {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n", "", true},
		"nothing":       {"", "", true},
		"no HTTP":       {"RAHASIA there\r\n\r\n", "", true},
		"too long":      {"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\nok", "", true},
		"too much":      {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok and more", "ok", false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			url, hungUp := talk(t, tt.answer)
			s := &trusting{pool: newPool(url, nil)}
			defer s.pool.conns.CloseIdleConnections()
			for range 2 { // the second must not be answered by what was left of the first
				got, err := s.post(t.Context(), "/", "x")
				<-hungUp
				if got != tt.want || (err != nil) != tt.failed {
					t.Errorf("got %q, %v", got, err)
				}
				broken, ok := errors.AsType[*brokenError](err)
				if err != nil && (!ok || !broken.sent || strings.Contains(err.Error(), "RAHASIA")) {
					t.Errorf("%v: counts as not sent, or quotes the server", err)
				}
			}
		})
	}
}

func TestEndOfContext(t *testing.T) {
	release := make(chan struct{})
	hangs := func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/body" {
			_, _ = io.WriteString(w, "begun")
			_ = http.NewResponseController(w).Flush()
		}
		if r.URL.Path != "/quick" {
			<-release
		}
	}
	s := serve(t, false, hangs)
	for _, path := range []string{"/head", "/body"} {
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
		_, err := s.post(ctx, path, "x")
		cancel()
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s: %v", path, err)
		}
	}
	close(release)
	for range 2 { // what was broken off is not used again; what went well is, though its context has ended
		ctx, cancel := context.WithCancel(t.Context())
		if _, err := s.post(ctx, "/quick", "x"); err != nil {
			t.Error(err)
		}
		cancel()
	}
	if n := s.opened.Load(); n != 3 {
		t.Errorf("%d connections", n)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.post(ctx, "/quick", "x"); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestNobodyListens(t *testing.T) {
	dead := httptest.NewServer(nil)
	dead.Close()
	_, _, err := newPool(dead.URL, nil).post(t.Context(), "/", []byte("x"))
	if broken, ok := errors.AsType[*brokenError](err); !ok || broken.sent {
		t.Error(err)
	}
}

func TestServersThatNeedTheOtherClient(t *testing.T) {
	for _, server := range []string{"http://CONTOH:CONTOH@127.0.0.1:1", "ftp://127.0.0.1:1", "://"} {
		if newPool(server, nil) != nil {
			t.Errorf("%s gets a pool", server)
		}
	}
	p := newPool("https://bot.contoh.example/api", nil)
	if p == nil || p.conns.Addr != "bot.contoh.example:443" || p.path != "/api" || p.host != "bot.contoh.example" {
		t.Errorf("%+v", p)
	}
}
