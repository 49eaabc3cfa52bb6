package web

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"sync"
	"syscall"
	"time"
)

const (
	firstAcceptWait = 5 * time.Millisecond // as net/http waits
	mostAcceptWait  = time.Second
)

// patient is a listener that outlives a lack of resources, such as of file
// descriptors: it goes on to accept until there are some again. The HTTP library
// would end at the first error. The log is told when it begins and when it is over.
// Closing it twice is no error.
type patient struct {
	net.Listener
	log *slog.Logger

	done    chan struct{}
	closing func() error
}

func newPatient(ln net.Listener, log *slog.Logger) *patient {
	p := &patient{Listener: ln, log: log, done: make(chan struct{})}
	p.closing = sync.OnceValue(func() error {
		close(p.done)
		return ln.Close()
	})
	return p
}

// Accept implements [net.Listener].
func (p *patient) Accept() (net.Conn, error) {
	conn, err := p.Listener.Accept()
	if err == nil || !passing(err) {
		return conn, err //nolint:wrapcheck // the library compares it
	}
	began, ctx := time.Now(), context.Background() //nolint:forbidigo // how long it really lasted
	p.log.ErrorContext(ctx, "connections cannot be accepted; trying on", slog.Any("error", err))
	for wait := firstAcceptWait; err != nil && passing(err); wait = min(2*wait, mostAcceptWait) {
		if !p.pause(wait) {
			return nil, net.ErrClosed
		}
		conn, err = p.Listener.Accept()
	}
	if err == nil {
		p.log.ErrorContext(ctx, "connections are accepted again", slog.Duration("lasted", time.Since(began))) //nolint:forbidigo // as above
	}
	return conn, err //nolint:wrapcheck // the library compares it
}

func (p *patient) pause(wait time.Duration) (open bool) {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-p.done:
		return false
	}
}

// Close implements [net.Listener].
func (p *patient) Close() error { return p.closing() }

// passing tells whether accept may succeed later on the same socket.
func passing(err error) bool {
	code, ok := errors.AsType[syscall.Errno](err)
	return ok && (code.Temporary() || code == syscall.ENOBUFS || code == syscall.ENOMEM || code == syscall.ECONNABORTED)
}
