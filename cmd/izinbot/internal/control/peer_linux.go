package control

import (
	"errors"
	"fmt"
	"net"
	"os"
	"syscall"
)

// errPeer says that somebody else than the office's user or root has connected.
var errPeer = errors.New("hanya pengguna yang menjalankan izinbot, atau root, boleh memberi perintah")

// checkPeer fails for a process of another user. The socket's mode keeps him away
// already; this holds where the mode was changed.
func checkPeer(conn *net.UnixConn) error {
	raw, err := conn.SyscallConn()
	if err != nil {
		return fmt.Errorf("look who connected: %w", err)
	}
	var cred *syscall.Ucred
	var failed error
	err = raw.Control(func(fd uintptr) {
		cred, failed = syscall.GetsockoptUcred(int(fd), syscall.SOL_SOCKET, syscall.SO_PEERCRED)
	})
	if err := errors.Join(err, failed); err != nil {
		return fmt.Errorf("look who connected: %w", err)
	}
	if cred.Uid != 0 && int64(cred.Uid) != int64(os.Geteuid()) {
		return errPeer
	}
	return nil
}
