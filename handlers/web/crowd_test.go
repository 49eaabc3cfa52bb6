package web

import (
	"net"
	"net/netip"
	"testing"
)

// guests is a listener whose connections come from addresses that it is given.
type guests struct {
	net.Listener
	from []string
}

type guest struct {
	net.Conn
	addr   string
	closed *bool
}

func (g guest) RemoteAddr() net.Addr { return net.TCPAddrFromAddrPort(netip.MustParseAddrPort(g.addr)) }
func (g guest) Close() error         { *g.closed = true; return nil }

func (g *guests) Accept() (net.Conn, error) {
	if len(g.from) == 0 {
		return nil, net.ErrClosed
	}
	next := g.from[0]
	g.from = g.from[1:]
	return guest{addr: next, closed: new(bool)}, nil
}

func repeat(n int, addr string) (out []string) {
	for range n {
		out = append(out, addr)
	}
	return out
}

func TestOneAddressCannotTakeAllConnections(t *testing.T) {
	for name, c := range map[string]struct {
		from   []string
		served int
	}{
		"a stranger":             {repeat(100, "203.0.113.9:1"), mostOfOne},
		"a stranger on IPv6":     {append(repeat(20, "[2001:db8::1]:1"), repeat(20, "[2001:db8::2:3]:1")...), mostOfOne},
		"two strangers":          {append(repeat(40, "203.0.113.9:1"), repeat(40, "203.0.113.8:1")...), 2 * mostOfOne},
		"IPv4 written as IPv6":   {append(repeat(40, "203.0.113.9:1"), repeat(40, "[::ffff:203.0.113.9]:1")...), mostOfOne},
		"a proxy here":           {repeat(100, "127.0.0.1:1"), 100},
		"a proxy here on IPv6":   {repeat(100, "[::1]:1"), 100},
		"a proxy in the network": {repeat(100, "10.1.2.3:1"), 100},
	} {
		t.Run(name, func(t *testing.T) {
			w := newCrowd(&guests{from: c.from})
			var conns []net.Conn
			for {
				conn, err := w.Accept()
				if err != nil {
					break
				}
				conns = append(conns, conn)
			}
			if len(conns) != c.served {
				t.Errorf("%d are served, want %d", len(conns), c.served)
			}
			for _, conn := range conns {
				_ = conn.Close()
				_ = conn.Close()
			}
			if len(w.open) != 0 {
				t.Errorf("after the end are open: %v", w.open)
			}
		})
	}
}
