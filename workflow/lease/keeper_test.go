package lease_test

import (
	"context"
	"math/rand/v2"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"izinbot/bot"
	"izinbot/workflow/lease"
	"izinbot/workflow/store"
)

func newLine(t *table) *line { return &line{table: t, rand: rand.New(rand.NewPCG(1, 2))} }

func TestFirstNodeHoldsAllAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := keeper(t, newTable(), "a")
		began := time.Now()
		k.Start(t.Context())
		defer k.Stop(t.Context())
		if took := time.Since(began); took != 0 || count(k) != 18 || k.Share() != 1 {
			t.Errorf("after %v: %v", took, k.Held())
		}
	})
}

func TestSecondNodeGetsHalf(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		all := newTable()
		a, b := keeper(t, all, "a"), keeper(t, all, "b")
		a.Start(t.Context())
		defer a.Stop(t.Context())
		time.Sleep(5 * time.Second)
		b.Start(t.Context())
		time.Sleep(3 * time.Second)
		if a.Share() != 0.5 || b.Share() != 0.5 {
			t.Errorf("shares %v and %v", a.Share(), b.Share())
		}
		b.Stop(t.Context())
		time.Sleep(2 * time.Second)
		if count(a) != 18 {
			t.Errorf("after b has left: %v", a.Held())
		}
	})
}

func TestDeadNodeIsReplacedInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		all := newTable()
		way := newLine(all)
		a, b := keeper(t, way, "a"), keeper(t, all, "b")
		a.Start(t.Context())
		b.Start(t.Context())
		defer b.Stop(t.Context())
		time.Sleep(20 * time.Second)
		way.kill()
		died := time.Now()
		for count(b) < 18 {
			time.Sleep(100 * time.Millisecond)
		}
		if took := time.Since(died); took > 15*time.Second || took < 5*time.Second {
			t.Errorf("taken over after %v", took)
		}
		time.Sleep(3 * time.Second)
		if list, _ := all.Leases(t.Context(), "node/"); list[0].Owner != "" {
			t.Errorf("the dead node's slot: %+v", list)
		}
		a.Stop(t.Context())
	})
}

func TestRestartedAloneTakesOverFromItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		all := newTable()
		way := newLine(all)
		first := keeper(t, way, "first")
		first.Start(t.Context())
		way.kill()
		second := keeper(t, all, "second")
		second.Start(t.Context())
		defer second.Stop(t.Context())
		time.Sleep(12 * time.Second)
		if count(second) != 18 {
			t.Errorf("%v", second.Held())
		}
		first.Stop(t.Context())
	})
}

// A node that wakes up knows at once, before it could ask the store, that it holds
// nothing.
func TestWokenNodeKnowsAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		all := newTable()
		way := newLine(all)
		a, b := keeper(t, way, "a"), keeper(t, all, "b")
		a.Start(t.Context())
		old, _ := a.Fence(lease.Clock)
		time.Sleep(10 * time.Second)
		b.Start(t.Context())
		defer b.Stop(t.Context())
		way.close()
		time.Sleep(8*time.Second + time.Nanosecond)
		if a.Holds(lease.Clock) || a.Share() != 0 || len(a.Held()) != 0 {
			t.Errorf("still believed: %v", a.Held())
		}
		if _, ok := a.Fence(lease.Clock); ok {
			t.Error("still fenced in")
		}
		time.Sleep(22 * time.Second)
		way.open()
		time.Sleep(5 * time.Second)
		if a.Holds(lease.Clock) || !b.Holds(lease.Clock) || a.Share() != 0.5 {
			t.Errorf("a has %v, b has %v", a.Held(), b.Held())
		}
		if now, _ := b.Fence(lease.Clock); now.Term <= old.Term {
			t.Errorf("terms %v, then %v", old, now)
		}
		a.Stop(t.Context())
	})
}

