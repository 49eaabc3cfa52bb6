//go:build unix

package telegram

import (
	"crypto/tls"
	"errors"
	"syscall"
)

// canPeek tells whether idle connections can be examined.
const canPeek = true

// quiet tells whether an idle connection can be used: nothing is to be read from it,
// neither the peer's end of it nor bytes that nobody asked for.
func (c *conn) quiet() bool {
	below := c.Conn
	if secure, ok := below.(*tls.Conn); ok {
		below = secure.NetConn()
	}
	raw, ok := below.(syscall.Conn)
	if !ok {
		return false
	}
	fd, err := raw.SyscallConn()
	if err != nil {
		return false
	}
	quiet := false
	err = fd.Read(func(fd uintptr) bool {
		var one [1]byte
		_, err := syscall.Read(int(fd), one[:])
		quiet = errors.Is(err, syscall.EAGAIN)
		return true // never wait
	})
	return err == nil && quiet
}
