package web

import (
	"net"
	"net/netip"
	"sync"
)

const (
	// mostConns is the number of connections that are open at once; more wait in the queue of
	// the operating system. Each costs a file descriptor, which the rest of the
	// program needs too, and some 10 KB.
	mostConns = 512
	// mostOfOne is the number of them that one address may have, so that one machine cannot
	// take all. Browsers open six.
	mostOfOne = 32
)

// crowd is a listener that closes connections of addresses which have too many open.
// Loopback and private addresses may have any number: a proxy speaks for everybody.
type crowd struct {
	net.Listener

	mu   sync.Mutex
	open map[netip.Addr]int
}

func newCrowd(ln net.Listener) *crowd {
	return &crowd{Listener: ln, open: map[netip.Addr]int{}}
}

// Accept implements [net.Listener].
func (w *crowd) Accept() (net.Conn, error) {
	for {
		conn, err := w.Listener.Accept()
		if err != nil {
			return nil, err //nolint:wrapcheck // the library compares it
		}
		from := addressOf(conn)
		if !from.IsValid() || from.IsLoopback() || from.IsPrivate() {
			return conn, nil
		}
		if w.enter(from) {
			return &crowdConn{Conn: conn, leave: sync.OnceFunc(func() { w.leave(from) })}, nil
		}
		_ = conn.Close()
	}
}

func (w *crowd) enter(from netip.Addr) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.open[from] >= mostOfOne {
		return false
	}
	w.open[from]++
	return true
}

func (w *crowd) leave(from netip.Addr) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.open[from]--; w.open[from] <= 0 {
		delete(w.open, from)
	}
}

// addressOf gives the address of the other end; of IPv6 the network of its site, for
// one machine has 2⁶⁴ addresses.
func addressOf(conn net.Conn) netip.Addr {
	tcp, ok := conn.RemoteAddr().(*net.TCPAddr)
	if !ok {
		return netip.Addr{}
	}
	addr := tcp.AddrPort().Addr().Unmap()
	if addr.Is6() && !addr.IsLoopback() && !addr.IsPrivate() {
		if site, err := addr.Prefix(64); err == nil {
			return site.Addr()
		}
	}
	return addr.WithZone("")
}

type crowdConn struct {
	net.Conn
	leave func()
}

func (c *crowdConn) Close() error {
	c.leave()
	return c.Conn.Close() //nolint:wrapcheck // nothing to add
}
