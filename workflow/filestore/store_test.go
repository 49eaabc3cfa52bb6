package filestore_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"izinbot/workflow/filestore"
	"izinbot/workflow/filestore/filestoretest"
)

func openAt(t *testing.T, dir string) *filestore.Store {
	t.Helper()
	s, err := filestore.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// stored gives the paths of what is stored, without the keys.
func stored(t *testing.T, dir string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*", "*"))
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestConformance(t *testing.T) {
	filestoretest.Run(t, func(t *testing.T) *filestoretest.Kit {
		t.Helper()
		dir := filepath.Join(t.TempDir(), "deep", "files")
		clock := filestoretest.NewClock()
		at := func(name string) string { return filepath.Join(dir, name[:2], name[2:]) }
		return &filestoretest.Kit{
			KeyFile: filepath.Join(dir, filestore.KeyFile),
			Clock:   clock,
			Open: func() (*filestore.Store, error) {
				return filestore.OpenWith(t.Context(), dir, filestore.Config{KeyFile: filepath.Join(dir, filestore.KeyFile), Now: clock.Now})
			},
			Count: func(t *testing.T) int { t.Helper(); return len(stored(t, dir)) },
			Dump:  func(t *testing.T) []byte { t.Helper(); return dump(t, dir) },
			Kept:  func(t *testing.T, name string) []byte { t.Helper(); return read(t, at(name)) },
			Change: func(t *testing.T, name string, to []byte) {
				t.Helper()
				if err := os.WriteFile(at(name), to, 0o600); err != nil {
					t.Fatal(err)
				}
			},
		}
	})
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// dump gives every byte below a directory, and sees to it that nobody else may read
// any of it.
func dump(t *testing.T, dir string) []byte {
	t.Helper()
	var all bytes.Buffer
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: %v, %v", path, info.Mode(), err)
		}
		if !d.IsDir() {
			all.Write(read(t, path))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.Bytes()
}

func TestLeftoversAreCleanedAtStart(t *testing.T) {
	dir := t.TempDir()
	if err := openAt(t, dir).Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "tmp", "half"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	openAt(t, dir)
	if files := stored(t, dir); len(files) != 0 {
		t.Errorf("left %v", files)
	}
}

// TestKeysMayBeElsewhere keeps the key file apart from the files.
func TestKeysMayBeElsewhere(t *testing.T) {
	dir, keys := t.TempDir(), filepath.Join(t.TempDir(), "kunci", "key.json")
	for range 2 {
		s, err := filestore.OpenWith(t.Context(), dir, filestore.Config{KeyFile: keys})
		if err != nil {
			t.Fatal(err)
		}
		filestoretest.Put(t, s, filestoretest.Content(10))
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, filestore.KeyFile)); err == nil {
		t.Error("there are keys beside the files")
	}
}

// TestLostCheckAdoptsNoOtherKey: the contents themselves tell whose they are.
func TestLostCheckAdoptsNoOtherKey(t *testing.T) {
	dir, foreign := t.TempDir(), t.TempDir()
	s := openAt(t, dir)
	key := filestoretest.Put(t, s, filestoretest.Content(10))
	if err := errors.Join(s.Close(), openAt(t, foreign).Close(), os.Remove(filepath.Join(dir, filestore.CheckFile))); err != nil {
		t.Fatal(err)
	}
	mine := read(t, filepath.Join(dir, filestore.KeyFile))
	replace := func(keys []byte) {
		if err := os.WriteFile(filepath.Join(dir, filestore.KeyFile), keys, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	replace(read(t, filepath.Join(foreign, filestore.KeyFile)))
	if _, err := filestore.Open(dir); !errors.Is(err, filestore.ErrOtherKey) {
		t.Errorf("a foreign key: %v", err)
	}
	replace(mine)
	if got, err := filestoretest.Get(t, openAt(t, dir), key); err != nil || !bytes.Equal(got, filestoretest.Content(10)) {
		t.Errorf("the right key: %v", err)
	}
}
