package nearby

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"time"
)

// What a connection buffers: most requests and answers fit, so that each takes one
// call of the system.
const writeBuffer, readBuffer = 8 << 10, 4 << 10

// conn is a connection that serves one request at a time.
type conn struct {
	net.Conn
	host string
	r    *bufio.Reader
	w    *bufio.Writer
}

func newConn(host string, raw net.Conn) *conn {
	return &conn{Conn: raw, host: host, r: bufio.NewReaderSize(raw, readBuffer), w: bufio.NewWriterSize(raw, writeBuffer)}
}

// interrupt has all reading and writing fail at once.
func (c *conn) interrupt() { _ = c.SetDeadline(time.Unix(1, 0)) }

// exchange writes a request and reads the head of its answer.
func (c *conn) exchange(r *http.Request) (*http.Response, error) {
	if err := r.Write(c.w); err != nil {
		return nil, fmt.Errorf("write request: %w", err)
	}
	if err := c.w.Flush(); err != nil {
		return nil, fmt.Errorf("write request: %w", err)
	}
	for {
		resp, err := http.ReadResponse(c.r, r)
		if err != nil {
			return nil, fmt.Errorf("read answer: %w", err)
		}
		if resp.StatusCode >= http.StatusOK {
			return resp, nil
		}
		if resp.StatusCode == http.StatusSwitchingProtocols {
			return nil, errors.New("read answer: the server wants another protocol")
		}
		// Others below 200 only announce the answer.
	}
}

// exchange is a connection while an answer is read from it.
type exchange struct {
	conn *conn
	back func(*conn)
	stop func() bool // ends the watch over the context
	once sync.Once
}

// follow has the connection freed at the end of the answer's body.
func (x *exchange) follow(ctx context.Context, r *http.Request, resp *http.Response) {
	reusable := !resp.Close && !r.Close
	if resp.Body == http.NoBody {
		x.end(reusable)
		return
	}
	resp.Body = &body{ReadCloser: resp.Body, exchange: x, ctx: ctx, reusable: reusable}
}

// end frees the connection: for the next request, or for good.
func (x *exchange) end(reusable bool) {
	x.once.Do(func() {
		// A watch that cannot be stopped any more has broken the connection.
		if x.stop() && reusable && x.conn.r.Buffered() == 0 {
			x.back(x.conn)
			return
		}
		_ = x.conn.Close()
	})
}

// body is the body of an answer.
type body struct {
	io.ReadCloser
	*exchange
	ctx      context.Context //nolint:containedctx // of the request that it answers
	reusable bool
}

// Read frees the connection as soon as it has seen the end.
func (b *body) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	switch {
	case err == nil:
	case errors.Is(err, io.EOF):
		b.end(b.reusable)
	default:
		b.end(false)
		err = because(b.ctx, err)
	}
	return n, err
}

// Close frees the connection. One that has not been read to the end of the body is
// of no more use.
func (b *body) Close() error {
	b.end(false)
	return nil
}
