package filestoretest

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"izinbot/workflow/filestore"
)

func roundTrip(t *testing.T, k *Kit) {
	t.Helper()
	s := k.open(t)
	sizes := []int{0, 1, 4055, 4056, 4096, 100_000, 255 << 10, 256<<10 + 1, 2 << 20}
	for _, size := range sizes {
		Put(t, s, Content(size))
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = k.open(t)
	for _, size := range sizes {
		if got, err := Get(t, s, Sum(Content(size))); err != nil || !bytes.Equal(got, Content(size)) {
			t.Errorf("%d bytes: %d bytes, %v", size, len(got), err)
		}
	}
}

func once(t *testing.T, k *Kit) {
	t.Helper()
	s := k.open(t)
	for _, size := range []int{50_000, 600_000} {
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				if key, _, err := s.Put(t.Context(), bytes.NewReader(Content(size))); err != nil || key != Sum(Content(size)) {
					t.Error(key, err)
				}
			})
		}
		wg.Wait()
		if got, err := Get(t, s, Sum(Content(size))); err != nil || !bytes.Equal(got, Content(size)) {
			t.Error(err)
		}
	}
	if n := k.Count(t); n != 2 {
		t.Errorf("%d contents take room", n)
	}
}

func unreadable(t *testing.T, k *Kit) {
	t.Helper()
	Put(t, k.open(t), []byte(strings.Repeat("isi dokumen CONTOH ", 20_000)))
	all := k.Dump(t)
	if len(all) < 19*20_000 || bytes.Contains(all, []byte("CONTOH")) {
		t.Errorf("%d bytes are kept, and they show the content", len(all))
	}
}

func unknown(t *testing.T, k *Kit) {
	t.Helper()
	s := k.open(t)
	for _, key := range []string{
		"", "ab", Sum(nil), strings.ToUpper(Sum([]byte("x"))), "../key.json", strings.Repeat("../", 22)[:64], Sum(nil) + "0",
	} {
		if _, err := Get(t, s, key); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%q: %v", key, err)
		}
	}
}

// damaged changes stored contents in every way that a bad disk or a bad person
// could.
func damaged(t *testing.T, k *Kit) {
	t.Helper()
	s := k.open(t)
	const size = 300_000
	key, other := Put(t, s, Content(size)), Put(t, s, Content(30_000))
	good, foreign := k.Kept(t, key), k.Kept(t, other)
	for name, bad := range map[string][]byte{
		"a bit in the middle":   flipped(good, len(good)/2),
		"a bit in the head":     flipped(good, 3),
		"the end is missing":    good[:len(good)-1],
		"whole segments are":    good[:4096],
		"all of it is":          nil,
		"something is appended": append(slices.Clone(good), 0),
		"another file":          foreign,
	} {
		k.Change(t, key, bad)
		if _, err := Get(t, s, key); !errors.Is(err, filestore.ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
	k.Change(t, key, good)
	if got, err := Get(t, s, key); err != nil || !bytes.Equal(got, Content(size)) {
		t.Errorf("put right again: %v", err)
	}
	k.Change(t, key, flipped(good, len(good)/2))
	Put(t, s, Content(size)) // whoever has it sends it again
	if got, err := Get(t, s, key); err != nil || !bytes.Equal(got, Content(size)) {
		t.Errorf("sent again: %v", err)
	}
}

func flipped(b []byte, at int) []byte {
	b = slices.Clone(b)
	b[at] ^= 1
	return b
}

func broken(t *testing.T, k *Kit) {
	t.Helper()
	s := k.open(t)
	failed := errors.New("line broke")
	for _, size := range []int{70_000, 700_000} {
		if _, _, err := s.Put(t.Context(), io.MultiReader(bytes.NewReader(Content(size)), iotest.ErrReader(failed))); !errors.Is(err, failed) {
			t.Error(err)
		}
		ctx, end := context.WithCancel(t.Context())
		ending := io.MultiReader(bytes.NewReader(Content(size)), endingReader{end}, strings.NewReader("x"))
		if _, _, err := s.Put(ctx, ending); !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	}
	if n := k.Count(t); n != 0 {
		t.Errorf("%d contents are left", n)
	}
}

// endingReader ends a context when it is read.
type endingReader struct{ end func() }

func (r endingReader) Read([]byte) (int, error) { r.end(); return 0, io.EOF }

func names(t *testing.T, k *Kit) {
	t.Helper()
	s := k.open(t)
	var want []string
	for i := range 25 {
		want = append(want, Put(t, s, Content(10+i)))
	}
	slices.Sort(want)
	var got []string
	for after := ""; ; after = got[len(got)-1] {
		page, err := s.Names(t.Context(), after, 4)
		if err != nil {
			t.Fatal(err)
		}
		if len(page) == 0 {
			break
		}
		if len(page) > 4 {
			t.Fatalf("a page of %d", len(page))
		}
		got = append(got, page...)
	}
	if !slices.Equal(got, want) {
		t.Errorf("listed %v", got)
	}
}

// memory puts a large content and looks at what was allocated.
func memory(t *testing.T, k *Kit) {
	t.Helper()
	s := k.open(t)
	const size = 6 << 20
	var most uint64
	watched := &heap{r: io.LimitReader(rand.NewChaCha8([32]byte{1}), size), most: &most}
	key, _, err := s.Put(t.Context(), watched)
	if err != nil {
		t.Fatal(err)
	}
	r, err := s.Open(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if n, err := io.Copy(io.Discard, &heap{r: r, most: &most}); err != nil || n != size {
		t.Fatal(n, err)
	}
	if most > size/3 {
		t.Errorf("%d bytes live for a content of %d", most, size)
	}
}

func together(t *testing.T, k *Kit) {
	t.Helper()
	s := k.open(t)
	key := Put(t, s, Content(1000))
	if again := Put(t, s, Content(1000)); again != key || k.Count(t) != 1 {
		t.Errorf("%s and %s, %d contents", key, again, k.Count(t))
	}
}
