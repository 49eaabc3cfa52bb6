package filestore

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/tink-crypto/tink-go/v2/tink"

	"izinbot/bot"
)

var _ bot.Files = (*Store)(nil)

// KeyFile is the name of the key file in a directory of files.
const KeyFile = "key.json"

// Store is an open backend of encrypted contents. It is safe for concurrent use.
type Store struct {
	// Sealer encrypts small secrets with a key of the same key file.
	Sealer

	backend Backend
	now     func() time.Time
	spools  *os.Root
	stream  tink.StreamingAEAD
}

// Open opens a directory of files with the key file in it, and makes both if there
// is none. One process at a time may have it.
func Open(dir string) (*Store, error) {
	return OpenWith(context.Background(), dir, Config{KeyFile: filepath.Join(dir, KeyFile)})
}

// OpenWith opens a directory of files with the key file elsewhere. The spool is in the
// directory, whatever cfg says.
func OpenWith(ctx context.Context, dir string, cfg Config) (*Store, error) {
	backend, err := openDirectory(dir)
	if err != nil {
		return nil, fmt.Errorf("open file store %s: %w", dir, err)
	}
	cfg.Spool = filepath.Join(dir, tmpDir)
	s, err := New(ctx, backend, cfg)
	if err != nil {
		return nil, fmt.Errorf("open file store %s: %w", dir, err)
	}
	return s, nil
}

// Config says where a store has what is not in its backend. KeyFile and Spool are
// required.
type Config struct {
	// KeyFile is the path of the keys. They are made if there are none, and the
	// backend has never had any.
	KeyFile string
	// Spool is a directory for what is too large for memory, while it arrives.
	Spool string
	// Now is the clock by which contents are put; nil: the machine's.
	Now func() time.Time
}

// New gives the store of a backend, which it closes from then on, also if it fails.
// It fails with [ErrKeyExposed] if others may read the key file, with [ErrKeyLost] if
// there is none though the backend has had one, and with [ErrOtherKey] if the backend
// belongs to another.
func New(ctx context.Context, backend Backend, cfg Config) (*Store, error) {
	s := &Store{backend: backend, now: cfg.Now}
	if s.now == nil {
		s.now = time.Now //nolint:forbidigo // the default clock
	}
	if err := s.open(ctx, cfg); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (s *Store) open(ctx context.Context, cfg Config) error {
	k, err := keysFor(ctx, s.backend, cfg.KeyFile)
	if err != nil {
		return err
	}
	s.stream, s.Sealer = k.stream, k.sealer
	s.spools, err = openRoot(cfg.Spool)
	return err
}

// Names lists the keys of the contents after one, in order.
func (s *Store) Names(ctx context.Context, after string, limit int) ([]string, error) {
	list, err := s.backend.List(ctx, after, limit)
	names := make([]string, len(list))
	for i, c := range list {
		names[i] = c.Name
	}
	return names, err
}

// List lists the contents after a key, in order of their keys.
func (s *Store) List(ctx context.Context, after string, limit int) ([]Content, error) {
	return s.backend.List(ctx, after, limit)
}

// Remove removes a content unless it was put at an instant or later, and tells whether
// it did. Removing what is not there is no error.
func (s *Store) Remove(ctx context.Context, key string, before time.Time) (bool, error) {
	if !isKey(key) {
		return false, nil
	}
	removed, err := s.backend.Remove(ctx, key, before)
	if err != nil {
		return false, fmt.Errorf("remove file: %w", err)
	}
	return removed, nil
}

// Retract takes back the caller's own latest Put, of which he has told nobody: the
// content goes unless somebody else has put the same, before or since. What may be
// somebody else's stays; [Store.Remove] removes the rest.
func (s *Store) Retract(ctx context.Context, key string) error {
	if !isKey(key) {
		return nil
	}
	if err := s.backend.Retract(ctx, key); err != nil {
		return fmt.Errorf("retract file: %w", err)
	}
	return nil
}

// Close releases the backend.
func (s *Store) Close() error {
	var err error
	if s.spools != nil {
		err = s.spools.Close()
	}
	return errors.Join(err, s.backend.Close())
}
