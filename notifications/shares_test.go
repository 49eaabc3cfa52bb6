package notifications_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"izinbot/bot"
	"izinbot/notifications"
	"izinbot/workflow/store"
)

// share are the chats that a process serves.
type share struct {
	mu   sync.Mutex
	gone map[bot.Address]bool
	lost context.Context //nolint:containedctx // ends when all chats are lost
	end  context.CancelFunc
}

func newShare() *share {
	s := &share{gone: map[bot.Address]bool{}}
	s.lost, s.end = context.WithCancel(context.Background())
	return s
}

func (s *share) Ours(chat bot.Address) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return !s.gone[chat]
}

func (s *share) Within(ctx context.Context, _ bot.Address) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	stop := context.AfterFunc(s.lost, cancel)
	return ctx, func() { stop(); cancel() }
}

func (s *share) leave(chat bot.Address) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.gone[chat] = true
}

// A chat that is handed over: what is being sent is sent and recorded, the rest is
// given back at once, and nothing is claimed.
func TestOutboxHandsAChatOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newShare()
		p := newPost(newStore(), notifications.OutboxConfig{Shares: s}, func(context.Context, string) error {
			time.Sleep(3 * time.Second)
			return nil
		})
		p.mustStart(t)
		p.Push(p.commit(reply("a", "a1"), reply("a", "a2"), reply("b", "b1"))...)
		time.Sleep(time.Second)
		s.leave("sim:a")
		began := time.Now()
		if err := p.Yield(t.Context()); err != nil || time.Since(began) < 2*time.Second {
			t.Errorf("%v after %v", err, time.Since(began))
		}
		if one, two := p.store.row(1), p.store.row(2); one.state != bot.DeliverySent || two.state != bot.DeliveryPending || two.owner != "" {
			t.Errorf("a1 is %s; a2 is %s of %q", one.state, two.state, two.owner)
		}
		p.Push(p.commit(reply("a", "a3"))...)
		time.Sleep(5 * time.Minute)
		got := p.channel.all() // chats go side by side, so in any order
		if slices.Sort(got); !slices.Equal(got, []string{"a1", "b1"}) {
			t.Errorf("sent %v", got)
		}
	})
}

// Who takes a chat over need not wait for the end of claims of whoever lost it.
func TestOutboxTakesOverAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := newStore()
		dead := newPost(store, notifications.OutboxConfig{Owner: "dead"}, nil)
		dead.commit(reply("a", "a1"), reply("a", "a2"))
		p := newPost(store, notifications.OutboxConfig{Shares: newShare()}, nil)
		p.mustStart(t)
		time.Sleep(time.Second)
		p.mustSend(t, "a1", "a2")
		p.mustBeDone(t)
	})
}

// A try that is under way when its chat is lost ends, and is no failure.
func TestOutboxEndsTriesOfLostChats(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newShare()
		p := newPost(newStore(), notifications.OutboxConfig{Shares: s}, func(ctx context.Context, _ string) error {
			<-ctx.Done()
			return ctx.Err()
		})
		p.mustStart(t)
		p.Push(p.commit(reply("a", "a1"))...)
		time.Sleep(time.Second)
		s.leave("sim:a")
		s.end()
		synctest.Wait()
		time.Sleep(time.Second)
		if r := p.store.row(1); r.Attempts != 0 || r.state != bot.DeliveryPending || r.owner != "" {
			t.Errorf("%d attempts, %s of %q", r.Attempts, r.state, r.owner)
		}
	})
}

// clockTerms are those of a process that minds the clock, or thinks so.
type clockTerms struct {
	*share
	term int64
}

func (c *clockTerms) FenceOf(bot.Address) (store.Fence, bool) { return store.Fence{}, false }

func (c *clockTerms) Fence(lease string) (store.Fence, bool) {
	return store.Fence{Lease: lease, Term: c.term}, c.term > 0
}

// Only whoever minds the clock does what it demands; one that has lost it without
// knowing writes nothing, and that is no failure.
func TestOnlyTheOneWhoMindsTheClockReminds(t *testing.T) {
	h := newHouse(t, "2026-11-23 08.05")
	terms := &clockTerms{share: newShare()}
	h.watch.Commits.Terms = terms
	run := func(when string) {
		t.Helper()
		if err := h.watch.RunOnce(t.Context(), h.now); err != nil {
			t.Errorf("%s: %v", when, err)
		}
	}
	run("without the lease")
	if len(h.sent) > 0 {
		t.Error("somebody was reminded without the lease")
	}
	l, err := h.store.TakeLease(t.Context(), store.Lease{Name: store.LeaseClock}, "me")
	if err != nil {
		t.Fatal(err)
	}
	if l, err = h.store.TakeLease(t.Context(), l, "other"); err != nil {
		t.Fatal(err)
	}
	terms.term = 1
	run("with an old term")
	if len(h.sent) > 0 {
		t.Error("somebody was reminded under an old term")
	}
	terms.term = l.Term
	run("with the lease")
	if len(h.sent) == 0 {
		t.Error("nobody was reminded")
	}
}
