package filestore

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
)

// Put implements [bot.Files]. It holds a few kilobytes in memory, whatever the
// size of the content.
func (s *Store) Put(ctx context.Context, content io.Reader) (string, int64, error) {
	spool, err := makeTemp(s.root)
	if err != nil {
		return "", 0, fmt.Errorf("put file: %w", err)
	}
	defer spool.discard()
	key, size, err := s.spool(ctx, spool, content)
	if err != nil {
		return "", 0, fmt.Errorf("put file: %w", err)
	}
	dir, name := key[:2], key[2:]
	if _, err := s.root.Stat(dir + "/" + name); !errors.Is(err, fs.ErrNotExist) {
		return key, size, err
	}
	if err := makeDir(s.root, dir); err != nil {
		return "", 0, fmt.Errorf("put file: %w", err)
	}
	if err := s.store(spool, key); err != nil {
		return "", 0, fmt.Errorf("put file: %w", err)
	}
	return key, size, nil
}

// spool writes the content, encrypted, to a file that has no name yet, and finds
// out what its name will be.
func (s *Store) spool(ctx context.Context, to *temp, content io.Reader) (key string, size int64, err error) {
	hash := sha256.New()
	w, err := s.stream.NewEncryptingWriter(to, []byte(to.path))
	if err != nil {
		return "", 0, fmt.Errorf("encrypt: %w", err)
	}
	size, err = io.Copy(io.MultiWriter(w, hash), until(ctx, content))
	if err := errors.Join(err, w.Close()); err != nil {
		return "", 0, err
	}
	return hex.EncodeToString(hash.Sum(nil)), size, nil
}

// store encrypts a spooled content anew, now bound to its hash, and gives it its
// name.
func (s *Store) store(spool *temp, key string) error {
	if _, err := spool.Seek(0, io.SeekStart); err != nil {
		return err
	}
	plain, err := s.stream.NewDecryptingReader(spool, []byte(spool.path))
	if err != nil {
		return fmt.Errorf("decrypt: %w", err)
	}
	to, err := makeTemp(s.root)
	if err != nil {
		return err
	}
	defer to.discard()
	w, err := s.stream.NewEncryptingWriter(to, []byte(key))
	if err != nil {
		return fmt.Errorf("encrypt: %w", err)
	}
	_, err = io.Copy(w, &checked{Reader: plain, hash: sha256.New(), key: key})
	if err := errors.Join(err, w.Close()); err != nil {
		return err
	}
	return to.keep(key[:2], key[2:])
}

// until gives a reader that fails once the context has ended.
func until(ctx context.Context, r io.Reader) io.Reader {
	return readFunc(func(p []byte) (int, error) {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		return r.Read(p)
	})
}

type readFunc func([]byte) (int, error)

func (f readFunc) Read(p []byte) (int, error) { return f(p) }
