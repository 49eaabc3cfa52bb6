package filestore

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
)

// ErrDamaged is the reason why a content cannot be read to its end: it is not
// what was stored under its key.
var ErrDamaged = errors.New("the file is damaged")

// Open implements [bot.Files]. Reading fails with [ErrDamaged] if the content is
// not what was stored.
func (s *Store) Open(ctx context.Context, key string) (io.ReadCloser, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if !isKey(key) {
		return nil, fmt.Errorf("open file: no key: %w", fs.ErrNotExist)
	}
	f, err := s.root.Open(key[:2] + "/" + key[2:])
	if err != nil {
		return nil, fmt.Errorf("open file: %w", err)
	}
	plain, err := s.stream.NewDecryptingReader(f, []byte(key))
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open file: %w", err), f.Close())
	}
	return struct {
		io.Reader
		io.Closer
	}{&checked{Reader: plain, hash: sha256.New(), key: key}, f}, nil
}

// isKey tells whether key is a SHA-256 in lower-case hex.
func isKey(key string) bool {
	b, err := hex.DecodeString(key)
	return err == nil && len(b) == sha256.Size && hex.EncodeToString(b) == key
}

// checked reads a decrypted content and compares its hash with its key at the
// end.
type checked struct {
	io.Reader
	hash hash.Hash
	key  string
}

func (c *checked) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.hash.Write(p[:n])
	switch {
	case errors.Is(err, io.EOF):
		if hex.EncodeToString(c.hash.Sum(nil)) != c.key {
			return n, ErrDamaged
		}
	case err != nil:
		return n, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return n, err
}
