package nearby

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"sync"
)

// mostIdle is how many connections to one host are kept open unused.
const mostIdle = 256

// largest is how long the body of a request may be that this transport makes, in
// bytes. It fits into what the system buffers, so that writing it never waits for a
// server that answers before it has read.
const largest = 64 << 10

// Transport makes plain HTTP/1.1 requests of a small length that is known; all others
// it leaves to another transport. It never tries again by itself. The zero value with
// a Fallback is ready.
type Transport struct {
	// Fallback makes the requests with TLS, and those with a body that is large or
	// of unknown length: while such a body is written the server may answer already,
	// which takes a reader beside the writer.
	Fallback http.RoundTripper

	mu   sync.Mutex
	idle map[string][]*conn // by host, the last used last
}

var _ http.RoundTripper = (*Transport)(nil)

// RoundTrip implements [http.RoundTripper].
func (t *Transport) RoundTrip(r *http.Request) (*http.Response, error) {
	if !supported || r.URL.Scheme != "http" || streams(r) {
		return t.Fallback.RoundTrip(r) //nolint:wrapcheck // the caller wraps
	}
	resp, err := t.roundTrip(r)
	if r.Body != nil {
		_ = r.Body.Close() // as the interface demands; what was read of it is sent
	}
	return resp, err
}

// streams tells whether a request's body is large or its length is not known.
func streams(r *http.Request) bool {
	return r.ContentLength < 0 || r.ContentLength > largest || r.ContentLength == 0 && r.Body != nil && r.Body != http.NoBody
}

func (t *Transport) roundTrip(r *http.Request) (*http.Response, error) {
	ctx := r.Context()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	c, err := t.connection(ctx, r)
	if err != nil {
		return nil, fmt.Errorf("connect: %w", err)
	}
	x := &exchange{conn: c, back: t.keep}
	x.stop = context.AfterFunc(ctx, c.interrupt)
	resp, err := c.exchange(r)
	if err != nil {
		x.end(false)
		return nil, because(ctx, err)
	}
	x.follow(ctx, r, resp)
	return resp, nil
}

// because gives the reason for which an exchange was broken off.
func because(ctx context.Context, err error) error {
	if over := context.Cause(ctx); over != nil {
		return fmt.Errorf("%w (%w)", over, err)
	}
	return err
}

// connection gives an idle connection to the request's host, or a new one.
func (t *Transport) connection(ctx context.Context, r *http.Request) (*conn, error) {
	host := address(r.URL.Host, r.URL.Port())
	for {
		c := t.unused(host)
		if c == nil {
			break
		}
		if c.alive() {
			return c, nil
		}
		_ = c.Close() // the server has closed it
	}
	dialer := net.Dialer{}
	raw, err := dialer.DialContext(ctx, "tcp", host)
	if err != nil {
		return nil, err
	}
	return newConn(host, raw), nil
}

// address adds HTTP's own port to a host that is given without one.
func address(host, port string) string {
	if port != "" {
		return host
	}
	return host + ":80"
}

func (t *Transport) unused(host string) *conn {
	t.mu.Lock()
	defer t.mu.Unlock()
	list := t.idle[host]
	if len(list) == 0 {
		return nil
	}
	c := list[len(list)-1]
	list[len(list)-1] = nil
	t.idle[host] = list[:len(list)-1]
	return c
}

// keep takes a connection back that can be used again.
func (t *Transport) keep(c *conn) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.idle == nil {
		t.idle = map[string][]*conn{}
	}
	if len(t.idle[c.host]) >= mostIdle {
		_ = c.Close()
		return
	}
	t.idle[c.host] = append(t.idle[c.host], c)
}

// CloseIdleConnections closes what is open and unused, as [http.Client] wants it.
func (t *Transport) CloseIdleConnections() {
	t.mu.Lock()
	idle := t.idle
	t.idle = nil
	t.mu.Unlock()
	for _, list := range idle {
		for _, c := range list {
			_ = c.Close()
		}
	}
	if other, ok := t.Fallback.(interface{ CloseIdleConnections() }); ok {
		other.CloseIdleConnections()
	}
}
