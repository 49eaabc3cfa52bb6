package nearby_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"izinbot/bot/telegram/nearby"
)

// refusing is the fallback of tests in which nothing may fall back.
type refusing struct{}

var errFellBack = errors.New("fell back")

func (refusing) RoundTrip(*http.Request) (*http.Response, error) { return nil, errFellBack }

// serve gives a server with a client, and counts the connections.
func serve(t *testing.T, h http.HandlerFunc) (client *http.Client, url string, opened *atomic.Int32) {
	t.Helper()
	opened = new(atomic.Int32)
	s := httptest.NewUnstartedServer(h)
	s.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			opened.Add(1)
		}
	}
	s.Start()
	t.Cleanup(s.Close)
	transport := &nearby.Transport{Fallback: refusing{}}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport}, s.URL, opened
}

// post gives what is answered.
func post(ctx context.Context, client *http.Client, url, body string) (string, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		return "", err
	}
	resp, err := client.Do(r)
	if err != nil {
		return "", err
	}
	defer func() { _ = resp.Body.Close() }()
	content, err := io.ReadAll(resp.Body)
	return string(content), err
}

func echo(w http.ResponseWriter, r *http.Request) {
	content, _ := io.ReadAll(r.Body)
	_, _ = w.Write(content)
}

func TestConnectionIsUsedAgain(t *testing.T) {
	client, url, opened := serve(t, echo)
	for i := range 50 {
		want := strings.Repeat(fmt.Sprint(i), 1+i*300) // answers in one piece, and chunked
		if got, err := post(t.Context(), client, url, want); err != nil || got != want {
			t.Fatalf("%d bytes, %v; sent %d", len(got), err, len(want))
		}
	}
	if n := opened.Load(); n != 1 {
		t.Errorf("%d connections", n)
	}
}

func TestAnswersWithoutBody(t *testing.T) {
	client, url, opened := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	for range 5 {
		if got, err := post(t.Context(), client, url, "x"); err != nil || got != "" {
			t.Fatal(got, err)
		}
	}
	if n := opened.Load(); n != 1 {
		t.Errorf("%d connections", n)
	}
}

func TestManyAtOnce(t *testing.T) {
	client, url, opened := serve(t, echo)
	var group sync.WaitGroup
	for i := range 32 {
		group.Go(func() {
			for j := range 50 {
				want := fmt.Sprint(i, " ", j)
				if got, err := post(t.Context(), client, url, want); err != nil || got != want {
					t.Errorf("got %q, %v; want %q", got, err, want)
				}
			}
		})
	}
	group.Wait()
	if n := opened.Load(); n > 32 {
		t.Errorf("%d connections for 32 callers", n)
	}
}

func TestServerThatHangsUpAfterEachAnswer(t *testing.T) {
	client, url, opened := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Connection", "close")
		echo(w, r)
	})
	for range 3 {
		if got, err := post(t.Context(), client, url, "x"); err != nil || got != "x" {
			t.Fatal(got, err)
		}
	}
	if n := opened.Load(); n != 3 {
		t.Errorf("%d connections", n)
	}
}

// TestIdleConnectionThatWasClosed is the case in which a request must not be lost:
// the server closes what is idle, or has been started anew.
func TestIdleConnectionThatWasClosed(t *testing.T) {
	closed := make(chan struct{}, 1)
	s := httptest.NewUnstartedServer(http.HandlerFunc(echo))
	s.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateClosed {
			closed <- struct{}{}
		}
	}
	s.Start()
	defer s.Close()
	client := &http.Client{Transport: &nearby.Transport{Fallback: refusing{}}}
	defer client.CloseIdleConnections()
	for range 3 {
		if got, err := post(t.Context(), client, s.URL, "x"); err != nil || got != "x" {
			t.Fatal(got, err)
		}
		s.CloseClientConnections()
		<-closed
	}
}

// talk has a raw server answer one request with so many bytes, and hang up.
func talk(t *testing.T, answer string) (url string) {
	t.Helper()
	ln, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ln.Close() })
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
		}
	}()
	return "http://" + ln.Addr().String()
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
		"cut off":       {"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok", "ok", true},
		"chunk missing": {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n", "ok", true},
		"nothing":       {"", "", true},
		"no HTTP":       {"hello there\r\n\r\n", "", true},
		"other":         {"HTTP/1.1 101 Switching Protocols\r\n\r\n", "", true},
		"too much":      {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok and more", "ok", false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			client := &http.Client{Transport: &nearby.Transport{Fallback: refusing{}}}
			defer client.CloseIdleConnections()
			url := talk(t, tt.answer)
			for range 2 { // the second must not be answered by what was left of the first
				got, err := post(t.Context(), client, url, "x")
				if got != tt.want || (err != nil) != tt.failed {
					t.Errorf("got %q, %v", got, err)
				}
			}
		})
	}
}

func TestEndOfContext(t *testing.T) {
	release := make(chan struct{})
	client, url, opened := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/body" {
			_, _ = io.WriteString(w, "begun")
			_ = http.NewResponseController(w).Flush()
		}
		if r.URL.Path != "/quick" {
			<-release
		}
	})
	for _, path := range []string{"/head", "/body"} {
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
		_, err := post(ctx, client, url+path, "x")
		cancel()
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s: %v", path, err)
		}
	}
	close(release)
	for range 2 { // what was broken off is not used again; what went well is, though its context has ended
		ctx, cancel := context.WithCancel(t.Context())
		if _, err := post(ctx, client, url+"/quick", "x"); err != nil {
			t.Error(err)
		}
		cancel()
	}
	if n := opened.Load(); n != 3 {
		t.Errorf("%d connections", n)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := post(ctx, client, url+"/quick", "x"); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestNobodyListens(t *testing.T) {
	client, url, _ := serve(t, echo)
	dead := httptest.NewServer(nil)
	dead.Close()
	if _, err := post(t.Context(), client, dead.URL, "x"); err == nil {
		t.Error("answered")
	}
	if got, err := post(t.Context(), client, url, "x"); err != nil || got != "x" {
		t.Error(got, err)
	}
}

func TestWhatIsLeftToTheFallback(t *testing.T) {
	client := &http.Client{Transport: &nearby.Transport{Fallback: refusing{}}}
	stream := io.MultiReader(strings.NewReader("x"))
	for name, body := range map[string]io.Reader{"https://127.0.0.1:1": nil, "http://127.0.0.1:1": stream} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, name, body)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := client.Do(r); !errors.Is(err, errFellBack) { //nolint:bodyclose // there is none
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestWrittenIsTraced holds that callers learn whether the server may have got a
// request.
func TestWrittenIsTraced(t *testing.T) {
	client, url, _ := serve(t, echo)
	var written atomic.Bool
	ctx := httptrace.WithClientTrace(t.Context(), &httptrace.ClientTrace{WroteRequest: func(w httptrace.WroteRequestInfo) { written.Store(w.Err == nil) }})
	if _, err := post(ctx, client, url, "x"); err != nil || !written.Load() {
		t.Error(err, written.Load())
	}
}
