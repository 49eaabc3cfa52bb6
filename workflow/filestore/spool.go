package filestore

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
)

// spool is a content that waits, encrypted, in a file without a name until its hash
// is known.
type spool struct {
	*temp
	key  string // what its name will be
	size int64
}

// spool takes a content to its end.
func (s *Store) spool(content io.Reader) (*spool, error) {
	file, err := makeTemp(s.spools, ".")
	if err != nil {
		return nil, err
	}
	// Where the system allows it, the name goes at once: no crash leaves anything.
	_ = file.root.Remove(file.path)
	sp := &spool{temp: file}
	if err := s.fill(sp, content); err != nil {
		sp.discard()
		return nil, err
	}
	return sp, nil
}

func (s *Store) fill(sp *spool, content io.Reader) error {
	hash := sha256.New()
	w, err := s.stream.NewEncryptingWriter(sp, []byte(sp.path))
	if err != nil {
		return fmt.Errorf("encrypt: %w", err)
	}
	sp.size, err = io.Copy(io.MultiWriter(w, hash), content)
	if err := errors.Join(err, w.Close()); err != nil {
		return err
	}
	sp.key = hex.EncodeToString(hash.Sum(nil))
	return nil
}

// content returns the content from its beginning. The encryption tells if it is not what
// was written.
func (s *Store) content(sp *spool) (io.Reader, error) {
	if _, err := sp.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	plain, err := s.stream.NewDecryptingReader(sp, []byte(sp.path))
	if err != nil {
		return nil, fmt.Errorf("decrypt: %w", err)
	}
	return plain, nil
}
