package lease_test

import (
	"context"
	"errors"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/lease"
	"izinbot/workflow/store"
)

// table is the leases of a database, without its failures.
type table struct {
	mu  sync.Mutex
	all map[string]store.Lease
}

func newTable() *table { return &table{all: map[string]store.Lease{}} }

func (t *table) Leases(_ context.Context, prefix string) ([]store.Lease, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	var list []store.Lease
	for _, name := range slices.Sorted(maps.Keys(t.all)) {
		if strings.HasPrefix(name, prefix) {
			list = append(list, t.all[name])
		}
	}
	return list, nil
}

func (t *table) TakeLease(_ context.Context, seen store.Lease, owner string) (store.Lease, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.all[seen.Name]
	now.Name = seen.Name
	if now != seen {
		return store.Lease{}, workflow.Refuse(workflow.CodeConflict, "lease")
	}
	if owner != "" && owner != seen.Owner {
		now.Term++
	}
	now.Owner, now.Beat = owner, now.Beat+1
	t.all[seen.Name] = now
	return now, nil
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

func (l *line) Leases(ctx context.Context, prefix string) ([]store.Lease, error) {
	if err := l.trip(ctx); err != nil {
		return nil, err
	}
	// A database does not list them as of one instant.
	some, _ := l.table.Leases(ctx, prefix)
	if err := l.trip(ctx); err != nil {
		return nil, err
	}
	others, _ := l.table.Leases(ctx, prefix)
	return slices.Concat(firsts(some), lasts(others)), l.trip(ctx)
}

// firsts gives the leases that come before the nodes' slots, lasts the others.
func firsts(list []store.Lease) []store.Lease {
	return slices.DeleteFunc(list, func(l store.Lease) bool { return l.Name >= "node" })
}

func lasts(list []store.Lease) []store.Lease {
	return slices.DeleteFunc(list, func(l store.Lease) bool { return l.Name < "node" })
}

func (l *line) TakeLease(ctx context.Context, seen store.Lease, owner string) (store.Lease, error) {
	if err := l.trip(ctx); err != nil {
		return store.Lease{}, err
	}
	got, err := l.table.TakeLease(ctx, seen, owner)
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

// whole are the leases that are not divided.
func whole() []string { return []string{lease.Clock, lease.Polling} }

func names() []string { return append(lease.NewParts(0), whole()...) }

func keeper(t *testing.T, s store.Leases, owner string, change ...func(*lease.Config)) *lease.Keeper {
	t.Helper()
	cfg := lease.Config{Store: s, Owner: owner, Now: time.Now, Whole: whole()}
	for _, c := range change {
		c(&cfg)
	}
	k, err := lease.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// count tells how many of the leases a keeper holds.
func count(k *lease.Keeper) int {
	n := 0
	for _, name := range names() {
		if k.Holds(name) {
			n++
		}
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
