package filestore

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
)

// inMemory is up to which size content is held in memory until its hash, and so
// its name, is known. Larger content is spooled to a file that has no name.
const inMemory = 256 << 10

// Put implements [bot.Files]. It holds well under 1 MB in memory, whatever the
// size of the content.
func (s *Store) Put(ctx context.Context, content io.Reader) (key string, size int64, err error) {
	content = until(ctx, content)
	var head bytes.Buffer
	_, err = head.ReadFrom(io.LimitReader(content, inMemory+1))
	if err == nil && head.Len() <= inMemory {
		key, size, err = s.putSmall(head.Bytes())
	} else if err == nil {
		key, size, err = s.putLarge(io.MultiReader(&head, content))
	}
	if err != nil {
		return "", 0, fmt.Errorf("put file: %w", err)
	}
	return key, size, nil
}

func (s *Store) putSmall(content []byte) (string, int64, error) {
	hash := sha256.Sum256(content)
	key := hex.EncodeToString(hash[:])
	return key, int64(len(content)), s.store(key, bytes.NewReader(content))
}

func (s *Store) putLarge(content io.Reader) (string, int64, error) {
	spool, err := makeTemp(s.root)
	if err != nil {
		return "", 0, err
	}
	defer spool.discard()
	key, size, err := s.spool(spool, content)
	if err != nil {
		return "", 0, err
	}
	if _, err := spool.Seek(0, io.SeekStart); err != nil {
		return "", 0, err
	}
	plain, err := s.stream.NewDecryptingReader(spool, []byte(spool.path))
	if err != nil {
		return "", 0, fmt.Errorf("decrypt: %w", err)
	}
	return key, size, s.store(key, &checked{Reader: plain, hash: sha256.New(), key: key})
}

// spool writes the content, encrypted, to a file that has no name yet, and finds
// out what its name will be.
func (s *Store) spool(to *temp, content io.Reader) (key string, size int64, err error) {
	hash := sha256.New()
	w, err := s.stream.NewEncryptingWriter(to, []byte(to.path))
	if err != nil {
		return "", 0, fmt.Errorf("encrypt: %w", err)
	}
	size, err = io.Copy(io.MultiWriter(w, hash), content)
	if err := errors.Join(err, w.Close()); err != nil {
		return "", 0, err
	}
	return hex.EncodeToString(hash.Sum(nil)), size, nil
}

// store encrypts content, bound to its hash, and gives it its name. Content that is
// there already is not stored again.
func (s *Store) store(key string, content io.Reader) error {
	dir, name := key[:2], key[2:]
	if _, err := s.root.Stat(dir + "/" + name); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := makeDir(s.root, dir); err != nil {
		return err
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
	_, err = io.Copy(w, content)
	if err := errors.Join(err, w.Close()); err != nil {
		return err
	}
	return to.keep(dir, name)
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
