package lease_test

import (
	"context"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"izinbot/workflow/lease"
	"izinbot/workflow/store"
)

func newLine(t *table) *line { return &line{table: t, rand: rand.New(rand.NewPCG(1, 2))} }

func TestFirstNodeIsActiveAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := newNode(t, &table{}, "a")
		began := time.Now()
		n.Start(t.Context())
		defer n.Stop(t.Context())
		if term, ok := n.Term(); !ok || term != 1 || time.Since(began) != 0 || n.Standby() {
			t.Errorf("term %d, %v after %v", term, ok, time.Since(began))
		}
	})
}

func TestSecondNodeStandsBy(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		all := &table{}
		a, b := newNode(t, all, "a"), newNode(t, all, "b")
		a.Start(t.Context())
		b.Start(t.Context())
		time.Sleep(time.Hour)
		if !a.Active() || b.Active() || !b.Standby() {
			t.Errorf("a %v, b %v", a.Active(), b.Active())
		}
		b.Stop(t.Context())
		if time.Sleep(time.Minute); !a.Active() || b.Standby() && b.Active() {
			t.Error("the end of a standby changed the active node")
		}
		a.Stop(t.Context())
	})
}

// A node that is stopped hands over within the time of a look.
func TestStoppedNodeIsReplacedAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		all := &table{}
		a, b := newNode(t, all, "a"), newNode(t, all, "b")
		a.Start(t.Context())
		b.Start(t.Context())
		defer b.Stop(t.Context())
		time.Sleep(20*time.Second + 300*time.Millisecond)
		a.Stop(t.Context())
		a.Stop(t.Context())
		if a.Active() {
			t.Error("active after the end")
		}
		time.Sleep(time.Second)
		if term, ok := b.Term(); !ok || term != 2 {
			t.Errorf("term %d, %v a second later", term, ok)
		}
	})
}

func TestDeadNodeIsReplacedInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		all := &table{}
		way := newLine(all)
		a, b := newNode(t, way, "a"), newNode(t, all, "b")
		a.Start(t.Context())
		time.Sleep(20*time.Second + 500*time.Millisecond)
		b.Start(t.Context())
		defer b.Stop(t.Context())
		for time.Sleep(20 * time.Second); ; time.Sleep(10 * time.Millisecond) {
			if l, _ := all.Lease(t.Context()); l.Beat%2 == 0 {
				break
			}
		}
		for l, _ := all.Lease(t.Context()); l.Beat%2 == 0; l, _ = all.Lease(t.Context()) {
			time.Sleep(10 * time.Millisecond) // until just after a renewal: the longest way
		}
		way.kill()
		died := time.Now()
		for !b.Active() {
			time.Sleep(10 * time.Millisecond)
		}
		if took := time.Since(died); took >= 10*time.Second || took < 5*time.Second {
			t.Errorf("taken over after %v", took)
		}
		a.Stop(t.Context())
	})
}

func TestRestartedAloneTakesOverFromItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		all := &table{}
		way := newLine(all)
		first := newNode(t, way, "first")
		first.Start(t.Context())
		way.kill()
		second := newNode(t, all, "second")
		second.Start(t.Context())
		defer second.Stop(t.Context())
		time.Sleep(9 * time.Second)
		if !second.Active() {
			t.Error("not active")
		}
		first.Stop(t.Context())
	})
}

