//go:build unix

package nearby

import (
	"errors"
	"syscall"
)

// supported tells whether idle connections can be looked at.
const supported = true

// alive tells whether an idle connection can be used: nothing is to be read from
// it, neither bytes that nobody asked for nor the end.
func (c *conn) alive() bool {
	raw, ok := c.Conn.(syscall.Conn)
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
