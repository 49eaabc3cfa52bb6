package web

import (
	"context"
	"fmt"
	"net"
)

// ListenLoopback listens on an address that only this machine reaches, port 0
// being a free one. It refuses any other: the demo has no login.
func ListenLoopback(ctx context.Context, address string) (net.Listener, error) {
	if !isLoopback(address) {
		return nil, fmt.Errorf("listen on %s: the demo has no login, so it listens on loopback only, such as %s", address, DefaultListen)
	}
	return listen(ctx, address)
}

func listen(ctx context.Context, address string) (net.Listener, error) {
	ln, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("listen: %w", err)
	}
	return ln, nil
}

// listen gives the listener that the server was made with, or a new one.
func (s *Server) listen(ctx context.Context) (net.Listener, error) {
	ln := s.cfg.Listener
	switch {
	case ln == nil && s.cfg.Demo == nil:
		return listen(ctx, s.cfg.Listen)
	case ln == nil:
		return ListenLoopback(ctx, s.cfg.Listen)
	case s.cfg.Demo != nil && !isLoopback(ln.Addr().String()):
		return nil, fmt.Errorf("serve on %s: the demo has no login, so it is served on loopback only", ln.Addr())
	}
	return ln, nil
}
