package filestore

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// temp is a file that is on its way to its name, or will never have one.
type temp struct {
	*os.File
	root *os.Root
	path string
	kept bool // it has its name
}

func makeTemp(root *os.Root, dir string) (*temp, error) {
	path := dir + "/" + rand.Text()
	f, err := root.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("make temporary file: %w", err)
	}
	return &temp{File: f, root: root, path: path}, nil
}

// discard closes and removes the file unless it was kept.
func (t *temp) discard() {
	if t.kept {
		return
	}
	_ = t.Close()
	_ = t.root.Remove(t.path)
}

// keep gives the file its name. When it returns without error, name and content
// are on the disk.
func (t *temp) keep(dir, name string) error {
	if err := t.finish(); err != nil {
		return err
	}
	if err := t.name(dir, name); err != nil {
		return err
	}
	return syncDir(t.root, dir)
}

// finish sees to it that the content is on the disk.
func (t *temp) finish() error {
	if err := t.Sync(); err != nil {
		return fmt.Errorf("sync: %w", err)
	}
	if err := t.Close(); err != nil {
		return fmt.Errorf("close: %w", err)
	}
	return nil
}

// name gives a finished file its name, which is on the disk only after syncDir.
func (t *temp) name(dir, name string) error {
	if err := t.root.Rename(t.path, dir+"/"+name); err != nil {
		return fmt.Errorf("name: %w", err)
	}
	t.kept = true
	return nil
}

func syncDir(root *os.Root, dir string) error {
	d, err := root.Open(dir)
	if err != nil {
		return fmt.Errorf("sync directory: %w", err)
	}
	if err := errors.Join(d.Sync(), d.Close()); err != nil {
		return fmt.Errorf("sync directory: %w", err)
	}
	return nil
}

// makeDir makes a directory of the root, durably.
func makeDir(root *os.Root, dir string) error {
	err := root.Mkdir(dir, 0o700)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("make directory: %w", err)
	}
	return syncDir(root, ".")
}