// A node that wakes up knows at once, before it could ask the store, that it is not
// active.
func TestWokenNodeKnowsAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		all := &table{}
		way := newLine(all)
		a, b := newNode(t, way, "a"), newNode(t, all, "b")
		a.Start(t.Context())
		old, _ := a.Term()
		while, cancel := a.While(t.Context())
		defer cancel()
		time.Sleep(10 * time.Second)
		b.Start(t.Context())
		defer b.Stop(t.Context())
		way.close()
		time.Sleep(6*time.Second + time.Nanosecond)
		if _, ok := a.Term(); ok || while.Err() == nil || a.Standby() {
			t.Error("still thinks that it is active, or that it reaches the store")
		}
		if late, cancel := a.While(t.Context()); late.Err() == nil {
			t.Error("work may begin")
		} else {
			cancel()
		}
		time.Sleep(22 * time.Second)
		way.open()
		time.Sleep(5 * time.Second)
		if term, ok := b.Term(); a.Active() || !a.Standby() || !ok || term <= old {
			t.Errorf("a %v; b has term %d after %d", a.Active(), term, old)
		}
		a.Stop(t.Context())
	})
}

// A machine that slept may not have counted the time in its monotonic clock.
func TestSleepThatOnlyTheWallClockSaw(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var slept atomic.Int64
		n := newNode(t, &table{}, "a", func(c *lease.Config) {
			c.Now = func() time.Time {
				now := time.Now()
				if slept.Load() == 0 {
					return now
				}
				return now.Round(0).Add(time.Duration(slept.Load())) // a time without a monotonic reading
			}
		})
		n.Start(t.Context())
		defer n.Stop(t.Context())
		slept.Store(int64(time.Minute))
		if n.Active() {
			t.Error("active after a minute's sleep")
		}
	})
}

// While the store is away for longer than a renewal is valid nobody is active; the same
// node goes on when it is back.
func TestStoreThatIsAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		way := newLine(&table{})
		n := newNode(t, way, "a")
		n.Start(t.Context())
		defer n.Stop(t.Context())
		way.fail(200)
		time.Sleep(5 * time.Second)
		way.fail(0)
		if time.Sleep(2 * time.Second); !n.Active() {
			t.Error("not active after a short outage")
		}
		way.fail(200)
		if time.Sleep(10 * time.Second); n.Active() || n.Standby() {
			t.Error("active, or a standby, without the store")
		}
		way.fail(0)
		if time.Sleep(2 * time.Second); !n.Active() {
			t.Error("not active when the store was back")
		}
	})
}

// A preferred node takes the lease from one that lives, acts when that one has found out,
// and leaves it alone when it has lost the lease again soon after.
func TestPreferredNode(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		all := &table{}
		way := newLine(all)
		a, b := newNode(t, all, "a"), newNode(t, way, "b", func(c *lease.Config) { c.Prefer = true })
		a.Start(t.Context())
		defer a.Stop(t.Context())
		b.Start(t.Context())
		if time.Sleep(4 * time.Second); a.Active() || b.Active() {
			t.Errorf("four seconds later: a %v, b %v", a.Active(), b.Active())
		}
		if time.Sleep(6 * time.Second); !b.Active() {
			t.Error("ten seconds later it is not active")
		}
		way.close()
		if time.Sleep(10 * time.Second); !a.Active() {
			t.Error("the other one did not take over")
		}
		way.open()
		if time.Sleep(5 * time.Minute); !a.Active() || b.Active() {
			t.Error("it took the lease again at once")
		}
		if time.Sleep(10 * time.Minute); !b.Active() {
			t.Error("it never took the lease again")
		}
		b.Stop(t.Context())
	})
}

// A lease that is taken from a node that lives is renewed before it is acted under: else that
// node would take it back as one that stands still.
func TestPreferredNodeKeepsWhatItTook(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		all := &table{}
		a, b := newNode(t, all, "a"), newNode(t, all, "b", func(c *lease.Config) {
			c.Prefer, c.Timing.Look = true, 6*time.Second
		})
		a.Start(t.Context())
		defer a.Stop(t.Context())
		b.Start(t.Context())
		defer b.Stop(t.Context())
		if time.Sleep(15 * time.Second); a.Active() || !b.Active() {
			t.Errorf("a %v, b %v", a.Active(), b.Active())
		}
	})
}

// journal lists the events in order.
type journal struct {
	mu   sync.Mutex
	list []string
}

func (j *journal) add(what string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.list = append(j.list, what)
}

