package filestore

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
)

// ErrKeyLost is the reason why a store is not opened that has had keys and has none.
var ErrKeyLost = errors.New("the key file is missing: without it no stored file can be read again, " +
	"and the officers must set up their one-time codes anew; put key.json back from its backup, or copy it from another node. " +
	"Only if there is none and all files may be given up, begin with an empty place")

// ErrOtherKey is the reason why a store is not opened that was made with other keys.
var ErrOtherKey = errors.New("the key file is another one than that of the stored files: every node needs the same; " +
	"copy key.json from the node, or the backup, that belongs to these files")

// known is the plain content of a key check; it is no secret.
const known = "izinbot key check"

// keyCheck holds a known value encrypted with each of the two keys, so that others are refused.
type keyCheck struct {
	Files   []byte `json:"files"`
	Secrets []byte `json:"secrets"`
}

// keysFor reads the keys of a backend. It makes them if neither has ever been any, and
// binds the backend to them.
func keysFor(ctx context.Context, backend Backend, path string) (keyring, error) {
	there, err := exists(path)
	if err != nil {
		return keyring{}, fmt.Errorf("look for keys: %w", err)
	}
	if !there {
		if err := refuseOrphans(ctx, backend); err != nil {
			return keyring{}, err
		}
		if err := makeKeys(path); err != nil {
			return keyring{}, err
		}
	}
	k, err := readKeys(path)
	if err != nil {
		return keyring{}, err
	}
	err = k.bind(ctx, backend)
	if errors.Is(err, ErrOtherKey) && !there {
		// Another node was faster, and its keys are in force: these are good for nothing.
		return keyring{}, errors.Join(err, os.Remove(path))
	}
	return k, err
}

// CheckKeys tells whether a key file can be used and belongs to a check; an empty one
// belongs to any. [ErrKeyExposed], [ErrOtherKey].
func CheckKeys(path string, check []byte) error {
	k, err := readKeys(path)
	if err != nil {
		return err
	}
	if len(check) > 0 && !k.opens(check) {
		return ErrOtherKey
	}
	return nil
}

// refuseOrphans fails if a backend has had keys.
func refuseOrphans(ctx context.Context, backend Backend) error {
	check, err := backend.Check(ctx)
	if err != nil {
		return fmt.Errorf("look for keys: %w", err)
	}
	names, err := backend.List(ctx, "", 1)
	if err != nil {
		return fmt.Errorf("look for files: %w", err)
	}
	if len(check) > 0 || len(names) > 0 {
		return ErrKeyLost
	}
	return nil
}

// bind leaves a check in a backend that has none, and compares with one that has.
func (k keyring) bind(ctx context.Context, backend Backend) error {
	check, err := backend.Check(ctx)
	if err != nil {
		return fmt.Errorf("check keys: %w", err)
	}
	if len(check) == 0 {
		if err := k.fits(ctx, backend); err != nil {
			return err
		}
		mine, err := k.check()
		if err != nil {
			return err
		}
		if check, err = backend.KeepCheck(ctx, mine); err != nil {
			return fmt.Errorf("check keys: %w", err)
		}
	}
	if !k.opens(check) {
		return ErrOtherKey
	}
	return nil
}

// samples is the number of contents tried where a check is gone; one may be damaged.
const samples = 3

// fits fails if a backend has contents of which none of the first can be opened: its check
// was lost, and these keys are others.
func (k keyring) fits(ctx context.Context, backend Backend) error {
	contents, err := backend.List(ctx, "", samples)
	if err != nil {
		return fmt.Errorf("look for files: %w", err)
	}
	s := Store{backend: backend, stream: k.stream}
	for _, c := range contents {
		if err := s.sound(ctx, c.Name); !lost(err) {
			return err
		}
	}
	if len(contents) > 0 {
		return ErrOtherKey
	}
	return nil
}

func (k keyring) check() ([]byte, error) {
	var files bytes.Buffer
	w, err := k.stream.NewEncryptingWriter(&files, []byte(known))
	if err == nil {
		_, err = w.Write([]byte(known))
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		return nil, fmt.Errorf("make key check: %w", err)
	}
	secrets, err := k.sealer.Seal([]byte(known), []byte(known))
	if err != nil {
		return nil, err
	}
	return json.Marshal(keyCheck{Files: files.Bytes(), Secrets: secrets})
}

// opens tells whether these keys made a check.
func (k keyring) opens(check []byte) bool {
	var c keyCheck
	if json.Unmarshal(check, &c) != nil {
		return false
	}
	secret, err := k.sealer.Unseal(c.Secrets, []byte(known))
	if err != nil || string(secret) != known {
		return false
	}
	r, err := k.stream.NewDecryptingReader(bytes.NewReader(c.Files), []byte(known))
	if err != nil {
		return false
	}
	file, err := io.ReadAll(r)
	return err == nil && string(file) == known
}
