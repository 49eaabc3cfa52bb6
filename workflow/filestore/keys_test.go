package filestore_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"izinbot/workflow/filestore"
	"izinbot/workflow/filestore/filestoretest"
)

func TestKeyFileIsTheOwnersAlone(t *testing.T) {
	dir := t.TempDir()
	if err := openAt(t, dir).Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "key.json")
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("%v, %v", info.Mode(), err)
	}
	for _, mode := range []os.FileMode{0o604, 0o640, 0o620, 0o666} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		if _, err := filestore.Open(dir); !errors.Is(err, filestore.ErrKeyExposed) || !strings.Contains(err.Error(), "0600") {
			t.Errorf("%v: %v", mode, err)
		}
	}
	if err := os.Chmod(path, 0o400); err != nil {
		t.Fatal(err)
	}
	openAt(t, dir)
}

func TestDamagedKeyFileIsNotQuoted(t *testing.T) {
	dir := t.TempDir()
	if err := openAt(t, dir).Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "key.json")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, damaged := range []string{"", "{}", string(data[:len(data)/2]), strings.ReplaceAll(string(data), "typeUrl", "typo")} {
		if err := os.WriteFile(path, []byte(damaged), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := filestore.Open(dir)
		if err == nil || !strings.Contains(err.Error(), "backup") {
			t.Errorf("%d bytes: %v", len(damaged), err)
		}
		if err != nil && strings.Contains(err.Error(), "tink") {
			t.Errorf("the error quotes the file: %v", err)
		}
	}
}

func TestAnotherKeyReadsNothing(t *testing.T) {
	a, b := t.TempDir(), t.TempDir()
	key := filestoretest.Put(t, openAt(t, a), filestoretest.Content(10))
	if err := os.CopyFS(filepath.Join(b, key[:2]), os.DirFS(filepath.Join(a, key[:2]))); err != nil {
		t.Fatal(err)
	}
	if _, err := filestore.Open(b); !errors.Is(err, filestore.ErrKeyLost) {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(b, key[:2])); err != nil {
		t.Fatal(err)
	}
	s := openAt(t, b)
	if err := os.CopyFS(filepath.Join(b, key[:2]), os.DirFS(filepath.Join(a, key[:2]))); err != nil {
		t.Fatal(err)
	}
	if _, err := filestoretest.Get(t, s, key); !errors.Is(err, filestore.ErrDamaged) {
		t.Fatal(err)
	}
}
