package outbox_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"izinbot/notifications/outbox"
)

func TestOutboxStop(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := newStore()
		p := newPost(store, outbox.Config{Workers: 1}, func(context.Context, string) error {
			time.Sleep(time.Second)
			return nil
		})
		p.mustStart(t)
		p.Push(p.commit(reply("a", "a1"), reply("a", "a2"))...)
		p.Push(p.commit(reply("b", "b1"))...)
		synctest.Wait()
		if err := p.Stop(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := p.channel.all(); !slices.Equal(got, []string{"a1"}) {
			t.Errorf("sent %v, want the try that ran to finish", got)
		}
		p.Push(p.commit(reply("c", "c1"))...) // is not sent here any more
		if err := p.Stop(t.Context()); err != nil {
			t.Errorf("second Stop: %v", err)
		}
		if err := p.Start(t.Context()); err == nil {
			t.Error("a stopped outbox started")
		}

		next := newPost(store, outbox.Config{Owner: "next", Workers: 1}, nil)
		next.mustStart(t) // what was given back, and what was not, can be had at once
		next.mustSend(t, "a2", "b1", "c1")
	})
}

func TestOutboxStopCancelsAtItsDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPost(newStore(), outbox.Config{}, func(ctx context.Context, _ string) error {
			<-ctx.Done()
			return ctx.Err()
		})
		p.mustStart(t)
		p.Push(p.commit(reply("a", "a1"))...)
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := p.Stop(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Stop: %v, want %v", err, context.DeadlineExceeded)
		}
		if r := p.store.row(1); r.reason != "stopped" || r.Attempts != 0 || r.leased(time.Now()) {
			t.Errorf("reason %s, %d attempts, leased until %v; want it given back", r.reason, r.Attempts, r.Leased)
		}
	})
}

func TestOutboxStartNeedsAWorkingStore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPost(newStore(), outbox.Config{}, nil)
		p.commit(reply("a", "a1"))
		p.store.fail(errBroken)
		if err := p.Start(t.Context()); !errors.Is(err, errBroken) {
			t.Fatalf("Start: %v, want %v", err, errBroken)
		}
		p.store.fail(nil)
		p.mustStart(t)
		p.store.fail(errBroken)
		time.Sleep(5 * time.Minute) // the lease is over, but no scan succeeds
		p.store.fail(nil)
		time.Sleep(3 * time.Second)
		p.mustSend(t, "a1")
	})
}

func TestOutboxConfigIsChecked(t *testing.T) {
	ok := outbox.Config{Owner: "me", Clock: time.Now}
	short := ok
	short.Lease = time.Minute
	for name, cfg := range map[string]outbox.Config{
		"no owner":    {Clock: time.Now},
		"no clock":    {Owner: "me"},
		"short lease": short,
	} {
		if err := outbox.New(newStore(), nil, cfg).Start(t.Context()); err == nil {
			t.Errorf("%s: started", name)
		}
	}
}

// TestOutboxRecordsBeforeItSendsOn kills a process whose store takes no outcomes: of each
// chat's answers only the one comes again that was sent last.
func TestOutboxRecordsBeforeItSendsOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPost(newStore(), outbox.Config{}, nil)
		p.mustStart(t)
		answers := append(p.commit(reply("a", "a1"), reply("a", "a2"), reply("a", "a3")), p.commit(reply("b", "b1"))...)
		p.store.fail(errBroken)
		p.Push(answers...)
		time.Sleep(time.Minute)
		if got := slices.Sorted(slices.Values(p.channel.all())); !slices.Equal(got, []string{"a1", "b1"}) {
			t.Errorf("sent %v while no outcome is recorded, want one a chat", got)
		}
		p.store.fail(nil)
		if err := p.Idle(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := slices.Sorted(slices.Values(p.channel.all())); !slices.Equal(got, []string{"a1", "a2", "a3", "b1"}) {
			t.Errorf("sent %v", got)
		}
		p.mustBeDone(t)
	})
}
