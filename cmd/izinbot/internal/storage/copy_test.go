package storage

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"izinbot/workflow/filestore"
	"izinbot/workflow/store"
	"izinbot/workflow/workflowtest"
)

// openAt opens a data store for the length of the test.
func openAt(t *testing.T, cfg Config) *Data {
	t.Helper()
	d, err := OpenHalf(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

// filled gives a data store with records of every kind and files.
func filled(t *testing.T) (Config, *Data) {
	t.Helper()
	cfg := Config{Dir: t.TempDir()}
	d := openAt(t, cfg)
	workflowtest.Fill(t, d.Store)
	for i := range 45 {
		if _, _, err := d.Files.Put(t.Context(), strings.NewReader(fmt.Sprintf("isi CONTOH %d", i))); err != nil {
			t.Fatal(err)
		}
	}
	return cfg, d
}

// target gives an empty data store with the keys of another.
func target(t *testing.T, source Config) Config {
	t.Helper()
	cfg := Config{Dir: t.TempDir()}
	if err := filestore.CopyKeys(source.Keys(), cfg.Keys()); err != nil {
		t.Fatal(err)
	}
	return cfg
}

func portable(t *testing.T, d *Data) store.Portable {
	t.Helper()
	p, err := d.portable()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func quiet(store.Kind, int) {}
func still(store.Kind)      {}

func TestCopy(t *testing.T) {
	t.Parallel()
	source, from := filled(t)
	cfg := target(t, source)
	to := openAt(t, cfg)
	told := map[store.Kind]int{}
	if err := Copy(t.Context(), from, to, "a", func(kind store.Kind, n int) { told[kind] = n }); err != nil {
		t.Fatal(err)
	}
	have, copied, err := Finish(t.Context(), from, to, still)
	if err != nil {
		t.Fatal(err)
	}
	for i, sum := range have {
		if sum != copied[i] || sum.Count != told[sum.Kind] || sum.Count < 2 || len(sum.Hash()) != 64 {
			t.Errorf("%+v and %+v, %d were told", sum, copied[i], told[sum.Kind])
		}
	}
	workflowtest.Same(t, portable(t, from), portable(t, to))
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
	opened, err := Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	if err := opened.Close(); err != nil {
		t.Error(err)
	}
}

// dying is a store that a copy dies at: after so many calls of Put have been done,
// the next is done or not, but never answered.
type dying struct {
	store.Portable

	left int
	done bool
}

var errDied = errors.New("the power went")

func (d *dying) Put(ctx context.Context, kind store.Kind, records []store.Record, mark string) error {
	if d.left--; d.left >= 0 {
		return d.Portable.Put(ctx, kind, records, mark)
	}
	if d.done {
		if err := d.Portable.Put(ctx, kind, records, mark); err != nil {
			return err
		}
	}
	return errDied
}

// TestInterruptedCopyIsTakenUp interrupts a copy after every write; it is not to be
// used before it is complete, and in the end nothing is missing or doubled.
func TestInterruptedCopyIsTakenUp(t *testing.T) {
	t.Parallel()
	source, from := filled(t)
	cfg := target(t, source)
	to := openAt(t, cfg)
	attempts := 0
	for done := false; ; done = !done {
		attempts++
		err := Copy(t.Context(), from, &Data{Store: &dying{Portable: portable(t, to), left: 1, done: done}, Files: to.Files}, "a", quiet)
		if err == nil {
			break
		}
		if !errors.Is(err, errDied) || attempts > 100 {
			t.Fatal(attempts, err)
		}
		if attempts == 3 {
			if err := to.Close(); err != nil {
				t.Fatal(err)
			}
			if _, err := Open(t.Context(), cfg); !errors.Is(err, ErrHalf) {
				t.Fatalf("half a copy: %v", err)
			}
			to = openAt(t, cfg)
			if err := Copy(t.Context(), from, to, "b", quiet); !errors.Is(err, ErrOtherCopy) {
				t.Fatalf("a copy of another data store: %v", err)
			}
			if err := Copy(t.Context(), to, from, "a", quiet); !errors.Is(err, ErrHalf) {
				t.Fatalf("a copy of half a copy: %v", err)
			}
		}
	}
	if attempts < 10 {
		t.Errorf("only %d attempts", attempts)
	}
	if _, _, err := Finish(t.Context(), from, to, still); err != nil {
		t.Fatal(err)
	}
	workflowtest.Same(t, portable(t, from), portable(t, to))
}

func TestCopyRefuses(t *testing.T) {
	t.Parallel()
	source, from := filled(t)
	_, other := filled(t)
	if err := Copy(t.Context(), from, other, "a", quiet); !errors.Is(err, ErrOtherKeys) {
		t.Errorf("other keys: %v", err)
	}
	busy := openAt(t, target(t, source))
	if err := busy.Store.SaveSOP(t.Context(), sopRef(), []byte("x")); err != nil {
		t.Fatal(err)
	}
	if err := Copy(t.Context(), from, busy, "a", quiet); !errors.Is(err, ErrNotEmpty) {
		t.Errorf("a record: %v", err)
	}
	busy = openAt(t, target(t, source))
	if _, _, err := busy.Files.Put(t.Context(), strings.NewReader("x")); err != nil {
		t.Fatal(err)
	}
	if err := Copy(t.Context(), from, busy, "a", quiet); !errors.Is(err, ErrNotEmpty) {
		t.Errorf("a file: %v", err)
	}
}

// TestDifferenceIsTold changes the source after it was copied, and damages a file of
// the copy.
func TestDifferenceIsTold(t *testing.T) {
	t.Parallel()
	source, from := filled(t)
	cfg := target(t, source)
	to := openAt(t, cfg)
	if err := Copy(t.Context(), from, to, "a", quiet); err != nil {
		t.Fatal(err)
	}
	if err := from.Store.SaveSOP(t.Context(), sopRef(), []byte("x")); err != nil {
		t.Fatal(err)
	}
	have, copied, err := Finish(t.Context(), from, to, still)
	if !errors.Is(err, ErrDiffers) || have[0] == copied[0] || have[1] != copied[1] {
		t.Errorf("%v", err)
	}
	if _, err := OpenRecords(t.Context(), source); !InUse(err) {
		t.Error(err)
	}
	names, err := to.Files.Names(t.Context(), "", 1)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(cfg.files(), names[0][:2], names[0][2:])
	if err := os.WriteFile(path, []byte("rusak"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := Finish(t.Context(), from, to, still); !errors.Is(err, filestore.ErrDamaged) || !strings.Contains(err.Error(), names[0]) {
		t.Errorf("a damaged file: %v", err)
	}
	if mark, err := portable(t, to).Mark(t.Context()); err != nil || mark == "" {
		t.Errorf("it may be worked with: %v", err)
	}
}
