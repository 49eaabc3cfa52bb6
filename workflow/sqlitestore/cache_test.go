package sqlitestore

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"

	"izinbot/workflow"
)

// TestCacheNeverGoesBack has many read numbers that only grow, through a cache that
// has room for few of them: whoever saw one sees none that is less, and whoever was
// told of a write sees it.
func TestCacheNeverGoesBack(t *testing.T) {
	const keys, writes, readers = 5, 3_000, 4
	c := newCache[int, int64](2)
	var database, told [keys]atomic.Int64
	read := func(_ context.Context, key int) (int64, error) { return database[key].Load(), nil }
	var group sync.WaitGroup
	var done atomic.Bool
	for range readers {
		group.Go(func() {
			var last [keys]int64
			for !done.Load() {
				key := rand.IntN(keys)
				least := max(last[key], told[key].Load())
				v, err := c.get(t.Context(), key, read)
				if err != nil || v < least {
					t.Errorf("%d of key %d after %d: %v", v, key, least, err)
					return
				}
				last[key] = v
			}
		})
	}
	for range writes {
		key := rand.IntN(keys)
		next := database[key].Load() + 1
		m := []move{changes(c, key, &next), changes(c, key, nil), changesAny(c)}[rand.IntN(3)]
		m.bar()
		database[key].Store(next)
		m.lift(true)
		told[key].Store(next)
	}
	done.Store(true)
	group.Wait()
}

// TestCacheTakesTheLastOfTwoChanges bars one key twice, as two writes of one
// transaction do.
func TestCacheTakesTheLastOfTwoChanges(t *testing.T) {
	c := newCache[string, int](2)
	one, two := 1, 2
	first, second := changes(c, "k", &one), changes(c, "k", &two)
	first.bar()
	second.bar()
	first.lift(true)
	if v, err := c.get(t.Context(), "k", func(context.Context, string) (int, error) { return 3, nil }); v != 3 || err != nil {
		t.Errorf("%d, %v while the key is barred, want what the database has", v, err)
	}
	second.lift(true)
	if v, err := c.get(t.Context(), "k", unread[int](t)); v != 2 || err != nil {
		t.Errorf("%d, %v", v, err)
	}
}

// unread is for what must be known.
func unread[V any](t *testing.T) func(context.Context, string) (V, error) {
	t.Helper()
	return func(context.Context, string) (v V, err error) {
		t.Error("read from the database")
		return v, nil
	}
}

func TestCacheKeepsNoFailure(t *testing.T) {
	c := newCache[string, int](2)
	failed := errors.New("failed")
	if _, err := c.get(t.Context(), "k", func(context.Context, string) (int, error) { return 0, failed }); !errors.Is(err, failed) {
		t.Error(err)
	}
	if v, err := c.get(t.Context(), "k", func(context.Context, string) (int, error) { return 1, nil }); v != 1 || err != nil {
		t.Errorf("%d, %v", v, err)
	}
	refused := 2
	m := changes(c, "k", &refused)
	m.bar()
	m.lift(false)
	if v, err := c.get(t.Context(), "k", func(context.Context, string) (int, error) { return 1, nil }); v != 1 || err != nil {
		t.Errorf("%d, %v after a write that was not committed", v, err)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := c.get(gone, "k", unread[int](t)); workflow.CodeOf(err) != workflow.CodeUnavailable {
		t.Errorf("%v for one who does not wait any more", err)
	}
}

func TestCacheIsBounded(t *testing.T) {
	const most = 16
	c := newCache[string, int](most)
	reads := 0
	read := func(context.Context, string) (int, error) { reads++; return reads, nil }
	for i := range 10 * most {
		if _, err := c.get(t.Context(), fmt.Sprint(i), read); err != nil {
			t.Fatal(err)
		}
		if v, err := c.get(t.Context(), "0", read); v != 1 || err != nil {
			t.Fatalf("what is asked for all the time is forgotten after %d others", i)
		}
		if n := len(c.fresh) + len(c.fading); n > 2*most {
			t.Fatalf("%d values", n)
		}
	}
	if v, err := c.get(t.Context(), "1", read); v == 2 || err != nil {
		t.Error("what nobody asked for is still known")
	}
}
