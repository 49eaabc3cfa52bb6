package bot_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"izinbot/bot"
)

// town says which of several processes is the active one.
type town struct {
	mu     sync.Mutex
	active int
}

// citizen is one of the processes.
type citizen struct {
	*town
	me int
}

func (c citizen) Active() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.active == c.me
}

func (citizen) While(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithCancel(ctx)
}

// elect makes another process the active one.
func (t *town) elect(who int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.active = who
}

// fenced refuses the write of a process that was replaced, as a store does.
func (c citizen) fenced() error {
	if !c.Active() {
		return fmt.Errorf("%w: fenced", bot.ErrNotActive)
	}
	return nil
}

// mustWrite stores messages in the inbox, as another process does.
func (f *fakeInbox) mustWrite(t *testing.T, messages ...bot.Inbound) {
	t.Helper()
	if _, err := f.write(fine, messages); err != nil {
		t.Fatal(err)
	}
}

func TestMessagesThatAnotherProcessAcceptedAreFoundSoon(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inbox := newInbox()
		o := newOffice(inbox, bot.DispatcherConfig{Leadership: citizen{&town{}, 0}}, nil)
		o.mustStart(t)
		inbox.mustWrite(t, message("a", 1))
		o.mustAccept(t, message("a", 2)) // must not overtake the first
		inbox.mustWrite(t, message("b", 1))
		time.Sleep(4 * time.Second)
		o.mustHandle(t, message("a", 1).ID, message("a", 2).ID, message("b", 1).ID)
		inbox.mustWrite(t, message("c", 1)) // others accept messages now
		time.Sleep(300 * time.Millisecond)
		o.mustHandle(t, message("a", 1).ID, message("a", 2).ID, message("b", 1).ID, message("c", 1).ID)
	})
}

// A process that nobody else is beside looks at the inbox seldom, and a standby never.
func TestIdleProcessesLookSeldom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inbox, all := newInbox(), &town{}
		o := newOffice(inbox, bot.DispatcherConfig{Leadership: citizen{all, 0}}, nil)
		o.mustStart(t)
		time.Sleep(time.Minute)
		before := inbox.looks()
		time.Sleep(time.Minute)
		if n := inbox.looks() - before; n > 20 {
			t.Errorf("%d looks in an idle minute", n)
		}
		all.elect(1)
		before = inbox.looks()
		time.Sleep(time.Minute)
		if n := inbox.looks() - before; n > 0 {
			t.Errorf("%d looks of a standby", n)
		}
	})
}

func TestStandbyOnlyStores(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inbox, all := newInbox(), &town{active: 1}
		o := newOffice(inbox, bot.DispatcherConfig{Leadership: citizen{all, 0}}, nil)
		o.mustStart(t)
		o.mustAccept(t, message("a", 1))
		time.Sleep(time.Minute)
		if got := o.journal.all(); len(got) > 0 || len(inbox.unhandled()) != 1 {
			t.Errorf("handled %v, unhandled %v", got, inbox.unhandled())
		}
		all.elect(0)
		o.Look()
		synctest.Wait()
		o.mustHandle(t, message("a", 1).ID)
	})
}

// Work of a process that was replaced is no failure: nobody is told, nothing is counted.
func TestWorkOfAReplacedProcessIsDroppedQuietly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inbox, all := newInbox(), &town{}
		var tries atomic.Int64
		cfg := bot.DispatcherConfig{
			Leadership: citizen{all, 0}, Tries: 1,
			Failed:  func(context.Context, bot.Received, error) error { t.Error("told"); return nil },
			Delayed: func(context.Context, bot.Address) { t.Error("excused") },
		}
		o := newOffice(inbox, cfg, func(context.Context, bot.Received) error {
			if tries.Add(1) == 1 {
				return fmt.Errorf("%w: fenced", bot.ErrNotActive)
			}
			time.Sleep(2 * time.Second)
			return errBroken // by now it is replaced
		})
		o.mustStart(t)
		o.mustAccept(t, message("a", 1))
		time.Sleep(time.Second)
		all.elect(1)
		time.Sleep(time.Minute)
		if tries.Load() != 2 || len(inbox.unhandled()) != 1 {
			t.Errorf("%d tries, unhandled %v", tries.Load(), inbox.unhandled())
		}
	})
}

// Property: messages that any of several processes accepts are handled once each and in the
// order of their chat, whichever process is the active one, and whenever that changes.
func TestProcessesKeepTheOrderTogether(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		seed := rapid.Uint64().Draw(rt, "seed")
		steps := rapid.IntRange(1, 40).Draw(rt, "steps")
		var err error
		synctest.Test(t, func(t *testing.T) { err = moveAbout(t.Context(), rand.New(rand.NewPCG(seed, 0)), steps) })
		if err != nil {
			rt.Fatal(err)
		}
	})
}

func moveAbout(ctx context.Context, random *rand.Rand, steps int) error {
	inbox, all := newInbox(), &town{}
	inbox.readLag, inbox.acceptLag = 7*time.Millisecond, 5*time.Millisecond
	var offices []*office
	var errs []error
	for me := range 3 {
		c := citizen{all, me}
		o := newOffice(inbox, bot.DispatcherConfig{Queue: 2, Leadership: c}, func(context.Context, bot.Received) error {
			time.Sleep(20 * time.Millisecond)
			return c.fenced()
		})
		errs = append(errs, o.Start(ctx))
		offices = append(offices, o)
	}
	numbers := map[string]int{}
	for range steps {
		if random.IntN(4) == 0 {
			next := random.IntN(3)
			all.elect(next)
			offices[next].Look()
		} else {
			chat := string(rune('a' + random.IntN(3)))
			numbers[chat]++
			errs = append(errs, offices[random.IntN(3)].Accept(ctx, time.Now(), message(chat, numbers[chat])))
		}
		time.Sleep(time.Duration(random.IntN(60)) * time.Millisecond)
	}
	time.Sleep(10 * time.Second)
	for _, o := range offices {
		errs = append(errs, o.Stop(ctx))
	}
	if left := inbox.unhandled(); len(left) > 0 {
		errs = append(errs, fmt.Errorf("unhandled: %v", left))
	}
	return errors.Join(errs...)
}
