package app

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"izinbot/workflow/translog"
)

// TestWitnessKeepsADaysLastCheckpoint: one file a day, the last one; nothing is put over a later
// log, nor over another one of the same size.
func TestWitnessKeepsADaysLastCheckpoint(t *testing.T) {
	t.Parallel()
	key, err := translog.NewKey(make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	var tree translog.Tree
	grown := func(e translog.Entry) []byte {
		tree.Append(e)
		_, signed, err := key.Checkpoint(&tree)
		if err != nil {
			t.Fatal(err)
		}
		return signed
	}
	w := &witness{dir: t.TempDir()}
	day := time.Date(2026, 11, 23, 3, 0, 0, 0, time.UTC)
	first := grown(translog.Entry{1})
	fork := tree.Clone()
	second, third := grown(translog.Entry{2}), grown(translog.Entry{3})
	if err := errors.Join(w.see(first, day), w.see(second, day.Add(time.Hour)), w.see(third, day.Add(24*time.Hour))); err != nil {
		t.Fatal(err)
	}
	names, err := filepath.Glob(filepath.Join(w.dir, "*"))
	if err != nil || len(names) != 2 {
		t.Fatalf("%q, %v", names, err)
	}
	if text, err := os.ReadFile(names[0]); err != nil || string(text) != string(second) {
		t.Errorf("the first day has %q, %v", text, err)
	}
	again := &witness{dir: w.dir} // after a restart
	if err := again.see(second, day.Add(48*time.Hour)); !errors.Is(err, ErrOlderLog) {
		t.Errorf("an older log: %v", err)
	}
	fork.Append(translog.Entry{9})
	fork.Append(translog.Entry{9})
	_, forked, err := key.Checkpoint(&fork)
	if err != nil {
		t.Fatal(err)
	}
	if err := again.see(forked, day.Add(48*time.Hour)); !errors.Is(err, ErrOlderLog) {
		t.Errorf("another log of the same size: %v", err)
	}
	if err := again.see(third, day.Add(48*time.Hour)); err != nil {
		t.Errorf("the same log: %v", err)
	}
}
