package web_test

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"izinbot/handlers/web"
)

// ambiguousRequests are requests that two servers in a row may cut differently: what one takes
// for a body is the next request to the other. %s stands for "\r\n".
func ambiguousRequests() map[string]string {
	const post = "POST /hook HTTP/1.1%sHost: a.example%s"
	return map[string]string{
		"two lengths":                  post + "Content-Length: 2%sContent-Length: 3%s%sabc",
		"two lengths that agree":       post + "Content-Length: 3%sContent-Length: 3%s%sabc",
		"a list of lengths":            post + "Content-Length: 3, 3%s%sabc",
		"length and chunks":            post + "Content-Length: 3%sTransfer-Encoding: chunked%s%s3%sabc%s0%s%s",
		"chunks and length":            post + "Transfer-Encoding: chunked%sContent-Length: 3%s%s3%sabc%s0%s%s",
		"two encodings":                post + "Transfer-Encoding: chunked%sTransfer-Encoding: identity%s%s3%sabc%s0%s%s",
		"two encodings in a line":      post + "Transfer-Encoding: identity, chunked%s%s3%sabc%s0%s%s",
		"unknown encoding":             post + "Transfer-Encoding: xchunked%s%s3%sabc%s0%s%s",
		"encoding behind a tab":        post + "Transfer-Encoding:\tchunked\v%s%s3%sabc%s0%s%s",
		"space before the colon":       post + "Content-Length : 3%s%sabc",
		"encoding, space before colon": post + "Transfer-Encoding : chunked%s%s3%sabc%s0%s%s",
		"folded header":                post + "X-A: b%s Content-Length: 3%sContent-Length: 3%s%sabc",
		"folded first header":          "POST /hook HTTP/1.1%s Host: a.example%sContent-Length: 3%s%sabc",
		"length with a sign":           post + "Content-Length: +3%s%sabc",
		"negative length":              post + "Content-Length: -3%s%sabc",
		"length in hex":                post + "Content-Length: 0x3%s%sabc",
		"length of spaces":             post + "Content-Length: 3 3%s%sabc",
		"empty length":                 post + "Content-Length:%s%sabc",
		"length beyond all":            post + "Content-Length: 99999999999999999999%s%sabc",
		"bare line feeds":              "POST /hook HTTP/1.1\nHost: a.example\nContent-Length: 3\n\nabc",
		"a bare line feed":             post + "X-A: b\nContent-Length: 3%s%sabc",
		"a bare carriage return":       post + "X-A: b\rContent-Length: 3%s%sabc",
		"NUL in a header":              post + "X-A: b\x00c%sContent-Length: 3%s%sabc",
		"header without a name":        post + ": b%sContent-Length: 3%s%sabc",
		"header without a colon":       post + "X-A%sContent-Length: 3%s%sabc",
		"chunks in HTTP/1.0":           "POST /hook HTTP/1.0%sHost: a.example%sTransfer-Encoding: chunked%s%s3%sabc%s0%s%s",
		"chunk with a sign":            post + "Transfer-Encoding: chunked%s%s+3%sabc%s0%s%s",
		"chunk in 0x":                  post + "Transfer-Encoding: chunked%s%s0x3%sabc%s0%s%s",
		"chunk ended by a line feed":   post + "Transfer-Encoding: chunked%s%s3\nabc%s0%s%s",
		"chunk not ended":              post + "Transfer-Encoding: chunked%s%s3%sabcX0%s%s",
		"chunk size beyond all":        post + "Transfer-Encoding: chunked%s%sffffffffffffffff3%sabc%s0%s%s",
		"two hosts":                    post + "Host: b.example%sContent-Length: 3%s%sabc",
		"another protocol":             "POST /hook HTTP/9.9%sHost: a.example%sContent-Length: 3%s%sabc",
		"no protocol":                  "POST /hook%sHost: a.example%sContent-Length: 3%s%sabc",
		"space in the path":            "POST /hook x HTTP/1.1%sHost: a.example%sContent-Length: 3%s%sabc",
	}
}

// hooked starts a server whose hook gives the bodies that it got.
func hooked(t *testing.T) (addr string, got chan string) {
	t.Helper()
	got = make(chan string, 8)
	s, err := web.New(web.Config{Listen: "127.0.0.1:0", Hooks: []web.Hook{{
		Path: "/hook", Limit: 100, Receive: func(_ context.Context, _ string, body []byte) int {
			got <- string(body)
			return http.StatusOK
		},
	}}})
	must(t, err)
	must(t, s.Start(t.Context()))
	t.Cleanup(func() { stop(t, s) })
	return strings.TrimPrefix(s.URL(), "http://"), got
}

// raw sends bytes and gives the status of the first answer, 0 for none, and what else
// was answered on the same connection.
func raw(t *testing.T, addr, request string) (status int, rest string) {
	t.Helper()
	conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", addr)
	must(t, err)
	defer func() { _ = conn.Close() }()
	must(t, conn.SetDeadline(time.Now().Add(5*time.Second)))
	_, err = io.WriteString(conn, request)
	must(t, err)
	if tcp, ok := conn.(*net.TCPConn); ok {
		must(t, tcp.CloseWrite())
	}
	in := bufio.NewReader(conn)
	res, err := http.ReadResponse(in, nil)
	if err != nil {
		return 0, ""
	}
	_, _ = io.Copy(io.Discard, res.Body)
	_ = res.Body.Close()
	more, _ := io.ReadAll(in)
	return res.StatusCode, string(more)
}

// Behind a proxy an ambiguous request can hide another one. It is answered with 400,
// or not at all, nothing of it is handled, and the connection ends.
func TestAmbiguousRequestsAreRefused(t *testing.T) {
	addr, got := hooked(t)
	const hidden = "GET /healthz HTTP/1.1\r\nHost: a.example\r\n\r\n"
	for name, request := range ambiguousRequests() {
		t.Run(name, func(t *testing.T) {
			status, rest := raw(t, addr, strings.ReplaceAll(request, "%s", "\r\n")+hidden)
			if status != 0 && status != http.StatusBadRequest {
				t.Errorf("answered %d", status)
			}
			if rest != "" {
				t.Errorf("after it the connection served: %.60q", rest)
			}
			select {
			case body := <-got:
				t.Errorf("the hook got %q", body)
			default:
			}
		})
	}
}

// What is clear is served, one request after the other.
func TestPlainRequestsAreServed(t *testing.T) {
	addr, got := hooked(t)
	for name, request := range map[string]string{
		"length": "POST /hook HTTP/1.1%sHost: a.example%sContent-Length: 3%s%sabc",
		"chunks": "POST /hook HTTP/1.1%sHost: a.example%sTransfer-Encoding: chunked%s%s3%sabc%s0%s%s",
	} {
		t.Run(name, func(t *testing.T) {
			status, rest := raw(t, addr, strings.ReplaceAll(request, "%s", "\r\n")+"GET /healthz HTTP/1.1\r\nHost: a.example\r\n\r\n")
			if status != http.StatusOK || !strings.HasPrefix(rest, "HTTP/1.1 200") {
				t.Errorf("answered %d, then %.60q", status, rest)
			}
			select {
			case body := <-got:
				if body != "abc" {
					t.Errorf("the hook got %q", body)
				}
			default:
				t.Error("the hook got nothing")
			}
		})
	}
}
