package sqlitestore_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/sqlitestore"
	"izinbot/workflow/store"
	"izinbot/workflow/workflowtest"
)

// TestSnapshotWhileOthersWrite takes snapshots of a database that several write to.
// Each holds whole turns only: a case always with all of its history.
func TestSnapshotWhileOthersWrite(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "izin.db")
	s := openAt(t, path)
	stop := make(chan struct{})
	var wg sync.WaitGroup
	defer wg.Wait()
	defer close(stop)
	for i := range 3 {
		wg.Go(func() { keepWriting(t, s, workflow.CaseID(fmt.Sprintf("LKS-2026-0000%d-0", i)), stop) })
	}
	entries := 0
	for n := range 10 {
		to := filepath.Join(dir, fmt.Sprint("salinan", n))
		if err := sqlitestore.Snapshot(t.Context(), path, to); err != nil {
			t.Fatal(err)
		}
		if info, err := os.Stat(to); err != nil || info.Mode().Perm() != 0o600 {
			t.Fatalf("%v, %v", info, err)
		}
		found := verified(t, to)
		if found < entries {
			t.Errorf("snapshot %d has %d entries, the one before had %d", n, found, entries)
		}
		entries = found
	}
	if entries == 0 {
		t.Error("nothing was written meanwhile")
	}
}

func keepWriting(t *testing.T, s *sqlitestore.Store, id workflow.CaseID, stop chan struct{}) {
	t.Helper()
	c := workflowtest.Case(id, start())
	for n := 0; ; n++ {
		select {
		case <-stop:
			return
		default:
		}
		change, err := workflowtest.Change(c, start(), fmt.Sprint(n))
		if err == nil {
			_, err = s.Commit(t.Context(), start(), store.UnitOfWork{Cases: []store.CaseChange{change}})
		}
		if err != nil {
			t.Error(err)
			return
		}
		c = change.Case
	}
}

// verified opens a copy and verifies every history; it gives the number of entries.
func verified(t *testing.T, path string) int {
	t.Helper()
	s := openAt(t, path)
	ids, err := s.CaseIDs(t.Context(), "", 10)
	if err != nil {
		t.Fatal(err)
	}
	total := 0
	for _, id := range ids {
		c, err := s.Case(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		entries, err := s.History(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		if seq, why := c.VerifyHistory(entries); seq != 0 {
			t.Errorf("%s: entry %d %s", id, seq, why)
		}
		total += len(entries)
	}
	return total
}

func start() time.Time { return time.Date(2026, 11, 23, 3, 12, 0, 0, time.UTC) }

func TestSnapshotRefuses(t *testing.T) {
	dir := t.TempDir()
	path, to := filepath.Join(dir, "izin.db"), filepath.Join(dir, "salinan")
	if err := sqlitestore.Snapshot(t.Context(), path, to); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("of nothing: %v", err)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("it made the database that it was to read")
	}
	openAt(t, path)
	if err := os.WriteFile(to, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := sqlitestore.Snapshot(t.Context(), path, to); !errors.Is(err, os.ErrExist) {
		t.Errorf("over a file: %v", err)
	}
	if err := os.WriteFile(filepath.Join(dir, "rusak.db"), make([]byte, 8192), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := sqlitestore.Snapshot(t.Context(), filepath.Join(dir, "rusak.db"), to+"2"); err == nil {
		t.Error("of what is no database")
	}
}
