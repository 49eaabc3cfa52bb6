package filestore

import (
	"context"
	"crypto/hkdf"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"

	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
)

// DeriveKey gives a key of 32 bytes for one purpose, made of the key file: the same for
// the same file, and of no use to find out the keys in it. [ErrKeyExposed] if others may
// read the file.
func DeriveKey(path, purpose string) ([]byte, error) {
	data, err := readKeyFile(path)
	if err != nil {
		return nil, err
	}
	k, err := decodeKeys(data)
	if err != nil {
		return nil, err
	}
	handle, err := readKeyset(k.Secrets)
	if err != nil {
		return nil, err
	}
	set := insecurecleartextkeyset.KeysetMaterial(handle)
	for _, key := range set.GetKey() {
		if key.GetKeyId() == set.GetPrimaryKeyId() {
			return hkdf.Key(sha256.New, key.GetKeyData().GetValue(), nil, "izinbot "+purpose, sha256.Size)
		}
	}
	return nil, errors.New("read keys: the key file has no key in force")
}

// OpenToRead opens a directory of files without any change to it: nothing is made, and
// nothing can be stored. [ErrKeyLost], [ErrOtherKey], [ErrKeyExposed].
func OpenToRead(ctx context.Context, dir, keyFile string) (*Store, error) {
	there, err := exists(keyFile)
	if err != nil {
		return nil, fmt.Errorf("look for keys: %w", err)
	}
	if !there {
		return nil, ErrKeyLost
	}
	k, err := readKeys(keyFile)
	if err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open file store: %w", err)
	}
	backend := newDirectory(root)
	check, err := backend.Check(ctx)
	if err == nil && len(check) > 0 && !k.opens(check) {
		err = ErrOtherKey
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open file store %s: %w", dir, err), root.Close())
	}
	return &Store{Sealer: k.sealer, backend: backend, stream: k.stream}, nil // nothing is put, so it needs no clock
}
