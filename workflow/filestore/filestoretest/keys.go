package filestoretest

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"

	"izinbot/workflow/filestore"
)

// otherKeys gives a backend the key file of another one.
func otherKeys(t *testing.T, k *Kit) {
	t.Helper()
	s := k.open(t)
	key := Put(t, s, Content(10))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	mine, err := os.ReadFile(k.KeyFile)
	if err != nil {
		t.Fatal(err)
	}
	foreign := t.TempDir()
	if other, err := filestore.Open(foreign); err != nil || other.Close() != nil {
		t.Fatal(err)
	}
	theirs, err := os.ReadFile(foreign + "/" + filestore.KeyFile)
	if err != nil {
		t.Fatal(err)
	}
	k.setKeys(t, theirs)
	if _, err := k.Open(); !errors.Is(err, filestore.ErrOtherKey) {
		t.Fatalf("opened with the keys of another backend: %v", err)
	}
	if left, err := os.ReadFile(k.KeyFile); err != nil || !bytes.Equal(left, theirs) {
		t.Errorf("the key file was touched: %v", err)
	}
	k.setKeys(t, mine)
	if got, err := Get(t, k.open(t), key); err != nil || !bytes.Equal(got, Content(10)) {
		t.Fatal(err)
	}
}

func (k *Kit) setKeys(t *testing.T, data []byte) {
	t.Helper()
	if err := os.WriteFile(k.KeyFile, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// lostKeys takes the key file away, from a backend with files and from one that has
// sealed secrets at most.
func lostKeys(t *testing.T, k *Kit) {
	t.Helper()
	s := k.open(t)
	k.losing(t, s)
	s = k.open(t)
	key := Put(t, s, Content(10))
	k.losing(t, s)
	if got, err := Get(t, k.open(t), key); err != nil || !bytes.Equal(got, Content(10)) {
		t.Fatal(err)
	}
}

func (k *Kit) losing(t *testing.T, s *filestore.Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(k.KeyFile, k.KeyFile+".away"); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the first attempt must not have made new keys
		if _, err := k.Open(); !errors.Is(err, filestore.ErrKeyLost) || !strings.Contains(err.Error(), "backup") {
			t.Fatal(err)
		}
	}
	if err := os.Rename(k.KeyFile+".away", k.KeyFile); err != nil {
		t.Fatal(err)
	}
}

func sealer(t *testing.T, k *Kit) {
	t.Helper()
	s := k.open(t)
	sealed, err := s.Seal([]byte("seed CONTOH"), []byte("officer O-1"))
	if err != nil || bytes.Contains(sealed, []byte("CONTOH")) {
		t.Fatalf("%q, %v", sealed, err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = k.open(t)
	if got, err := s.Unseal(sealed, []byte("officer O-1")); err != nil || string(got) != "seed CONTOH" {
		t.Fatalf("%q, %v", got, err)
	}
	if _, err := s.Unseal(sealed, []byte("officer O-2")); err == nil {
		t.Error("unsealed in another backend")
	}
	sealed[len(sealed)-1] ^= 1
	if _, err := s.Unseal(sealed, []byte("officer O-1")); err == nil {
		t.Error("unsealed what was changed")
	}
}
