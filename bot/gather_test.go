package bot_test

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"izinbot/bot"
)

// quiet is how long the handlers of these tests want a chat to be quiet.
const quiet = 2 * time.Second

// gatherer is a handler that takes messages as one: those that come before the chat was quiet,
// up to a button.
type gatherer struct {
	inbox  *fakeInbox
	groups []string
	tries  int
	fail   bool
}

func (g *gatherer) Handle(_ context.Context, r bot.Received) error {
	if g.inbox.isHandled(r) {
		return nil
	}
	g.tries++
	group, ids := []bot.Received{r}, []string{r.ID}
	for _, next := range r.Behind {
		if next.Choice != "" {
			break
		}
		group, ids = append(group, next), append(ids, next.ID)
	}
	if r.Choice == "" && !r.Settled && len(ids) > len(r.Behind) && len(ids) < 4 {
		return &bot.EarlyError{Quiet: quiet}
	}
	if g.fail {
		g.fail = false
		return errBroken
	}
	g.groups = append(g.groups, strings.Join(ids, "+"))
	return g.inbox.handle(group...)
}

func (f *fakeInbox) isHandled(r bot.Received) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.handled[r.Chat] >= r.Seq
}

// gathering starts a dispatcher over a gatherer.
func gathering(t *testing.T, inbox *fakeInbox, cfg bot.DispatcherConfig) (*gatherer, *bot.Dispatcher) {
	t.Helper()
	g := &gatherer{inbox: inbox}
	d := bot.NewDispatcher(inbox, g, cfg)
	if err := d.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	return g, d
}

// end waits until all is handled and stops the dispatcher.
func end(t *testing.T, d *bot.Dispatcher) {
	t.Helper()
	if err := d.Idle(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := d.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func wantGroups(t *testing.T, g *gatherer, want ...string) {
	t.Helper()
	if got := strings.Join(g.groups, " "); got != strings.Join(want, " ") {
		t.Errorf("taken %q, want %q", got, want)
	}
}

func accept(t *testing.T, d *bot.Dispatcher, messages ...bot.Inbound) {
	t.Helper()
	if err := d.Accept(t.Context(), time.Now(), messages...); err != nil {
		t.Fatal(err)
	}
}

func TestMessagesThatFollowSoonAreTakenAsOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var typed int
		g, d := gathering(t, newInbox(), bot.DispatcherConfig{Typing: func(context.Context, bot.Address) { typed++ }})
		begin := time.Now()
		for n := range 3 {
			accept(t, d, message("a", n+1))
			time.Sleep(quiet - time.Millisecond)
		}
		end(t, d)
		wantGroups(t, g, "a/1+a/2+a/3")
		if took := time.Since(begin); took != 2*(quiet-time.Millisecond)+quiet {
			t.Errorf("taken after %v", took)
		}
		if typed == 0 {
			t.Error("nobody saw that an answer is being prepared")
		}
	})
}

func TestQuietEndsAThought(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g, d := gathering(t, newInbox(), bot.DispatcherConfig{})
		for n := range 2 {
			accept(t, d, message("a", n+1))
			time.Sleep(quiet + time.Millisecond)
		}
		end(t, d)
		wantGroups(t, g, "a/1", "a/2")
	})
}

func TestAnotherKindOfMessageEndsTheWaitAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g, d := gathering(t, newInbox(), bot.DispatcherConfig{})
		begin := time.Now()
		button := message("a", 2)
		button.Choice = "x:yes"
		accept(t, d, message("a", 1))
		synctest.Wait()
		accept(t, d, button)
		end(t, d)
		wantGroups(t, g, "a/1", "a/2")
		if took := time.Since(begin); took != 0 {
			t.Errorf("taken after %v", took)
		}
	})
}

// TestWaitingIsNeverLate: whoever still writes is not told that the answer takes long.
func TestWaitingIsNeverLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		late := 0
		g, d := gathering(t, newInbox(), bot.DispatcherConfig{Wait: quiet / 2, Late: func(context.Context, bot.Received) { late++ }})
		accept(t, d, message("a", 1))
		end(t, d)
		wantGroups(t, g, "a/1")
		if late != 0 {
			t.Errorf("told %d times that it is late", late)
		}
	})
}

func TestAFailureInBetweenWaitsAnew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g, d := gathering(t, newInbox(), bot.DispatcherConfig{})
		g.fail = true
		accept(t, d, message("a", 1))
		time.Sleep(quiet + time.Millisecond)
		accept(t, d, message("a", 2))
		end(t, d)
		wantGroups(t, g, "a/1+a/2")
	})
}

// TestARestartInBetweenLosesNothing: what was not taken yet waits in the inbox.
func TestARestartInBetweenLosesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inbox := newInbox()
		_, d := gathering(t, inbox, bot.DispatcherConfig{})
		accept(t, d, message("a", 1), message("a", 2))
		synctest.Wait()
		if err := d.Stop(t.Context()); err != nil {
			t.Fatal(err)
		}
		g, d := gathering(t, inbox, bot.DispatcherConfig{})
		accept(t, d, message("a", 3))
		end(t, d)
		wantGroups(t, g, "a/1+a/2+a/3")
	})
}

// TestMessagesOfOtherProcessesBelongToAThoughtToo: where several share the inbox, memory
// holds none of them; with a queue of one, the same goes for one process.
func TestMessagesOfOtherProcessesBelongToAThoughtToo(t *testing.T) {
	for name, cfg := range map[string]bot.DispatcherConfig{
		"short queue": {Queue: 1}, "shared": {Leadership: always{}, Poll: 100 * time.Millisecond, QuietPoll: 100 * time.Millisecond},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				inbox := newInbox()
				g, d := gathering(t, inbox, cfg)
				accept(t, d, message("a", 1))
				time.Sleep(quiet / 2)
				if name == "shared" {
					if _, err := inbox.write(fine, []bot.Inbound{message("a", 2)}); err != nil {
						t.Fatal(err)
					}
				} else {
					accept(t, d, message("a", 2))
				}
				time.Sleep(quiet / 2)
				accept(t, d, message("a", 3))
				end(t, d)
				wantGroups(t, g, "a/1+a/2+a/3")
			})
		})
	}
}

// always is the leadership of the only process.
type always struct{}

func (always) Active() bool { return true }

func (always) While(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithCancel(ctx)
}
