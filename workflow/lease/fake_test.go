package lease_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/lease"
	"izinbot/workflow/store"
)

// table is the lease of a database, without its failures.
type table struct {
	mu  sync.Mutex
	now store.Lease
}

func (t *table) Lease(context.Context) (store.Lease, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.now, nil
}

func (t *table) TakeLease(_ context.Context, seen store.Lease, holder string) (store.Lease, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.now != seen {
		return store.Lease{}, workflow.Refuse(workflow.CodeConflict, "lease")
	}
	t.now = seen.Take(holder)
	return t.now, nil
}

// line is a node's way to the table: slow, now and then broken, and closed while
// the node is paused or cut off, and for ever once it is dead.
type line struct {
	table  *table
	rand   *rand.Rand
	slow   time.Duration // longest delay each way
	faults int           // calls of a hundred that fail

	mu     sync.Mutex
	closed chan struct{} // nil: open; closing it opens the line
	dead   bool
}

var errLine = errors.New("line is broken")

// trip is one way of a call. A call that is under way when its node pauses waits,
// whatever its deadline, for the node does not see the deadline pass.
func (l *line) trip(ctx context.Context) error {
	l.mu.Lock()
	closed, fails := l.closed, l.rand.IntN(200) < l.faults
	lag := time.Duration(l.rand.Int64N(int64(l.slow) + 1))
	dead := l.dead
	l.mu.Unlock()
	if closed != nil {
		<-closed
		return nil
	}
	if dead || fails {
		return errLine
	}
	select {
	case <-time.After(lag):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (l *line) Lease(ctx context.Context) (store.Lease, error) {
	if err := l.trip(ctx); err != nil {
		return store.Lease{}, err
	}
	now, _ := l.table.Lease(ctx)
	return now, l.trip(ctx)
}

func (l *line) TakeLease(ctx context.Context, seen store.Lease, holder string) (store.Lease, error) {
	if err := l.trip(ctx); err != nil {
		return store.Lease{}, err
	}
	got, err := l.table.TakeLease(ctx, seen, holder)
	if lost := l.trip(ctx); lost != nil {
		return store.Lease{}, lost // though it may have been written
	}
	return got, err
}

func (l *line) close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed == nil {
		l.closed = make(chan struct{})
	}
}

func (l *line) open() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed != nil {
		close(l.closed)
		l.closed = nil
	}
}

func (l *line) kill() {
	l.mu.Lock()
	l.dead = true
	l.mu.Unlock()
	l.open()
}

func newNode(t *testing.T, s store.Leases, name string, change ...func(*lease.Config)) *lease.Node {
	t.Helper()
	cfg := lease.Config{Store: s, Name: name, Now: time.Now}
	for _, c := range change {
		c(&cfg)
	}
	n, err := lease.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func (l *line) fail(ofTwoHundred int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.faults = ofTwoHundred
}

func (l *line) healthy(faults int) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.closed == nil && l.faults == faults && !l.dead
}

func (l *line) isDead() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.dead
}
