package backup

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"
)

// scratch is a directory of this process alone, readable by its owner only. A lock tells
// whether its process lives: what a killed one has left is removed by the next.
type scratch struct {
	dir  string
	lock *flock.Flock
}

const lockName = "lock"

// newScratch makes a directory below parent, whose name begins with a prefix, and
// removes those of processes that are gone.
func newScratch(parent, prefix string) (*scratch, error) {
	if err := sweep(parent, prefix); err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp(parent, prefix)
	if err != nil {
		return nil, fmt.Errorf("make temporary directory: %w", err)
	}
	s := &scratch{dir: dir, lock: flock.New(filepath.Join(dir, lockName), flock.SetPermissions(0o600))}
	if held, err := s.lock.TryLock(); err != nil || !held {
		return nil, errors.Join(fmt.Errorf("lock %s: %w", dir, orBusy(err)), os.RemoveAll(dir))
	}
	return s, nil
}

// remove removes the directory with all that is in it.
func (s *scratch) remove() error {
	return errors.Join(s.lock.Close(), os.RemoveAll(s.dir))
}

func orBusy(err error) error {
	if err == nil {
		return errors.New("another process has it")
	}
	return err
}

// sweep removes the directories whose processes are gone. One without a lock file is
// just being made, or not ours.
func sweep(parent, prefix string) error {
	found, err := os.ReadDir(parent)
	if err != nil {
		return err
	}
	for _, e := range found {
		if !e.IsDir() || !strings.HasPrefix(e.Name(), prefix) {
			continue
		}
		if err := sweepOne(filepath.Join(parent, e.Name())); err != nil {
			return fmt.Errorf("remove what an ended process has left: %w", err)
		}
	}
	return nil
}

func sweepOne(dir string) error {
	path := filepath.Join(dir, lockName)
	if info, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) || err == nil && !info.Mode().IsRegular() {
		return nil
	}
	lock := flock.New(path)
	held, err := lock.TryLock()
	if errors.Is(err, fs.ErrPermission) || err == nil && !held {
		return nil // another user's, or alive
	}
	if err != nil {
		return err
	}
	return errors.Join(lock.Close(), os.RemoveAll(dir))
}