func (j *journal) all() []string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return slices.Clone(j.list)
}

// What runs under a term ends before the lease is given back.
func TestRunFollowsTheTerm(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		all := &table{}
		a, b := newNode(t, all, "a"), newNode(t, all, "b")
		ctx, cancel := context.WithCancel(t.Context())
		var log journal
		begin := func(n *lease.Node, who string) {
			n.Start(ctx)
			go n.Run(ctx, func(ctx context.Context) {
				log.add(who + " begins")
				<-ctx.Done()
				time.Sleep(time.Second) // a batch is being stored
				log.add(who + " ends")
			})
			synctest.Wait()
		}
		begin(a, "a")
		begin(b, "b")
		a.Stop(ctx)
		time.Sleep(3 * time.Second)
		if want := []string{"a begins", "a ends", "b begins"}; !slices.Equal(log.all(), want) {
			t.Errorf("got %v, want %v", log.all(), want)
		}
		cancel()
		b.Stop(t.Context())
		if got := log.all(); got[len(got)-1] != "b ends" {
			t.Errorf("got %v", got)
		}
	})
}

// Work that is slow to end is begun again, though the node became active anew meanwhile,
// under the same term.
func TestSlowWorkMissesNoPeriod(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		way := newLine(&table{})
		n := newNode(t, way, "a")
		n.Start(t.Context())
		ctx, cancel := context.WithCancel(t.Context())
		var log journal
		go n.Run(ctx, func(ctx context.Context) {
			log.add("begins")
			<-ctx.Done()
			time.Sleep(15 * time.Second) // a batch is being stored
			log.add("ends")
		})
		time.Sleep(5 * time.Second)
		way.fail(200)
		time.Sleep(10 * time.Second)
		way.fail(0)
		if time.Sleep(30 * time.Second); !n.Active() {
			t.Error("not active when the store was back")
		}
		if want := []string{"begins", "ends", "begins"}; !slices.Equal(log.all(), want) {
			t.Errorf("got %v, want %v", log.all(), want)
		}
		cancel()
		n.Stop(t.Context())
	})
}

// Work that does not end holds the end of its node up only as long as the node may take.
func TestStopHasAnEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		all := &table{}
		n := newNode(t, all, "a")
		n.Start(t.Context())
		stuck := make(chan struct{})
		running, end := context.WithCancel(t.Context())
		go n.Run(running, func(context.Context) { <-stuck })
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		began := time.Now()
		n.Stop(ctx)
		if took := time.Since(began); took != 10*time.Second || n.Active() {
			t.Errorf("stopped after %v, active %v", took, n.Active())
		}
		if l, _ := all.Lease(t.Context()); l.Holder != "a" {
			t.Errorf("the lease was given back under running work: %+v", l)
		}
		end()
		close(stuck)
		n.Run(running, func(context.Context) { t.Error("begun after the end") })
	})
}

func TestNoNodeIsAlwaysActive(t *testing.T) {
	var n *lease.Node
	n.Start(t.Context())
	defer n.Stop(t.Context())
	ran := false
	n.Run(t.Context(), func(context.Context) { ran = true })
	while, cancel := n.While(t.Context())
	if term, ok := n.Term(); term != 0 || !ok || !n.Active() || n.Standby() || !ran || while.Err() != nil {
		t.Errorf("term %d, %v; ran %v", term, ok, ran)
	}
	cancel()
}

func TestTimesMustAgree(t *testing.T) {
	for name, cfg := range map[string]lease.Config{
		"nothing":              {},
		"lapse after stale":    {Store: &table{}, Name: "a", Now: time.Now, Timing: lease.Timing{Lapse: 10 * time.Second}},
		"beat after the lapse": {Store: &table{}, Name: "a", Now: time.Now, Timing: lease.Timing{Beat: 8 * time.Second}},
	} {
		if _, err := lease.New(cfg); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

var _ store.Leases = (*line)(nil)
