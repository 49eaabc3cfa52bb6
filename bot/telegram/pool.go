package telegram

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"math"
	"net"
	"net/http"
	"net/url"
	"time"

	"github.com/valyala/fasthttp"
)

// maxHead bounds the head of an answer, in bytes. fasthttp reads it as a whole; a server
// on the way to Telegram's may add a good deal to it.
const maxHead = 16 << 10

// pool makes calls whose parameters and answers are short, over keep-alive connections
// to one server. fasthttp encodes, decodes and keeps the connections; the goroutine of
// the caller writes and reads by itself, and the end of its context breaks a call off.
// Nothing is sent twice: retries belong to the outbox.
type pool struct {
	conns fasthttp.HostClient // of conn
	host  string              // as the header names it
	path  string              // before /bot<token>
}

// newPool returns nil where the pool cannot be used: a proxy stands before the server,
// the URL holds a password, or the system does not tell whether the peer has closed an
// idle connection.
func newPool(server string, cfg *tls.Config) *pool {
	u, err := url.Parse(server)
	if err != nil || u.User != nil || !canPeek || u.Scheme != "http" && u.Scheme != "https" {
		return nil
	}
	if proxy, err := http.ProxyFromEnvironment(&http.Request{URL: u}); err != nil || proxy != nil {
		return nil
	}
	p := &pool{host: u.Host, path: u.EscapedPath()}
	dial, port := (&net.Dialer{}).DialContext, "80"
	if u.Scheme == "https" {
		dial, port = (&tls.Dialer{Config: cfg}).DialContext, "443"
	}
	p.conns.Addr = net.JoinHostPort(u.Hostname(), cmp.Or(u.Port(), port))
	p.conns.MaxConns = math.MaxInt // the callers are bounded
	p.conns.MaxIdleConnDuration, p.conns.ConnPoolStrategy = idleTime, fasthttp.LIFO
	p.conns.Dial = func(addr string) (net.Conn, error) { return &conn{addr: addr, dial: dial}, nil }
	return p
}

// post sends a JSON object to a path below the server's URL and returns the body and
// the HTTP status of the answer. Its errors are [brokenError].
func (p *pool) post(ctx context.Context, path string, body []byte) (content []byte, status int, err error) {
	req, resp := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
	defer fasthttp.ReleaseRequest(req)
	defer fasthttp.ReleaseResponse(resp)
	req.Header.SetMethod(http.MethodPost)
	req.Header.SetRequestURI(p.path + path)
	req.Header.SetHost(p.host)
	req.Header.SetContentType(jsonType)
	req.SetBodyRaw(body)
	if sent, err := p.exchange(ctx, req, resp); err != nil {
		return nil, 0, &brokenError{because(ctx, err), sent}
	}
	return bytes.Clone(resp.Body()), resp.StatusCode(), nil
}

// because returns why a call was broken off.
func because(ctx context.Context, err error) error {
	if over := context.Cause(ctx); over != nil {
		return over
	}
	return err
}

// exchange sends a request over an idle connection that still works, or a new one.
// sent is true once the whole request was written: the server may have got it.
func (p *pool) exchange(ctx context.Context, req *fasthttp.Request, resp *fasthttp.Response) (sent bool, err error) {
	for {
		held, err := p.conns.AcquireConn(0, false)
		if err != nil {
			return false, fmt.Errorf("connect: %w", err)
		}
		c, ok := held.Conn().(*conn)
		if !ok || c.Conn != nil && !c.quiet() {
			p.conns.CloseConn(held)
			continue
		}
		sent, reusable, err := c.exchange(ctx, req, resp)
		if reusable {
			p.conns.ReleaseConn(held)
		} else {
			p.conns.CloseConn(held)
		}
		return sent, err
	}
}

// conn is a connection of the pool. The first call that uses it opens it, so that the
// end of that call's context ends the dialing too.
type conn struct {
	net.Conn // nil before the first call
	addr     string
	dial     func(ctx context.Context, network, addr string) (net.Conn, error)
	r        *bufio.Reader
	w        *bufio.Writer
}

// Close implements [net.Conn], before the connection was opened too.
func (c *conn) Close() error {
	if c.Conn == nil {
		return nil
	}
	return c.Conn.Close()
}

func (c *conn) open(ctx context.Context) error {
	raw, err := c.dial(ctx, "tcp", c.addr)
	if err != nil {
		return err
	}
	c.Conn, c.r, c.w = raw, bufio.NewReaderSize(raw, maxHead), bufio.NewWriter(raw)
	return nil
}

// interrupt makes all reading and writing fail at once.
func (c *conn) interrupt() { _ = c.SetDeadline(time.Unix(1, 0)) }

func (c *conn) exchange(ctx context.Context, req *fasthttp.Request, resp *fasthttp.Response) (sent, reusable bool, err error) {
	if err := ctx.Err(); err != nil {
		return false, false, err
	}
	if c.Conn == nil {
		if err := c.open(ctx); err != nil {
			return false, false, fmt.Errorf("connect: %w", err)
		}
	}
	stop := context.AfterFunc(ctx, c.interrupt)
	defer func() { reusable = stop() && reusable }()
	if err := errors.Join(req.Write(c.w), c.w.Flush()); err != nil {
		return false, false, fmt.Errorf("write request: %w", err)
	}
	if err := resp.ReadLimitBody(c.r, maxAnswer); err != nil {
		return true, false, fmt.Errorf("read answer: %w", plain(err))
	}
	return true, !resp.ConnectionClose() && c.r.Buffered() == 0, nil
}

var errNoHTTP = errors.New("it is no HTTP answer, or a too long one")

// plain replaces errors that quote what the server wrote.
func plain(err error) error {
	_, network := errors.AsType[net.Error](err)
	if network || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return err
	}
	return errNoHTTP
}
