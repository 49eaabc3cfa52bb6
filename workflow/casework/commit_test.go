package casework_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/casework"
	"izinbot/workflow/store"
)

// sender is a Sender that notes what it is asked.
type sender struct {
	pushed []bot.Delivery
	leased int
	done   []time.Time
}

func (s *sender) Lease(now time.Time) (string, time.Time) {
	s.leased++
	return "node", now.Add(time.Minute)
}
func (s *sender) Push(d ...bot.Delivery) { s.pushed = append(s.pushed, d...) }
func (s *sender) Done(until time.Time)   { s.done = append(s.done, until) }

// commits is a store that refuses as it is told.
type commits struct {
	unit store.UnitOfWork
	err  error
}

func (c *commits) Commit(_ context.Context, _ time.Time, u store.UnitOfWork) ([]bot.Delivery, error) {
	c.unit = u
	if c.err != nil {
		return nil, c.err
	}
	return u.Deliveries, nil
}

func TestCommitterHandsOverWhatIsBorn(t *testing.T) {
	out, in := &sender{}, &commits{}
	c := &casework.Committer{Store: in, Sender: out}
	now := time.Date(2026, 11, 23, 8, 0, 0, 0, workflow.WIB())
	unit := store.UnitOfWork{Deliveries: []bot.Delivery{{ID: "a"}}}
	if err := c.Commit(t.Context(), now, unit); err != nil {
		t.Fatal(err)
	}
	if in.unit.Owner != "node" || !in.unit.Lease.Equal(now.Add(time.Minute)) {
		t.Errorf("written as %+v", in.unit)
	}
	if len(out.pushed) != 1 || out.leased != 1 || !slices.Equal(out.done, []time.Time{in.unit.Lease}) {
		t.Errorf("handed over: %+v", out)
	}
}

func TestCommitterOfWhatIsRefused(t *testing.T) {
	duplicate, conflict := workflow.Refuse(workflow.CodeDuplicate, "claim"), workflow.Refuse(workflow.CodeConflict, "case")
	for _, tt := range []struct{ refused, commit, once error }{
		{duplicate, duplicate, nil},
		{conflict, conflict, conflict},
		{nil, nil, nil},
	} {
		out := &sender{}
		c := &casework.Committer{Store: &commits{err: tt.refused}, Sender: out}
		if err := c.Commit(t.Context(), time.Time{}, store.UnitOfWork{}); workflow.CodeOf(err) != workflow.CodeOf(tt.commit) {
			t.Errorf("commit of what is refused with %v: %v", tt.refused, err)
		}
		if err := c.Once(t.Context(), time.Time{}, store.UnitOfWork{}); workflow.CodeOf(err) != workflow.CodeOf(tt.once) {
			t.Errorf("once of what is refused with %v: %v", tt.refused, err)
		}
		if out.leased != 2 || len(out.done) != 2 || len(out.pushed) != 0 {
			t.Errorf("%v: leases that are not given back: %+v", tt.refused, out)
		}
	}
}

func TestRetryEndsWithTheConflicts(t *testing.T) {
	conflict, broken := workflow.Refuse(workflow.CodeConflict, "case"), errors.New("CONTOH")
	for _, tt := range []struct {
		name   string
		result func(try int) error
		tries  int
		err    error
	}{
		{"at once", func(int) error { return nil }, 1, nil},
		{"after conflicts", func(n int) error { return map[bool]error{true: fmt.Errorf("commit: %w", conflict)}[n < 4] }, 4, nil},
		{"a key that was written", func(n int) error {
			return map[bool]error{true: workflow.Refuse(workflow.CodeDuplicate, "key")}[n < 2]
		}, 2, nil},
		{"an outage", func(int) error { return broken }, 1, broken},
		{"never", func(int) error { return conflict }, 50, conflict},
	} {
		tries := 0
		desk := &casework.Desk{}
		err := casework.Retry(desk.Begin("k", time.Time{}), func(*casework.Work) error { tries++; return tt.result(tries) })
		if tries != tt.tries || !errors.Is(err, tt.err) {
			t.Errorf("%s: %d tries, %v", tt.name, tries, err)
		}
	}
}

func TestBatchesShrinkWithConflicts(t *testing.T) {
	conflict, broken := workflow.Refuse(workflow.CodeConflict, "case"), errors.New("CONTOH")
	items := []int{1, 2, 3, 4, 5, 6, 7, 8}
	var done, left []int
	do := func(some []int) error {
		if slices.Contains(some, 6) {
			return conflict
		}
		done = append(done, some...)
		return nil
	}
	leave := func(i int, err error) error {
		left = append(left, i)
		if !errors.Is(err, conflict) {
			t.Errorf("left with %v", err)
		}
		return nil
	}
	if err := casework.InBatches(items, do, leave); err != nil || !slices.Equal(done, []int{1, 2, 3, 4, 5, 7, 8}) || !slices.Equal(left, []int{6}) {
		t.Errorf("done %v, left %v: %v", done, left, err)
	}
	if err := casework.InBatches(items, do, func(int, error) error { return broken }); !errors.Is(err, broken) {
		t.Errorf("an item that must not be left: %v", err)
	}
	if err := casework.InBatches(items, func([]int) error { return broken }, leave); !errors.Is(err, broken) {
		t.Errorf("an outage: %v", err)
	}
	tries := 0
	once := func([]int) error {
		if tries++; tries < 4 {
			return conflict
		}
		return nil
	}
	if err := casework.InBatches(items[:1], once, leave); err != nil || tries != 4 || len(left) != 1 {
		t.Errorf("one item: %d tries, left %v: %v", tries, left, err)
	}
}
