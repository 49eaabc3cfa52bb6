package outbox_test

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"izinbot/bot"
	"izinbot/notifications/outbox"
)

// leadership is that of a process which may lose it.
type leadership struct {
	mu   sync.Mutex
	lost bool
	term context.Context //nolint:containedctx // ends when it is lost
	end  context.CancelFunc
}

func newLeadership() *leadership {
	l := &leadership{}
	l.term, l.end = context.WithCancel(context.Background())
	return l
}

func (l *leadership) Active() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return !l.lost
}

func (l *leadership) While(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	l.mu.Lock()
	defer l.mu.Unlock()
	stop := context.AfterFunc(l.term, cancel)
	return ctx, func() { stop(); cancel() }
}

func (l *leadership) lose() {
	l.mu.Lock()
	l.lost = true
	l.mu.Unlock()
	l.end()
}

func (l *leadership) regain() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lost = false
	l.term, l.end = context.WithCancel(context.Background())
}

// A process that is no longer the active one begins no more tries, takes nothing that is
// pushed and claims nothing; what was sent is recorded.
func TestOutboxThatIsNotActiveSendsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLeadership()
		p := newPost(newStore(), outbox.Config{Leadership: l}, func(context.Context, string) error {
			time.Sleep(3 * time.Second)
			return nil // the network took it all the same
		})
		p.mustStart(t)
		p.Push(p.commit(reply("a", "a1"), reply("a", "a2"))...)
		time.Sleep(time.Second)
		l.lose()
		p.Push(p.commit(reply("a", "a3"), reply("b", "b1"))...)
		p.store.commit("", time.Time{}, reply("c", "c1"))
		time.Sleep(5 * time.Minute)
		p.mustSend(t, "a1")
		if one, two := p.store.row(1), p.store.row(2); one.state != bot.DeliverySent || two.state != bot.DeliveryPending {
			t.Errorf("a1 is %s; a2 is %s", one.state, two.state)
		}
		if owner, _ := p.Lease(time.Now()); owner != "" {
			t.Errorf("a standby's deliveries are leased to %q", owner)
		}
	})
}

// What waited in a process that was replaced may have been sent meanwhile: it is not sent
// again when the process is active once more.
func TestOutboxForgetsWhatWaitedInAnEarlierTerm(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, store := newLeadership(), newStore()
		open := time.Now().Add(time.Hour)
		cfg := outbox.Config{Leadership: l, NextOpen: func(time.Time) time.Time { return open }}
		p := newPost(store, cfg, nil)
		p.mustStart(t)
		waits := notice("a", "a1")
		waits.Message.Daytime = true
		p.Push(p.commit(waits)...)
		time.Sleep(time.Minute)
		l.lose()
		p.Forget()
		other := newPost(store, outbox.Config{Owner: "other"}, nil)
		other.mustStart(t)
		other.mustSend(t, "a1")
		l.regain()
		p.Look()
		time.Sleep(2 * time.Hour)
		p.mustSend(t)
	})
}

// A try that is under way when the process is no longer active ends, and is no failure.
func TestOutboxEndsTriesWithItsTerm(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLeadership()
		p := newPost(newStore(), outbox.Config{Leadership: l}, func(ctx context.Context, _ string) error {
			<-ctx.Done()
			return ctx.Err()
		})
		p.mustStart(t)
		p.Push(p.commit(reply("a", "a1"))...)
		time.Sleep(time.Second)
		l.lose()
		synctest.Wait()
		time.Sleep(time.Second)
		if r := p.store.row(1); r.Attempts != 0 || r.state != bot.DeliveryPending || r.owner != "" {
			t.Errorf("%d attempts, %s of %q", r.Attempts, r.state, r.owner)
		}
	})
}
