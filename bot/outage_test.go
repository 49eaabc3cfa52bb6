package bot_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"izinbot/bot"
)

// away is a store that cannot be reached until it is back.
type away struct{ back atomic.Bool }

func (a *away) err() error {
	if a.back.Load() {
		return nil
	}
	return fmt.Errorf("%w: connection refused", bot.ErrUnavailable)
}

// chats collects chats that were told something.
type chats struct {
	mu   sync.Mutex
	list []bot.Address
}

func (c *chats) add(_ context.Context, chat bot.Address) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.list = append(c.list, chat)
}

func (c *chats) all() []bot.Address {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.list)
}

// newUnreadable gives an inbox that takes messages, but gives none until it is
// readable.
func newUnreadable() (inbox *fakeInbox, readable *atomic.Bool) {
	inbox, readable = newInbox(), &atomic.Bool{}
	inbox.read = func() error {
		if readable.Load() {
			return nil
		}
		return errBroken
	}
	return inbox, readable
}

func TestMessageWaitsForTheStoreAsLongAsItTakes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var store away
		var told chats
		cfg := bot.DispatcherConfig{
			Tries:   2,
			Failed:  func(context.Context, bot.Received, error) error { t.Error("given up"); return nil },
			Delayed: told.add,
		}
		o := newOffice(newInbox(), cfg, func(context.Context, bot.Received) error { return store.err() })
		o.mustStart(t)
		o.mustAccept(t, message("a", 1), message("a", 2))
		time.Sleep(700 * time.Millisecond)
		if len(told.all()) > 0 {
			t.Error("told of an outage that may be over in a second")
		}
		time.Sleep(time.Hour)
		if got := told.all(); len(got) == 0 || got[0] != "sim:a" {
			t.Errorf("told %v", got)
		}
		store.back.Store(true)
		time.Sleep(5 * time.Second) // the longest wait
		o.mustHandle(t, message("a", 1).ID, message("a", 2).ID)
	})
}

// A message that fails for want of the store, while the store serves others, is at
// fault itself and must not hold up its chat for ever.
func TestStoreThatOnlyOneMessageMissesIsNotAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inbox := newInbox()
		var store away
		cfg := bot.DispatcherConfig{Tries: 3, Failed: func(_ context.Context, r bot.Received, _ error) error { return inbox.handle(r) }}
		o := newOffice(inbox, cfg, func(_ context.Context, r bot.Received) error {
			if r.Chat == "sim:a" {
				return store.err()
			}
			return nil
		})
		o.mustStart(t)
		o.mustAccept(t, message("a", 1))
		for n := range 10 {
			o.mustAccept(t, message("b", n))
			time.Sleep(10 * time.Second)
		}
		if left := inbox.unhandled(); len(left) > 0 {
			t.Errorf("unhandled: %v", left)
		}
	})
}

// What was accepted is safe even if it cannot be read; what may not have been stored
// is not said to be.
func TestOnlyStoredMessagesAreSaidToBe(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inbox, readable := newUnreadable()
		var told chats
		cfg := bot.DispatcherConfig{Delayed: told.add, Leadership: citizen{&town{}, 0}}
		o := newOffice(inbox, cfg, nil)
		o.mustStart(t)
		o.mustAccept(t, message("a", 1))
		o.mustLose(t, message("b", 1))
		time.Sleep(time.Minute)
		if got := told.all(); !slices.Contains(got, "sim:a") || slices.Contains(got, "sim:b") {
			t.Errorf("told %v", got)
		}
		readable.Store(true)
		time.Sleep(10 * time.Second)
		o.mustHandle(t, message("a", 1).ID)
	})
}

// Where several processes share a store, the outage ends the term of the active one; who
// waits is told all the same.
func TestChatWhoseTermEndsInAnOutageIsExcused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		all := &town{}
		var told chats
		cfg := bot.DispatcherConfig{Delayed: told.add, Leadership: citizen{all, 0}}
		o := newOffice(newInbox(), cfg, func(context.Context, bot.Received) error {
			time.Sleep(10 * time.Second)
			return (&away{}).err()
		})
		o.mustStart(t)
		o.mustAccept(t, message("a", 1))
		time.Sleep(8 * time.Second)
		all.elect(1) // not closed: the context goes on
		time.Sleep(time.Minute)
		if got := told.all(); len(got) != 1 {
			t.Errorf("told %d times", len(got))
		}
	})
}

// A message that was stored and handled says nothing of the next one, which was not.
func TestHandledMessageDoesNotVouchForTheNext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inbox, readable := newUnreadable()
		var told chats
		o := newOffice(inbox, bot.DispatcherConfig{Delayed: told.add}, func(context.Context, bot.Received) error {
			time.Sleep(time.Second)
			return nil
		})
		o.mustStart(t)
		o.mustAccept(t, message("a", 1))
		o.mustLose(t, message("a", 2))
		time.Sleep(time.Minute)
		if got := told.all(); len(got) > 0 {
			t.Errorf("told %v that a message is stored which is not", got)
		}
		readable.Store(true)
		time.Sleep(time.Minute)
		o.mustHandle(t, message("a", 1).ID)
	})
}
