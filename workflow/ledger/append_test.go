package ledger_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/ledger"
	"izinbot/workflow/mongostore"
	"izinbot/workflow/mongostore/mongotest"
	"izinbot/workflow/sqlitestore"
	"izinbot/workflow/store"
	"izinbot/workflow/translog"
	"izinbot/workflow/workflowtest"
)

// onBoth runs a test on both databases.
func onBoth(t *testing.T, test func(*testing.T, store.Store)) {
	t.Helper()
	t.Run("SQLite", func(t *testing.T) {
		t.Parallel()
		s, err := sqlitestore.Open(t.Context(), filepath.Join(t.TempDir(), "a.db"), sqlitestore.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = s.Close() }()
		test(t, s)
	})
	t.Run("MongoDB", func(t *testing.T) {
		t.Parallel()
		s, err := mongostore.Open(t.Context(), mongotest.URI(t), mongostore.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = s.Close() }()
		test(t, s)
	})
}

func now() time.Time { return time.Date(2026, 11, 23, 3, 12, 0, 0, time.UTC) }

// office is a store with a log, as one run of a program has it.
type office struct {
	*testing.T

	store *breaking
	key   translog.Key
	log   *ledger.Ledger
	cases map[workflow.CaseID]workflow.Case
}

func newOffice(t *testing.T, s store.Store) *office {
	t.Helper()
	key, err := translog.NewKey(make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	o := &office{T: t, store: &breaking{Store: s}, key: key, cases: map[workflow.CaseID]workflow.Case{}}
	o.restart()
	return o
}

func (o *office) restart() {
	o.log = &ledger.Ledger{Store: o.store, Key: o.key, Random: rand.Reader, Term: func() (int64, bool) { return 0, true }}
}

// breaking is a store whose writes of the log fail, before or after they were done.
type breaking struct {
	store.Store

	before, after bool
}

var errBroken = errors.New("the connection broke")

func (b *breaking) Commit(ctx context.Context, now time.Time, t store.UnitOfWork) ([]bot.Delivery, error) {
	if len(t.Cases) > 0 {
		return b.Store.Commit(ctx, now, t)
	}
	if b.before {
		return nil, errBroken
	}
	born, err := b.Store.Commit(ctx, now, t)
	if b.after {
		return nil, errBroken
	}
	return born, err
}

// write adds entries to a case.
func (o *office) write(id workflow.CaseID, keys ...string) {
	o.Helper()
	c, ok := o.cases[id]
	if !ok {
		c = workflowtest.Case(id, now())
	}
	change, err := workflowtest.Change(c, now(), keys...)
	if err != nil {
		o.Fatal(err)
	}
	if _, err := o.log.Commit(o.Context(), now(), store.UnitOfWork{Cases: []store.CaseChange{change}}); err != nil {
		o.Fatal(err)
	}
	o.cases[id] = change.Case
}

// appended logs what is new, and gives the error of that.
func (o *office) appended() error { return o.log.Append(o.Context(), now()) }

// holds checks that every entry is logged once, at its place, and that the last checkpoint is of
// all of them. It gives the places as text.
func (o *office) holds() string {
	o.Helper()
	log, err := ledger.Read(o.Context(), o.store)
	if err != nil || len(log.Faults) > 0 {
		o.Fatal(log.Faults, err)
	}
	places, size := "", int64(0)
	for _, r := range log.Runs {
		entries, err := o.store.History(o.Context(), r.Case)
		if err != nil || r.Index != size {
			o.Fatalf("run at %d, want %d, %v", r.Index, size, err)
		}
		for i, sealed := range r.Entries {
			if ledger.EntryOf(r.Salt, entries[r.Seq-1+i]) != sealed {
				o.Errorf("entry %d of %s is another one", r.Seq+i, r.Case)
			}
			places += fmt.Sprintf("%s/%d ", r.Case[:3], r.Seq+i)
		}
		size += int64(len(r.Entries))
	}
	tree := log.Tree()
	last, err := translog.Open(log.Checkpoints[len(log.Checkpoints)-1], o.key.Public())
	if err != nil || last.Size != size || last.Root != tree.Root() {
		o.Errorf("last checkpoint %+v, want %d %v, %v", last, size, tree.Root(), err)
	}
	return places
}

// TestEveryEntryIsLoggedOnce: whatever fails, before the write or after it, and whenever the
// program starts anew, each entry is logged once, in the order of its history.
func TestEveryEntryIsLoggedOnce(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, s store.Store) {
		t.Helper()
		o := newOffice(t, s)
		o.write("BBB-2026-00001-1", "a", "b")
		o.write("AAA-2026-00001-1", "a")
		if err := o.appended(); err != nil {
			t.Fatal(err)
		}
		const first = "AAA/1 BBB/1 BBB/2 "
		if got := o.holds(); got != first {
			t.Errorf("logged %q", got)
		}
		o.write("AAA-2026-00001-1", "c")
		o.store.before = true
		if err := o.appended(); !errors.Is(err, errBroken) {
			t.Fatal(err)
		}
		o.store.before, o.store.after = false, true
		if err := o.appended(); !errors.Is(err, errBroken) {
			t.Fatal(err)
		}
		o.store.after = false
		if err := errors.Join(o.appended(), o.appended()); err != nil {
			t.Fatal(err)
		}
		if got := o.holds(); got != first+"AAA/2 " {
			t.Errorf("logged %q", got)
		}
		o.write("BBB-2026-00001-1", "d") // and the program dies before the next minute
		o.restart()
		if err := errors.Join(o.appended(), o.appended()); err != nil {
			t.Fatal(err)
		}
		if got := o.holds(); got != first+"AAA/2 BBB/3 " {
			t.Errorf("logged %q", got)
		}
	})
}

