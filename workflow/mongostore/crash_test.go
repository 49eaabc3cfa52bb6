package mongostore_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"pgregory.net/rapid"

	"izinbot/workflow"
	"izinbot/workflow/mongostore"
	"izinbot/workflow/mongostore/mongotest"
)

// crashSite is a database with a node that lives, next to which others die.
type crashSite struct {
	*testing.T
	uri    string
	alive  *mongostore.Store
	dead   *sync.WaitGroup // nodes that were cut off and have not noticed yet
	trials int
}

func newCrashSite(t *testing.T) *crashSite {
	t.Helper()
	uri := mongotest.URI(t)
	s := openAt(t, uri, nil)
	s.Hasten(2)
	c := &crashSite{T: t, uri: uri, alive: s, dead: &sync.WaitGroup{}}
	t.Cleanup(c.dead.Wait)
	return c
}

func (c *crashSite) trial(s shape) *trial {
	c.trials++
	return &trial{shape: s, name: fmt.Sprint(c.trials)}
}

// dying commits the trial's turn on a node that is cut off at its nth write, before
// or after the server has done it. It tells whether the node got so far.
func (c *crashSite) dying(r *trial, n int, fate mongotest.Fate) (cut bool) {
	c.Helper()
	turn, ok := r.turn(c.T, c.alive)
	if !ok {
		c.Fatal("handled before it was committed")
	}
	armed, writes, cutOff := false, 0, make(chan struct{})
	gate := mongotest.NewGate(c.T, func(verb string, _ bson.Raw) mongotest.Fate {
		if !armed || !slices.Contains([]string{"insert", "update", "delete", "findAndModify"}, verb) {
			return mongotest.Pass
		}
		if writes++; writes != n {
			return mongotest.Pass
		}
		close(cutOff)
		return fate
	})
	s, err := mongostore.Open(c.Context(), mongotest.Through(gate.Address(), c.uri), mongostore.Options{Timeout: 2 * time.Second})
	if err != nil {
		c.Fatal(err)
	}
	gate.Do(func() { armed = true })
	ended := make(chan error, 1)
	c.dead.Go(func() {
		_, err := s.Commit(context.WithoutCancel(c.Context()), crashTime(), turn)
		ended <- err
		_ = s.Close()
	})
	select {
	case err := <-ended:
		if err != nil {
			c.Fatal(err)
		}
	case <-cutOff: // the node may go on trying, in vain
		cut = true
	}
	gate.Close()
	return cut
}

// again makes the turn on the living node, as the repeat of a message does. That it
// was made before is told by the conversation, a key or a claim.
func (c *crashSite) again(r *trial) {
	c.Helper()
	for range 3 {
		turn, ok := r.turn(c.T, c.alive)
		if !ok {
			return
		}
		_, err := c.alive.Commit(c.Context(), crashTime(), turn)
		if err == nil || workflow.CodeOf(err) == workflow.CodeDuplicate {
			return
		}
		if workflow.CodeOf(err) != workflow.CodeConflict { // what was read has changed: from the start
			c.Fatal(err)
		}
	}
	c.Fatalf("the turn conflicts for ever: %+v", r.shape)
}

// whole gives the effects of a turn that nothing disturbed, and of none.
func (c *crashSite) whole(s shape) (none, all string) {
	c.Helper()
	r := c.trial(s)
	r.prepare(c.T, c.alive)
	none = r.effects(c.T, c.alive)
	c.again(r)
	all = r.effects(c.T, c.alive)
	if sent := r.sent(c.T, c.alive); len(sent) != s.Deliveries {
		c.Fatalf("deliveries %v", sent)
	}
	return none, all
}

// check looks at a turn after the death of its node: first that it is there as a
// whole or not at all, and after the repeat that it is there once.
func (c *crashSite) check(r *trial, none, all string) {
	c.Helper()
	if err := c.alive.Sweep(c.Context()); err != nil {
		c.Fatal(err)
	}
	got := r.effects(c.T, c.alive)
	if got != none && got != all {
		c.Fatalf("half a turn of %+v\ngot  %s\nnone %s\nall  %s", r.shape, got, none, all)
	}
	deliveries := r.sent(c.T, c.alive)
	if want := r.Deliveries; got == all && len(deliveries) != want || got == none && len(deliveries) > 0 {
		c.Fatalf("deliveries %v of %d, effects %s", deliveries, want, got)
	}
	c.again(r)
	if got := r.effects(c.T, c.alive); got != all {
		c.Fatalf("after the repeat\ngot  %s\nwant %s", got, all)
	}
	if deliveries = append(deliveries, r.sent(c.T, c.alive)...); len(deliveries) != r.Deliveries {
		c.Fatalf("deliveries %v of %d", deliveries, r.Deliveries)
	}
}

// nothingLeft sees to it that no record and no lock stays after a sweep.
func (c *crashSite) nothingLeft() {
	c.Helper()
	if err := c.alive.Sweep(c.Context()); err != nil {
		c.Error(err)
	}
	if n, err := c.alive.Locked(c.Context()); err != nil || n != 0 {
		c.Errorf("%d locks and records are left (%v)", n, err)
	}
}

// TestCutAtEveryWrite cuts a node off at every write of a turn that has every part.
func TestCutAtEveryWrite(t *testing.T) {
	t.Parallel()
	c := newCrashSite(t)
	none, all := c.whole(wholeShape())
	fate := mongotest.DropBefore // of the first write; to die before another is to die after the one before it
	for n, cut := 1, true; cut; n++ {
		r := c.trial(wholeShape())
		r.prepare(t, c.alive)
		cut = c.dying(r, n, fate)
		c.check(r, none, all)
		if fate == mongotest.DropBefore {
			fate, n = mongotest.DropAfter, 0
		}
	}
	c.nothingLeft()
}

// TestCutAnywhere cuts turns of any shape at any write; then it is the repeat that
// meets what is left, or a reader, or the sweep.
func TestCutAnywhere(t *testing.T) {
	t.Parallel()
	c := newCrashSite(t)
	fewer(t, "25")
	known := map[shape][2]string{}
	rapid.Check(t, func(rt *rapid.T) {
		s := drawShape(rt)
		if _, ok := known[s]; !ok {
			none, all := c.whole(s)
			known[s] = [2]string{none, all}
		}
		r := c.trial(s)
		r.prepare(t, c.alive)
		fate := rapid.SampledFrom([]mongotest.Fate{mongotest.DropBefore, mongotest.DropAfter}).Draw(rt, "fate")
		c.dying(r, rapid.IntRange(1, 30).Draw(rt, "write"), fate)
		switch rapid.IntRange(0, 2).Draw(rt, "who is next") {
		case 0:
			c.again(r)
		case 1:
			r.effects(t, c.alive)
		}
		c.check(r, known[s][0], known[s][1])
	})
	c.nothingLeft()
}

// fewer lowers how many cases a property is tried on: each of these takes a node's
// life. IZINBOT_SOAK leaves it at what it is.
func fewer(t *testing.T, checks string) {
	t.Helper()
	if os.Getenv("IZINBOT_SOAK") != "" {
		return
	}
	f := flag.Lookup("rapid.checks")
	before := f.Value.String()
	if err := f.Value.Set(checks); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Value.Set(before) })
}
