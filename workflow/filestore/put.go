package filestore

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"time"
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
		key, size, err = s.putSmall(ctx, head.Bytes())
	} else if err == nil {
		key, size, err = s.putLarge(ctx, io.MultiReader(&head, content))
	}
	if err != nil {
		return "", 0, fmt.Errorf("put file: %w", err)
	}
	return key, size, nil
}

func (s *Store) putSmall(ctx context.Context, content []byte) (string, int64, error) {
	hash := sha256.Sum256(content)
	key := hex.EncodeToString(hash[:])
	return key, int64(len(content)), s.store(ctx, key, bytes.NewReader(content))
}

func (s *Store) putLarge(ctx context.Context, content io.Reader) (string, int64, error) {
	sp, err := s.spool(content)
	if err != nil {
		return "", 0, err
	}
	defer sp.discard()
	plain, err := s.content(sp)
	if err != nil {
		return "", 0, err
	}
	return sp.key, sp.size, s.store(ctx, sp.key, plain)
}

// store encrypts content, bound to its hash, and gives it its name. Content that is
// there already is renewed, not stored again, unless it is damaged.
func (s *Store) store(ctx context.Context, key string, content io.Reader) error {
	at := s.now()
	there, err := s.backend.Renew(ctx, key, at)
	if err != nil {
		return err
	}
	if there {
		err := s.sound(ctx, key)
		if !lost(err) {
			return err
		}
		if _, err := s.backend.Remove(ctx, key, at.Add(time.Second)); err != nil {
			return err
		}
	}
	to, err := s.backend.Create(ctx, key, at)
	if err != nil {
		return err
	}
	defer to.Discard()
	w, err := s.stream.NewEncryptingWriter(to, []byte(key))
	if err != nil {
		return fmt.Errorf("encrypt: %w", err)
	}
	_, err = io.Copy(w, content)
	if err := errors.Join(err, w.Close()); err != nil {
		return err
	}
	return to.Keep()
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
