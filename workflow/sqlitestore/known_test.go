package sqlitestore

import (
	"fmt"
	"reflect"
	"sync"
	"testing"

	"izinbot/workflow"
	"izinbot/workflow/internal/kept"
	"izinbot/workflow/store"
	"izinbot/workflow/workflowtest"
)

// move writes the next version of a case, with a form that tells which it is.
func move(t *testing.T, s *Store, c workflow.Case) workflow.Case {
	t.Helper()
	next := fmt.Sprint(c.Version + 1)
	c.Form = workflow.Answers{"version": next}
	change, err := workflowtest.Change(c, kept.Instant(1), next)
	if err != nil {
		t.Fatal(err)
	}
	commit(t, s, store.Turn{Cases: []store.CaseChange{change}})
	return change.Case
}

// TestKnownCaseIsNeverStale has many read a case while it moves: each sees it whole
// and none sees an earlier version after a later one.
func TestKnownCaseIsNeverStale(t *testing.T) {
	s := open4test(t)
	const versions = 200
	c := move(t, s, workflowtest.Case("A-2026-00001-1", kept.Instant(1)))
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for last := 0; last < versions; {
				got, err := s.Case(t.Context(), c.ID)
				if err != nil || got.Version < last || got.Form["version"] != fmt.Sprint(got.Version) {
					t.Errorf("version %d with %v after %d: %v", got.Version, got.Form, last, err)
					return
				}
				last = got.Version
			}
		})
	}
	moving := c
	for moving.Version < versions {
		moving = move(t, s, moving)
		if got, err := s.Case(t.Context(), c.ID); err != nil || got.Version != moving.Version {
			t.Fatalf("version %d, %v; want %d", got.Version, err, moving.Version)
		}
	}
	group.Wait()
}

// TestKnownCaseIsWhatIsKept compares what is known with what is read for the first
// time.
func TestKnownCaseIsWhatIsKept(t *testing.T) {
	s := open4test(t)
	c := move(t, s, workflowtest.Case("A-2026-00001-1", kept.Instant(1)))
	first, err := s.Case(t.Context(), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	second, err := s.Case(t.Context(), c.ID)
	if err != nil || !reflect.DeepEqual(first, second) {
		t.Errorf("%+v, %v; first %+v", second, err, first)
	}
	if len(first.Documents) != 15 {
		t.Errorf("%d documents", len(first.Documents))
	}
}

func TestKnownIsBounded(t *testing.T) {
	var k known
	id := func(i int) workflow.CaseID { return workflow.CaseID(fmt.Sprint(i)) }
	for i := range 10 * mostKnown {
		k.set(workflow.Case{ID: id(i), Version: i + 1})
		if c := k.get(id(0)); c.Version != 1 {
			t.Fatalf("the case that is read all the time is forgotten after %d others", i)
		}
		if n := len(k.fresh) + len(k.forgotten); n > 2*mostKnown {
			t.Fatalf("%d cases", n)
		}
	}
	if c := k.get(id(1)); c.Version != 0 {
		t.Error("a case that nobody read is still known")
	}
}
