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

	"izinbot/bot"
)

// ErrDamaged is the reason why a content cannot be read to its end: it is not
// what was stored under its key. It matches [bot.ErrUnreadable].
var ErrDamaged = fmt.Errorf("%w: the file is damaged", bot.ErrUnreadable)

// Open implements [bot.Files]. Reading fails with [ErrDamaged] if the content is
// not what was stored, and with the backend's own error if it could not be asked.
func (s *Store) Open(ctx context.Context, key string) (io.ReadCloser, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if !isKey(key) {
		return nil, fmt.Errorf("open file: no key: %w", fs.ErrNotExist)
	}
	f, err := s.backend.Open(ctx, key)
	if err != nil {
		return nil, fmt.Errorf("open file: %w", err)
	}
	from := &source{Reader: f}
	plain, err := s.stream.NewDecryptingReader(from, []byte(key))
	if err != nil {
		if from.err == nil {
			err = fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		return nil, errors.Join(fmt.Errorf("open file: %w", err), f.Close())
	}
	return struct {
		io.Reader
		io.Closer
	}{&checked{Reader: plain, hash: sha256.New(), key: key, from: from}, f}, nil
}

// sound reads a content to its end, which finds damage.
func (s *Store) sound(ctx context.Context, key string) error {
	content, err := s.Open(ctx, key)
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, content)
	return errors.Join(err, content.Close())
}

// lost tells whether an error says that a content itself is damaged or missing, rather
// than that its backend cannot be read now.
func lost(err error) bool { return errors.Is(err, ErrDamaged) || errors.Is(err, fs.ErrNotExist) }

// isKey tells whether key is a SHA-256 in lower-case hex.
func isKey(key string) bool {
	b, err := hex.DecodeString(key)
	return err == nil && len(b) == sha256.Size && hex.EncodeToString(b) == key
}

// source remembers why a backend could not be read, which the decryption hides.
type source struct {
	io.Reader
	err error
}

func (s *source) Read(p []byte) (int, error) {
	n, err := s.Reader.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		s.err = err
	}
	return n, err
}

// checked reads a decrypted content and compares its hash with its key at the
// end.
type checked struct {
	io.Reader
	hash hash.Hash
	key  string
	from *source
}

func (c *checked) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.hash.Write(p[:n])
	switch {
	case errors.Is(err, io.EOF):
		if hex.EncodeToString(c.hash.Sum(nil)) != c.key {
			return n, ErrDamaged
		}
	case err != nil && c.from.err != nil:
		return n, fmt.Errorf("read file: %w", c.from.err)
	case err != nil:
		return n, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return n, err
}
