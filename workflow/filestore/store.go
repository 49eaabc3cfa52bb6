package filestore

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/tink-crypto/tink-go/v2/tink"

	"izinbot/bot"
)

var _ bot.Files = (*Store)(nil)

// KeyFile is what the key file is called in a directory of files.
const KeyFile = "key.json"

// Store is an open place of encrypted contents. It is safe for concurrent use.
type Store struct {
	// Sealer encrypts small secrets with a key of the same key file.
	Sealer

	place  Place
	spools *os.Root
	stream tink.StreamingAEAD
}

// Open opens a directory of files with the key file in it, and makes both if there
// is none. One process at a time may have it.
func Open(dir string) (*Store, error) {
	return OpenWith(context.Background(), dir, filepath.Join(dir, KeyFile))
}

// OpenWith opens a directory of files with the key file elsewhere.
func OpenWith(ctx context.Context, dir, keyFile string) (*Store, error) {
	place, err := openDirectory(dir)
	if err != nil {
		return nil, fmt.Errorf("open file store %s: %w", dir, err)
	}
	s, err := New(ctx, place, Config{KeyFile: keyFile, Spool: filepath.Join(dir, tmpDir)})
	if err != nil {
		return nil, fmt.Errorf("open file store %s: %w", dir, err)
	}
	return s, nil
}

// Config says where a store has what is not in its place. Both are required.
type Config struct {
	// KeyFile is the path of the keys. They are made if there are none, and the
	// place has never had any.
	KeyFile string
	// Spool is a directory for what is too large for memory, while it arrives.
	Spool string
}

// New gives the store of a place, which it closes from then on, also if it fails.
// It fails with [ErrKeyExposed] if others may read the key file, with [ErrKeyLost] if
// there is none though the place has had one, and with [ErrOtherKey] if the place
// belongs to another.
func New(ctx context.Context, place Place, cfg Config) (*Store, error) {
	s := &Store{place: place}
	if err := s.open(ctx, cfg); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (s *Store) open(ctx context.Context, cfg Config) error {
	k, err := keysFor(ctx, s.place, cfg.KeyFile)
	if err != nil {
		return err
	}
	s.stream, s.Sealer = k.stream, k.sealer
	s.spools, err = openRoot(cfg.Spool)
	return err
}

// Names lists the keys of the contents after one, in order.
func (s *Store) Names(ctx context.Context, after string, limit int) ([]string, error) {
	return s.place.Names(ctx, after, limit)
}

// Close releases the place.
func (s *Store) Close() error {
	var err error
	if s.spools != nil {
		err = s.spools.Close()
	}
	return errors.Join(err, s.place.Close())
}
