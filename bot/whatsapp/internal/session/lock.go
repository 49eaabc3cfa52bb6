//go:build !nowhatsapp

package session

import (
	"errors"
	"fmt"

	"github.com/gofrs/flock"
)

// lock takes the lock that makes this process the only one at the session. The
// operating system gives it back when the process ends, however it ends. The file
// beside the session that carries it stays: to remove it would let two processes lock
// two files of one name.
func lock(path string) (*flock.Flock, error) {
	held := flock.New(path+".lock", flock.SetPermissions(0o600))
	taken, err := held.TryLock()
	if err != nil {
		return nil, fmt.Errorf("lock %s: %w", path, err)
	}
	if !taken {
		return nil, fmt.Errorf("%w: %s", ErrInUse, path)
	}
	return held, nil
}

// InUse tells whether a process has the file open.
func InUse(path string) (bool, error) {
	held, err := lock(path)
	if errors.Is(err, ErrInUse) {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	return false, held.Close()
}
