package ledger_test

import (
	"bytes"
	"context"
	"maps"
	"path/filepath"
	"strings"
	"testing"

	"izinbot/workflow"
	"izinbot/workflow/ledger"
	"izinbot/workflow/sqlitestore"
	"izinbot/workflow/store"
	"izinbot/workflow/translog"
	"izinbot/workflow/workflowtest"
)

// counting counts the reads of a store.
type counting struct {
	store.Store

	reads map[string]int
}

func (c *counting) Claimed(ctx context.Context, prefix string) ([]string, error) {
	c.reads["claims"]++
	return c.Store.Claimed(ctx, prefix)
}

func (c *counting) LastClaimed(ctx context.Context, prefix string) (string, error) {
	c.reads["last"]++
	return c.Store.LastClaimed(ctx, prefix)
}

func (c *counting) Case(ctx context.Context, id workflow.CaseID) (workflow.Case, error) {
	c.reads["case"]++
	return c.Store.Case(ctx, id)
}

func (c *counting) History(ctx context.Context, id workflow.CaseID) ([]workflow.Entry, error) {
	c.reads["history"]++
	return c.Store.History(ctx, id)
}

// TestAStartReadsLittle: however many cases there are, a minute reads some hundreds of them after
// a start, and never the log; what changes meanwhile is logged at once, and what was left behind by
// a crash when its case's turn comes.
func TestAStartReadsLittle(t *testing.T) {
	t.Parallel()
	s, err := sqlitestore.Open(t.Context(), filepath.Join(t.TempDir(), "a.db"), sqlitestore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	o := newOffice(t, s)
	const cases = 1200
	unit := store.UnitOfWork{}
	for i := range cases {
		change, err := workflowtest.Change(workflowtest.Case(workflow.MakeCaseID("AAA", 2026, i+1), now()), now(), "a")
		if err != nil {
			t.Fatal(err)
		}
		o.cases[change.Case.ID] = change.Case
		if unit.Cases = append(unit.Cases, change); len(unit.Cases) == 100 {
			if _, err := o.log.Commit(t.Context(), now(), unit); err != nil {
				t.Fatal(err)
			}
			unit.Cases = nil
		}
	}
	if err := o.appended(); err != nil {
		t.Fatal(err)
	}
	last := workflow.MakeCaseID("AAA", 2026, cases)
	o.write(last, "b") // and the program dies
	reads := &counting{Store: s, reads: map[string]int{}}
	o.store.Store = reads
	o.restart()
	o.write(workflow.MakeCaseID("AAA", 2026, 900), "b")
	for minute, want := range []map[string]int{
		{"last": 1 + 1 + 500, "case": 500, "history": 1},
		{"last": 499, "case": 500}, // the one that was changed is known
		{"last": 200 + 1, "case": 200, "history": 1},
		{},
	} {
		clear(reads.reads)
		if err := o.appended(); err != nil {
			t.Fatal(err)
		}
		if !maps.Equal(reads.reads, want) {
			t.Errorf("minute %d read %v, want %v", minute+1, reads.reads, want)
		}
	}
	o.holds()
	log, err := ledger.Read(t.Context(), s)
	if tree := log.Tree(); err != nil || tree.Size() != cases+2 {
		t.Errorf("%d entries are logged, not %d, %v", tree.Size(), cases+2, err)
	}
}

// changed is a store whose last claims somebody has changed.
type changed struct {
	store.Store

	change func(claim string) string
}

func (c changed) LastClaimed(ctx context.Context, prefix string) (string, error) {
	claim, err := c.Store.LastClaimed(ctx, prefix)
	return c.change(claim), err
}

// TestADamagedLogIsNotGoneOnWith: what the last checkpoint or a case's last run says is taken for
// true only if it can be.
func TestADamagedLogIsNotGoneOnWith(t *testing.T) {
	t.Parallel()
	s, err := sqlitestore.Open(t.Context(), filepath.Join(t.TempDir(), "a.db"), sqlitestore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	o := newOffice(t, s)
	var checkpoints []string // the last one after each entry
	for _, key := range []string{"a", "b", "c"} {
		o.write("AAA-2026-00001-1", key)
		if err := o.appended(); err != nil {
			t.Fatal(err)
		}
		last, err := s.LastClaimed(t.Context(), "checkpoint/")
		if err != nil {
			t.Fatal(err)
		}
		checkpoints = append(checkpoints, last)
	}
	other, err := translog.NewKey(bytes.Repeat([]byte{7}, 32))
	if err != nil {
		t.Fatal(err)
	}
	right := o.key
	for name, c := range map[string]struct {
		change func(claim string) string
		key    translog.Key
	}{
		"signed by another key": {func(claim string) string { return claim }, other},
		"the last checkpoint taken away": {func(claim string) string {
			return strings.Replace(claim, checkpoints[2], checkpoints[1], 1)
		}, right},
		"another edge": {func(claim string) string {
			if strings.HasPrefix(claim, "checkpoint/") {
				return claim[:len(claim)-43] + strings.Repeat("A", 43)
			}
			return claim
		}, right},
		"a run unreadable": {func(claim string) string { return strings.Replace(claim, "log/", "log/x", 1) }, right},
	} {
		o.key, o.store.Store = c.key, changed{s, c.change}
		o.restart()
		if err := o.appended(); err == nil {
			t.Errorf("%s: the log goes on", name)
		}
	}
	o.key, o.store.Store = right, s
	o.restart()
	if err := o.appended(); err != nil {
		t.Error(err)
	}
	o.holds()
}