// A machine that slept may not have counted the time in its monotonic clock.
func TestSleepThatOnlyTheWallClockSaw(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var slept atomic.Int64
		k := keeper(t, newTable(), "a", func(c *lease.Config) {
			c.Now = func() time.Time {
				now := time.Now()
				if slept.Load() == 0 {
					return now
				}
				return now.Round(0).Add(time.Duration(slept.Load())) // a time without a monotonic reading
			}
		})
		k.Start(t.Context())
		defer k.Stop(t.Context())
		slept.Store(int64(time.Minute))
		if k.Holds(lease.Clock) {
			t.Error("believed after a minute's sleep")
		}
	})
}

// What runs under a lease ends before it is given back, and a hand-over does not
// wait for a heartbeat to stand still.
func TestHandOverWaitsForWork(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		all := newTable()
		drained := make(chan struct{})
		a := keeper(t, all, "a", func(c *lease.Config) {
			c.Drain = func(ctx context.Context) error {
				select {
				case <-drained:
					return nil
				case <-ctx.Done():
					return ctx.Err()
				}
			}
		})
		a.Start(t.Context())
		chat := chatOf("chats/15") // the last go first
		within, cancel := a.Within(t.Context(), chat)
		defer cancel()
		b := keeper(t, all, "b")
		b.Start(t.Context())
		time.Sleep(5 * time.Second)
		if _, ok := a.FenceOf(chat); !ok || a.Ours(chat) || within.Err() != nil || b.Ours(chat) {
			t.Errorf("it was taken away from under its work, or not put on notice")
		}
		close(drained)
		time.Sleep(2 * time.Second)
		if _, ok := a.FenceOf(chat); ok || within.Err() == nil || !b.Ours(chat) {
			t.Error("it is not handed over")
		}
		a.Stop(t.Context())
		b.Stop(t.Context())
	})
}

// chatOf gives a chat of a part.
func chatOf(part string) bot.Address {
	for i := 0; ; i++ {
		if chat := bot.MakeAddress("sim", strconv.Itoa(i)); lease.NewParts(0).Of(chat) == part {
			return chat
		}
	}
}

func TestDrainHasAnEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		all := newTable()
		a := keeper(t, all, "a", func(c *lease.Config) {
			c.Drain = func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }
		})
		b := keeper(t, all, "b")
		a.Start(t.Context())
		b.Start(t.Context())
		time.Sleep(24 * time.Second)
		if b.Share() != 0.5 {
			t.Errorf("b has %v", b.Held())
		}
		a.Stop(t.Context())
		b.Stop(t.Context())
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

func TestRunFollowsTheLease(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		all := newTable()
		way := newLine(all)
		a, b := keeper(t, way, "a"), keeper(t, all, "b")
		ctx, cancel := context.WithCancel(t.Context())
		var log journal
		begin := func(k *lease.Keeper, who string) {
			k.Start(ctx)
			go k.Run(ctx, lease.Polling, func(ctx context.Context) {
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

func TestChatsOfWhatsAppAreOnePart(t *testing.T) {
	parts := lease.NewParts(0)
	if got := parts.Of("whatsapp:123@s.whatsapp.net"); got != lease.WhatsApp {
		t.Errorf("got %q", got)
	}
	used := map[string]bool{}
	for i := range 500 {
		used[parts.Of(bot.MakeAddress("telegram", string(rune('a'+i))))] = true
	}
	if len(used) != len(parts) {
		t.Errorf("only %d parts are used", len(used))
	}
	// The hash must never change: nodes of two versions may run side by side.
	if got := parts.Of("telegram:4242"); got != "chats/12" {
		t.Errorf("got %q", got)
	}
}

func TestTimesMustAgree(t *testing.T) {
	for name, cfg := range map[string]lease.Config{
		"nothing":              {},
		"lapse after stale":    {Store: newTable(), Owner: "a", Now: time.Now, Timing: lease.Timing{Lapse: 10 * time.Second}},
		"beat after the lapse": {Store: newTable(), Owner: "a", Now: time.Now, Timing: lease.Timing{Beat: 8 * time.Second}},
	} {
		if _, err := lease.New(cfg); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

var _ store.Leases = (*line)(nil)
