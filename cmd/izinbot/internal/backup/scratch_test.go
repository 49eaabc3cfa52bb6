package backup

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"izinbot/cmd/izinbot/internal/storage"
)

// TestInterruptedLeavesNothing ends backup, restore and verify while they copy.
func TestInterruptedLeavesNothing(t *testing.T) {
	t.Parallel()
	place, _, _ := wholeOffice(t)
	from, above := take(t, place, true), t.TempDir()
	ended := func(work string) (context.Context, Said) {
		ctx, end := context.WithCancel(t.Context())
		t.Cleanup(end)
		return ctx, func(at string, done, _ int) {
			if at == work && done == 1 {
				end()
			}
		}
	}
	ctx, said := ended("memulihkan")
	if _, err := Restore(ctx, Restoring{From: from, To: storage.Config{Dir: filepath.Join(above, "a", "b")}, Said: said}); !errors.Is(err, context.Canceled) {
		t.Errorf("restore: %v", err)
	}
	ctx, said = ended("membuka berkas")
	if v := Verify(ctx, Verifying{From: from, Temp: above, Said: said}); v.Bad() || v.Good() {
		t.Errorf("verify: %+v", v)
	}
	ctx, said = ended("memeriksa berkas")
	if _, err := Take(ctx, Options{From: place, To: filepath.Join(above, "c", "d"), Said: said}, now()); !errors.Is(err, context.Canceled) {
		t.Errorf("backup: %v", err)
	}
	if left := listed(t, above); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestKilledIsSwept: what a killed process has left is removed by the next, and what a
// living one has is not.
func TestKilledIsSwept(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	dead, err := newScratch(dir, "izinbot-verify-")
	if err != nil {
		t.Fatal(err)
	}
	if err := dead.lock.Close(); err != nil { // as the system does when a process ends
		t.Fatal(err)
	}
	for _, live := range []bool{false, true} {
		s, err := newScratch(dir, "izinbot-verify-")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(dead.dir); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("a dead one's is there: %v", err)
		}
		if live {
			if left := listed(t, dir); len(left) != 4 {
				t.Errorf("a living one's is gone: %v", left)
			}
		}
		t.Cleanup(func() { _ = s.remove() })
	}
}
