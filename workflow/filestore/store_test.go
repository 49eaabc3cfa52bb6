package filestore_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"izinbot/workflow/filestore"
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

func content(size int) []byte {
	b := make([]byte, size)
	r := rand.New(rand.NewPCG(1, uint64(size)))
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return b
}

func sum(b []byte) string {
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:])
}

func put(t *testing.T, s *filestore.Store, b []byte) string {
	t.Helper()
	key, size, err := s.Put(t.Context(), bytes.NewReader(b))
	if err != nil || key != sum(b) || size != int64(len(b)) {
		t.Fatalf("put %d bytes: %s, %d, %v", len(b), key, size, err)
	}
	return key
}

func get(t *testing.T, s *filestore.Store, key string) ([]byte, error) {
	t.Helper()
	r, err := s.Open(t.Context(), key)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
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

func TestRoundTrip(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "deep", "files")
	s := openAt(t, dir)
	sizes := []int{0, 1, 4055, 4056, 4096, 100_000, 5 << 20}
	for _, size := range sizes {
		put(t, s, content(size))
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = openAt(t, dir)
	for _, size := range sizes {
		if got, err := get(t, s, sum(content(size))); err != nil || !bytes.Equal(got, content(size)) {
			t.Errorf("%d bytes: %d bytes, %v", size, len(got), err)
		}
	}
}

func TestSameContentIsStoredOnce(t *testing.T) {
	dir := t.TempDir()
	s := openAt(t, dir)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if key, _, err := s.Put(t.Context(), bytes.NewReader(content(50_000))); err != nil || key != sum(content(50_000)) {
				t.Error(key, err)
			}
		})
	}
	wg.Wait()
	if files := stored(t, dir); len(files) != 1 {
		t.Errorf("stored %v", files)
	}
	if got, err := get(t, s, sum(content(50_000))); err != nil || !bytes.Equal(got, content(50_000)) {
		t.Error(err)
	}
}

func TestNothingIsReadableOnTheDisk(t *testing.T) {
	dir := t.TempDir()
	secret := []byte(strings.Repeat("isi dokumen CONTOH ", 1000))
	put(t, openAt(t, dir), secret)
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil || info.Mode().Perm()&0o077 != 0 && path != dir {
			t.Errorf("%s: %v, %v", path, info.Mode(), err)
		}
		if d.IsDir() {
			return nil
		}
		data, err := os.ReadFile(path)
		if bytes.Contains(data, []byte("CONTOH")) {
			t.Errorf("%s shows the content", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestUnknownKeys(t *testing.T) {
	s := openAt(t, t.TempDir())
	for _, key := range []string{
		"", "ab", sum(nil), strings.ToUpper(sum([]byte("x"))), "../key.json", strings.Repeat("../", 22)[:64], sum(nil) + "0",
	} {
		if _, err := get(t, s, key); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%q: %v", key, err)
		}
	}
}

// TestDamageIsFound changes stored files in every way that a bad disk or a bad
// person could.
func TestDamageIsFound(t *testing.T) {
	for name, damage := range map[string]func(file, other []byte) []byte{
		"a bit in the middle":   func(b, _ []byte) []byte { b[len(b)/2] ^= 1; return b },
		"a bit in the head":     func(b, _ []byte) []byte { b[3] ^= 1; return b },
		"the end is missing":    func(b, _ []byte) []byte { return b[:len(b)-1] },
		"whole segments are":    func(b, _ []byte) []byte { return b[:4096] },
		"all of it is":          func([]byte, []byte) []byte { return nil },
		"something is appended": func(b, _ []byte) []byte { return append(b, 0) },
		"another file":          func(_, other []byte) []byte { return other },
	} {
		dir := t.TempDir()
		s := openAt(t, dir)
		key := put(t, s, content(20_000))
		file := stored(t, dir)[0]
		otherKey := put(t, s, content(30_000))
		other, err := os.ReadFile(filepath.Join(dir, otherKey[:2], otherKey[2:]))
		if err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, damage(data, other), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := get(t, s, key); !errors.Is(err, filestore.ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestBrokenUploadLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	s := openAt(t, dir)
	broken := errors.New("line broke")
	if _, _, err := s.Put(t.Context(), io.MultiReader(bytes.NewReader(content(70_000)), iotest.ErrReader(broken))); !errors.Is(err, broken) {
		t.Error(err)
	}
	ctx, end := context.WithCancel(t.Context())
	ending := io.MultiReader(bytes.NewReader(content(70_000)), iotest.OneByteReader(strings.NewReader("xx")), endingReader{end}, strings.NewReader("x"))
	if _, _, err := s.Put(ctx, ending); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if files := stored(t, dir); len(files) != 0 {
		t.Errorf("left %v", files)
	}
}

// endingReader ends a context when it is read.
type endingReader struct{ end func() }

func (r endingReader) Read([]byte) (int, error) { r.end(); return 0, io.EOF }

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

// TestMemoryStaysSmall puts a large content and looks at what was allocated.
func TestMemoryStaysSmall(t *testing.T) {
	s := openAt(t, t.TempDir())
	const size = 16 << 20
	allocated := testing.Benchmark(func(b *testing.B) {
		b.Helper()
		b.ReportAllocs()
		for b.Loop() {
			key, _, err := s.Put(b.Context(), io.LimitReader(rand.NewChaCha8([32]byte{byte(b.N)}), size))
			if err != nil {
				b.Fatal(err)
			}
			r, err := s.Open(b.Context(), key)
			if err != nil {
				b.Fatal(err)
			}
			if n, err := io.Copy(io.Discard, r); err != nil || n != size {
				b.Fatal(n, err)
			}
			_ = r.Close()
		}
	}).AllocedBytesPerOp()
	if allocated > size/4 {
		t.Errorf("%d bytes allocated for a content of %d", allocated, size)
	}
}
