package filestore

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/tink-crypto/tink-go/v2/tink"

	"izinbot/bot"
)

var _ bot.Files = (*Store)(nil)

const tmpDir = "tmp"

// Store is an open directory of encrypted files. It is safe for concurrent use.
type Store struct {
	// Sealer encrypts small secrets with a key of the same key file.
	Sealer

	root   *os.Root
	stream tink.StreamingAEAD
}

// Open opens the directory, and makes it and its keys if there is none. It fails
// with [ErrKeyExposed] if others may read the key file, and with [ErrKeyLost] if
// there are files but no key.
func Open(dir string) (*Store, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make file store: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open file store: %w", err)
	}
	s, err := open(root)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open file store %s: %w", dir, err), root.Close())
	}
	return s, nil
}

func open(root *os.Root) (*Store, error) {
	if err := root.RemoveAll(tmpDir); err != nil {
		return nil, fmt.Errorf("clean up: %w", err)
	}
	if err := root.Mkdir(tmpDir, 0o700); err != nil {
		return nil, fmt.Errorf("clean up: %w", err)
	}
	stream, sealer, err := loadKeys(root)
	if err != nil {
		return nil, err
	}
	return &Store{root: root, stream: stream, Sealer: sealer}, nil
}

// Close releases the directory.
func (s *Store) Close() error { return s.root.Close() }

// temp is a file in tmp that is on its way to its name.
type temp struct {
	*os.File
	root *os.Root
	path string
}

func makeTemp(root *os.Root) (*temp, error) {
	path := tmpDir + "/" + rand.Text()
	f, err := root.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("make temporary file: %w", err)
	}
	return &temp{File: f, root: root, path: path}, nil
}

// discard closes and removes the file unless it was kept.
func (t *temp) discard() {
	_ = t.Close()
	_ = t.root.Remove(t.path)
}

// keep gives the file its name. When it returns without error, name and content
// are on the disk.
func (t *temp) keep(dir, name string) error {
	if err := t.Sync(); err != nil {
		return fmt.Errorf("sync: %w", err)
	}
	if err := t.Close(); err != nil {
		return fmt.Errorf("close: %w", err)
	}
	if err := t.root.Rename(t.path, dir+"/"+name); err != nil {
		return fmt.Errorf("name: %w", err)
	}
	return syncDir(t.root, dir)
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
