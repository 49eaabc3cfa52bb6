package mongostore_test

import (
	"context"
	"slices"
	"testing"

	"go.mongodb.org/mongo-driver/v2/bson"

	"izinbot/workflow"
	"izinbot/workflow/mongostore"
	"izinbot/workflow/mongostore/mongotest"
)

// pausing commits the trial's turn on a node that stands still before its nth write.
// It gives what wakes it up and tells how its turn ended; ok is false if it did not
// get so far.
func (c *crashSite) pausing(r *trial, n int) (wake func() error, ok bool) {
	c.Helper()
	turn, _ := r.turn(c.T, c.alive)
	armed, writes, still := false, 0, make(chan struct{})
	gate := mongotest.NewGate(c.T, func(verb string, _ bson.Raw) mongotest.Fate {
		if !armed || !slices.Contains([]string{"insert", "update", "delete", "findAndModify"}, verb) {
			return mongotest.Pass
		}
		if writes++; writes != n {
			return mongotest.Pass
		}
		close(still)
		return mongotest.Wait
	})
	s, err := mongostore.Open(c.Context(), mongotest.Through(gate.Address(), c.uri), mongostore.Options{})
	if err != nil {
		c.Fatal(err)
	}
	c.Cleanup(func() { _ = s.Close() })
	gate.Do(func() { armed = true })
	ended := make(chan error, 1)
	go func() {
		_, err := s.Commit(context.WithoutCancel(c.Context()), crashTime(), turn)
		ended <- err
	}()
	select {
	case err := <-ended:
		return func() error { return err }, false
	case <-still:
	}
	return func() error {
		gate.Resume()
		return <-ended
	}, true
}

// TestWokenUpAtEveryWrite has a node stand still at every write of its turn, while
// another one takes its turn for dead and makes it. When it wakes up, its writes must
// do nothing more.
func TestWokenUpAtEveryWrite(t *testing.T) {
	t.Parallel()
	c := newCrashSite(t)
	_, all := c.whole(wholeShape())
	for n, ok := 1, true; ok; n++ {
		r := c.trial(wholeShape())
		r.prepare(t, c.alive)
		var wake func() error
		wake, ok = c.pausing(r, n)
		if ok {
			c.again(r)
			if err := c.alive.Sweep(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		sent := r.sent(t, c.alive)
		switch code := workflow.CodeOf(wake()); code { //nolint:exhaustive // any other code is a fault
		case "", workflow.CodeConflict, workflow.CodeDuplicate:
		default:
			t.Fatalf("woken up at write %d: %s", n, code)
		}
		if got := r.effects(t, c.alive); got != all {
			t.Fatalf("woken up at write %d\ngot  %s\nwant %s", n, got, all)
		}
		if sent = append(sent, r.sent(t, c.alive)...); len(sent) != r.Deliveries {
			t.Fatalf("woken up at write %d: deliveries %v", n, sent)
		}
	}
	if err := c.alive.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	c.nothingLeft()
}
