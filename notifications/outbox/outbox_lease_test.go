package outbox_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"izinbot/bot"
	"izinbot/notifications/outbox"
)

func TestOutboxTriesEndWithinTheirLease(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := newStore()
		cfg := outbox.Config{Lease: 30 * time.Second, Timeout: 10 * time.Second, Margin: 2 * time.Second}
		p := newPost(store, cfg, func(_ context.Context, id string) error {
			if left := store.lease(id); left < 12*time.Second {
				t.Errorf("%s is tried with a lease of %v", id, left)
			}
			time.Sleep(9 * time.Second)
			return nil
		})
		p.mustStart(t)
		var want []string
		for n := range 6 { // more than the lease has time for
			want = append(want, fmt.Sprintf("a%d", n))
			p.Push(p.commit(reply("a", want[n]))...)
		}
		p.mustSend(t, want...)
		p.mustBeDone(t)
	})
}

func TestOutboxTryThatHangsIsCancelled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		first := true
		p := newPost(newStore(), outbox.Config{Timeout: 10 * time.Second}, func(ctx context.Context, _ string) error {
			if first {
				first = false
				<-ctx.Done()
			}
			return ctx.Err()
		})
		p.mustStart(t)
		p.Push(p.commit(reply("a", "a1"))...)
		if err := p.Idle(t.Context()); err != nil {
			t.Fatal(err)
		}
		if r := p.store.row(1); r.reason != "timeout" || r.Attempts != 1 {
			t.Errorf("reason %s, %d attempts; want timeout, 1", r.reason, r.Attempts)
		}
		time.Sleep(10 * time.Second)
		p.mustSend(t, "a1")
	})
}

func TestOutboxClockThatJumps(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var ahead atomic.Int64
		p := &post{store: newStore(), channel: newChannel(func(context.Context, string) error {
			time.Sleep(5 * time.Second)
			return nil
		})}
		cfg := p.config(outbox.Config{})
		cfg.Clock = func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }
		p.Outbox = outbox.New(p.store, []bot.Channel{p.channel}, cfg)
		p.mustStart(t)
		p.Push(p.commit(reply("a", "a1"), reply("a", "a2"), reply("a", "a3"))...)
		synctest.Wait()
		ahead.Store(int64(24 * time.Hour)) // all leases are over, a scan claims the same again
		p.mustSend(t, "a1", "a2", "a3")
		p.mustBeDone(t)
	})
}

func TestOutboxLeavesWhatIsNotLeasedToTheStore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPost(newStore(), outbox.Config{}, nil)
		p.mustStart(t)
		begin := time.Now()
		p.Push(p.store.commit("", time.Time{}, reply("a", "a1"))...)
		p.mustSend(t, "a1")
		if took := time.Since(begin); took > 0 {
			t.Errorf("an unleased delivery took %v, want a scan at once", took)
		}
		later := reply("a", "a2")
		later.NotBefore = begin.Add(time.Minute)
		p.Push(p.commit(later)...)
		p.mustSend(t, "a1")
		if took := time.Since(begin); took > 0 {
			t.Errorf("Idle waited %v for what is not due", took)
		}
		time.Sleep(time.Minute + 2*time.Second)
		p.mustSend(t, "a1", "a2")
	})
}