// TestOnlyTheActiveNodeLogs: a process that is not active logs nothing, and one that was replaced
// is refused by the store.
func TestOnlyTheActiveNodeLogs(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, s store.Store) {
		t.Helper()
		o := newOffice(t, s)
		o.write("AAA-2026-00001-1", "a")
		o.log.Term = func() (int64, bool) { return 1, false }
		if err := o.appended(); err != nil {
			t.Fatal(err)
		}
		if log, err := ledger.Read(t.Context(), s); err != nil || len(log.Runs) > 0 {
			t.Fatal("a standby has logged", err)
		}
		lease, err := s.TakeLease(t.Context(), store.Lease{}, "other")
		if err != nil {
			t.Fatal(err)
		}
		o.log.Term = func() (int64, bool) { return lease.Term - 1, true }
		if lease.Term == 1 { // 0 would mean no term at all
			o.log.Term = func() (int64, bool) { return lease.Term + 1, true }
		}
		if err := o.appended(); workflow.CodeOf(err) != workflow.CodeFenced {
			t.Errorf("a process of another term: %v", err)
		}
		o.log.Term = func() (int64, bool) { return lease.Term, true }
		if err := o.appended(); err != nil {
			t.Fatal(err)
		}
		o.holds()
	})
}

// TestLongHistoriesAreLogged: more entries than fit into one claim, and more cases than are
// written at once.
func TestLongHistoriesAreLogged(t *testing.T) {
	t.Parallel()
	s, err := sqlitestore.Open(t.Context(), filepath.Join(t.TempDir(), "a.db"), sqlitestore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	o := newOffice(t, s)
	var keys []string
	for i := range 70 {
		keys = append(keys, fmt.Sprint(i))
	}
	o.write("AAA-2026-00001-1", keys...)
	for i := range 100 {
		o.write(workflow.MakeCaseID("BBB", 2026, i+1), "a")
	}
	if err := o.appended(); err != nil {
		t.Fatal(err)
	}
	o.holds()
	log, err := ledger.Read(t.Context(), s)
	if err != nil || len(log.Runs) != 103 || len(log.Checkpoints) != 2 {
		t.Errorf("%d runs, %d checkpoints, %v", len(log.Runs), len(log.Checkpoints), err)
	}
}
