package mongostore_test

import (
	"testing"

	"go.mongodb.org/mongo-driver/v2/bson"

	"izinbot/workflow"
	"izinbot/workflow/mongostore"
	"izinbot/workflow/mongostore/mongotest"
	"izinbot/workflow/store"
	"izinbot/workflow/workflowtest"
)

// TestOldReadEndsNoTurn has a node stand still at every write of its turn, while another
// one, which wants to change the same case, reads from a server that does not see the
// turn's record yet: so it is with majority reads just after another server has taken
// over. What it takes for a lock without a turn may be one of a decided turn.
func TestOldReadEndsNoTurn(t *testing.T) {
	t.Parallel()
	c := newCrashSite(t)
	alone := wholeShape() // what a chat decides is asked of the chat by a write
	alone.Talk = false
	old := false
	gate := mongotest.NewGate(t, func(verb string, cmd bson.Raw) mongotest.Fate {
		if table, _ := cmd.Lookup("find").StringValueOK(); old && table == "turns" {
			return mongotest.Stale
		}
		return mongotest.Pass
	})
	other, err := mongostore.Open(t.Context(), mongotest.Through(gate.Address(), c.uri), mongostore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = other.Close() })
	other.Hasten(2)
	for n, ok := 1, true; ok; n++ {
		r := c.trial(alone)
		r.prepare(t, c.alive)
		before, err := c.alive.Case(t.Context(), r.oldCase())
		if err != nil {
			t.Fatal(err)
		}
		change, err := workflowtest.Change(before, crashTime(), "other")
		if err != nil {
			t.Fatal(err)
		}
		var wake func() error
		wake, ok = c.pausing(r, n)
		gate.Do(func() { old = true })
		_, errOther := other.Commit(t.Context(), crashTime(), store.UnitOfWork{Cases: []store.CaseChange{change}})
		gate.Do(func() { old = false })
		errFirst := wake()
		if err := c.alive.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		c.kept(r, n, "other", errOther)
		c.kept(r, n, "second", errFirst)
		c.kept(r, n, "third", errFirst)
		claims, err := c.alive.Claimed(t.Context(), r.id("rung"))
		if err != nil || (len(claims) == 1) != (errFirst == nil) {
			t.Errorf("beside write %d: %d claims of a turn that ended with %v (%v)", n, len(claims), errFirst, err)
		}
	}
	c.nothingLeft()
}

// kept looks whether an entry of the old case is there just if its turn succeeded.
func (c *crashSite) kept(r *trial, n int, key string, ended error) {
	c.Helper()
	_, err := c.alive.EntryByKey(c.Context(), r.oldCase(), key)
	if (err == nil) != (ended == nil) {
		c.Errorf("beside write %d: entry %s is there: %v; its turn ended with %v", n, key, err == nil, ended)
	}
	switch code := workflow.CodeOf(ended); code { //nolint:exhaustive // any other code is a fault
	case "", workflow.CodeConflict, workflow.CodeDuplicate:
	default:
		c.Errorf("beside write %d: %v", n, ended)
	}
}
