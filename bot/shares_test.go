package bot_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"izinbot/bot"
)

// town says which of several processes serves a chat.
type town struct {
	mu      sync.Mutex
	owner   map[bot.Address]int
	leaving map[bot.Address]bool
}

func newTown() *town {
	return &town{owner: map[bot.Address]int{}, leaving: map[bot.Address]bool{}}
}

// citizen is one of the processes.
type citizen struct {
	*town
	me int
}

func (c citizen) Ours(chat bot.Address) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.owner[chat] == c.me && !c.leaving[chat]
}

func (citizen) Within(ctx context.Context, _ bot.Address) (context.Context, context.CancelFunc) {
	return context.WithCancel(ctx)
}

// notice has the owner of a chat begin nothing more in it.
func (t *town) notice(chat bot.Address) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.leaving[chat] = true
}

// move gives a chat to another process.
func (t *town) move(chat bot.Address, to int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.owner[chat], t.leaving[chat] = to, false
}

// fenced refuses the write of a process that has lost the chat, as a store does.
func (t *town) fenced(chat bot.Address, me int) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.owner[chat] != me {
		return fmt.Errorf("%w: fenced", bot.ErrNotOurs)
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
		inbox, all := newInbox(), newTown()
		o := newOffice(inbox, bot.DispatcherConfig{Shares: citizen{all, 0}}, nil)
		o.mustStart(t)
		inbox.mustWrite(t, message("a", 1))
		o.mustAccept(t, message("a", 2)) // must not overtake the first
		inbox.mustWrite(t, message("b", 1))
		time.Sleep(300 * time.Millisecond)
		o.mustHandle(t, message("a", 1).ID, message("a", 2).ID, message("b", 1).ID)
	})
}

func TestChatsOfOthersAreOnlyStored(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inbox, all := newInbox(), newTown()
		all.move("sim:a", 1)
		o := newOffice(inbox, bot.DispatcherConfig{Shares: citizen{all, 0}}, nil)
		o.mustStart(t)
		o.mustAccept(t, message("a", 1))
		time.Sleep(time.Minute)
		if got := o.journal.all(); len(got) > 0 || len(inbox.unhandled()) != 1 {
			t.Errorf("handled %v, unhandled %v", got, inbox.unhandled())
		}
		all.move("sim:a", 0)
		o.Look()
		synctest.Wait()
		o.mustHandle(t, message("a", 1).ID)
	})
}

// A chat that is handed over lets the message that is being handled finish, and
// begins no other.
func TestYieldWaitsForWhatHasBegun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		all := newTown()
		o := newOffice(newInbox(), bot.DispatcherConfig{Shares: citizen{all, 0}}, func(context.Context, bot.Received) error {
			time.Sleep(3 * time.Second)
			return nil
		})
		o.mustStart(t)
		o.mustAccept(t, message("a", 1), message("a", 2))
		time.Sleep(time.Second)
		all.notice("sim:a")
		began := time.Now()
		if err := o.Yield(t.Context()); err != nil || time.Since(began) < 2*time.Second {
			t.Errorf("%v after %v", err, time.Since(began))
		}
		time.Sleep(time.Minute)
		if got := o.journal.all(); !slices.Equal(got, []string{message("a", 1).ID}) {
			t.Errorf("handled %v", got)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		all.move("sim:a", 0)
		o.Look()
		time.Sleep(time.Second)
		all.notice("sim:a")
		if err := o.Yield(ctx); err == nil {
			t.Error("no error though work goes on")
		}
		all.move("sim:a", 0)
	})
}

// Work in a chat that was lost is no failure: nobody is told, nothing is counted.
func TestLostChatIsDroppedQuietly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inbox, all := newInbox(), newTown()
		var tries atomic.Int64
		cfg := bot.DispatcherConfig{
			Shares: citizen{all, 0}, Tries: 1,
			Failed:  func(context.Context, bot.Received, error) error { t.Error("told"); return nil },
			Delayed: func(context.Context, bot.Address) { t.Error("excused") },
		}
		o := newOffice(inbox, cfg, func(context.Context, bot.Received) error {
			if tries.Add(1) == 1 {
				return fmt.Errorf("%w: fenced", bot.ErrNotOurs)
			}
			time.Sleep(2 * time.Second)
			return errBroken // by now the chat is lost
		})
		o.mustStart(t)
		o.mustAccept(t, message("a", 1))
		time.Sleep(time.Second)
		all.move("sim:a", 1)
		time.Sleep(time.Minute)
		if tries.Load() != 2 || len(inbox.unhandled()) != 1 {
			t.Errorf("%d tries, unhandled %v", tries.Load(), inbox.unhandled())
		}
	})
}

// Property: messages that any of several processes accepts are handled once each and
// in the order of their chat, while chats move among them, announced or not.
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
	inbox, all := newInbox(), newTown()
	inbox.readLag, inbox.acceptLag = 7*time.Millisecond, 5*time.Millisecond
	var offices []*office
	var errs []error
	for me := range 3 {
		o := newOffice(inbox, bot.DispatcherConfig{Queue: 2, Shares: citizen{all, me}}, func(_ context.Context, r bot.Received) error {
			time.Sleep(20 * time.Millisecond)
			return all.fenced(r.Chat, me)
		})
		errs = append(errs, o.Start(ctx))
		offices = append(offices, o)
	}
	numbers := map[string]int{}
	for range steps {
		chat := string(rune('a' + random.IntN(3)))
		switch address := message(chat, 0).Chat; random.IntN(4) {
		case 0:
			all.notice(address)
			errs = append(errs, offices[all.owner[address]].Yield(ctx))
			all.move(address, random.IntN(3))
		case 1:
			all.move(address, random.IntN(3)) // without a word
		default:
			numbers[chat]++
			errs = append(errs, offices[random.IntN(3)].Accept(ctx, time.Now(), message(chat, numbers[chat])))
		}
		time.Sleep(time.Duration(random.IntN(60)) * time.Millisecond)
	}
	time.Sleep(5 * time.Second)
	for _, o := range offices {
		errs = append(errs, o.Stop(ctx))
	}
	if left := inbox.unhandled(); len(left) > 0 {
		errs = append(errs, fmt.Errorf("unhandled: %v", left))
	}
	return errors.Join(errs...)
}
