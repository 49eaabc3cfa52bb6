package web

import (
	"net"
	"sync"
	"sync/atomic"
)

// hearing is a listener that knows which of its connections have said nothing yet.
// Browsers and proxies open some in advance. The HTTP library takes those for busy,
// so that a stop would wait for them until its time is over.
type hearing struct {
	net.Listener

	mu      sync.Mutex
	silent  map[*hearingConn]bool
	stopped bool

	served bool // belongs to the server
}

func newHearing(ln net.Listener) *hearing {
	return &hearing{Listener: ln, silent: map[*hearingConn]bool{}}
}

// Accept implements [net.Listener].
func (h *hearing) Accept() (net.Conn, error) {
	raw, err := h.Listener.Accept()
	if err != nil {
		return nil, err //nolint:wrapcheck // the library compares it
	}
	c := &hearingConn{Conn: raw, of: h}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.stopped {
		_ = raw.Close()
		return c, nil
	}
	h.silent[c] = true
	return c, nil
}

// stop closes the silent connections, and those that are still to come.
func (h *hearing) stop() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.stopped = true
	for c := range h.silent {
		_ = c.Conn.Close()
	}
	clear(h.silent)
}

func (h *hearing) forget(c *hearingConn) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.silent, c)
}

type hearingConn struct {
	net.Conn
	of    *hearing
	heard atomic.Bool
}

func (c *hearingConn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	if n > 0 && !c.heard.Load() && c.heard.CompareAndSwap(false, true) {
		c.of.forget(c)
	}
	return n, err //nolint:wrapcheck // the library compares it
}

func (c *hearingConn) Close() error {
	c.of.forget(c)
	return c.Conn.Close() //nolint:wrapcheck // nothing to add
}
