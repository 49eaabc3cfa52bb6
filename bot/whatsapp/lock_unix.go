//go:build unix

package whatsapp

import (
	"errors"
	"fmt"
	"os"
	"syscall"
)

// lock takes the lock that makes this process the only one at the session. The
// kernel gives it back when the process ends, however it ends.
func lock(path string) (*os.File, error) {
	f, err := os.OpenFile(path+".lock", os.O_CREATE|os.O_RDWR, 0o600) //nolint:gosec // the operator chose the path
	if err != nil {
		return nil, fmt.Errorf("open lock file: %w", err)
	}
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return nil, errors.Join(fmt.Errorf("%w: %s", ErrInUse, path), f.Close())
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("lock %s.lock: %w", path, err), f.Close())
	}
	return f, nil
}
