package bot_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"izinbot/bot"
)

// office is a dispatcher on a fake inbox whose handler writes a journal.
type office struct {
	*bot.Dispatcher
	inbox   *fakeInbox
	journal journal
}

// newOffice gives one that is not started. before runs in front of every write of
// the handler; an error of it means that nothing is written.
func newOffice(inbox *fakeInbox, cfg bot.DispatcherConfig, before func(ctx context.Context, r bot.Received) error) *office {
	o := &office{inbox: inbox}
	o.Dispatcher = bot.NewDispatcher(inbox, handlerFunc(func(ctx context.Context, r bot.Received) error {
		if before != nil {
			if err := before(ctx, r); err != nil {
				return err
			}
		}
		o.journal.add(r.ID)
		return inbox.handle(r)
	}), cfg)
	return o
}

func (o *office) mustStart(t *testing.T) {
	t.Helper()
	if err := o.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := o.Stop(context.Background()); err != nil {
			t.Error(err)
		}
	})
}

func (o *office) mustAccept(t *testing.T, messages ...bot.Inbound) {
	t.Helper()
	if err := o.Accept(t.Context(), time.Now(), messages...); err != nil {
		t.Fatal(err)
	}
}

// mustLose brings a message that the store loses.
func (o *office) mustLose(t *testing.T, m bot.Inbound) {
	t.Helper()
	ctx := context.WithValue(t.Context(), acceptEnds{}, lost)
	if err := o.Accept(ctx, time.Now(), m); err == nil {
		t.Fatal("no error")
	}
}

// mustHandle waits for the end and compares what was handled.
func (o *office) mustHandle(t *testing.T, want ...string) {
	t.Helper()
	if err := o.Idle(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := o.journal.all(); !slices.Equal(got, want) {
		t.Errorf("handled %v, want %v", got, want)
	}
	if left := o.inbox.unhandled(); len(left) > 0 {
		t.Errorf("unhandled: %v", left)
	}
}

func TestDispatcherHandlesInOrderAndDropsRepeats(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(newInbox(), bot.DispatcherConfig{}, nil)
		o.mustStart(t)
		o.mustAccept(t, message("a", 1), message("a", 2), message("a", 1))
		o.mustAccept(t, message("a", 2), message("a", 3))
		o.mustHandle(t, "a/1", "a/2", "a/3")
		o.mustAccept(t, message("a", 3))
		o.mustHandle(t, "a/1", "a/2", "a/3")
	})
}

func TestDispatcherReplaysWhatWasLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inbox := newInbox()
		inbox.store([]bot.Inbound{message("a", 1), message("a", 2), message("a", 3), message("a", 4)})
		o := newOffice(inbox, bot.DispatcherConfig{Queue: 2}, nil)
		o.mustAccept(t, message("a", 5)) // before the start: stored only
		synctest.Wait()
		if got := o.journal.all(); len(got) > 0 {
			t.Errorf("handled %v before the start", got)
		}
		o.mustStart(t)
		o.mustAccept(t, message("a", 6))
		o.mustHandle(t, "a/1", "a/2", "a/3", "a/4", "a/5", "a/6")
	})
}

func TestDispatcherChatsDoNotHoldUpEachOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(newInbox(), bot.DispatcherConfig{}, func(_ context.Context, r bot.Received) error {
			if r.Chat.Chat() == "slow" {
				time.Sleep(time.Minute - 1)
			}
			return nil
		})
		o.mustStart(t)
		o.mustAccept(t, message("slow", 1), message("slow", 2), message("a", 1), message("b", 1))
		synctest.Wait()
		got := o.journal.all()
		slices.Sort(got)
		if want := []string{"a/1", "b/1"}; !slices.Equal(got, want) {
			t.Errorf("handled beside the slow chat: %v, want %v", got, want)
		}
		if err := o.Idle(t.Context()); err != nil {
			t.Fatal(err)
		}
	})
}

func TestDispatcherRetriesInPlaceWithBackoff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begin := time.Now()
		var tries []time.Duration
		o := newOffice(newInbox(), bot.DispatcherConfig{Tries: 10, Backoff: time.Second, Slow: 3 * time.Second}, func(_ context.Context, r bot.Received) error {
			if r.ID != "a/1" {
				return nil
			}
			tries = append(tries, time.Since(begin)/time.Second)
			if len(tries) < 5 {
				return errBroken
			}
			return nil
		})
		o.mustStart(t)
		o.mustAccept(t, message("a", 1), message("a", 2))
		time.Sleep(500 * time.Millisecond)
		o.mustAccept(t, message("a", 3)) // must not cut the wait short
		o.mustHandle(t, "a/1", "a/2", "a/3")
		if want := []time.Duration{0, 1, 3, 6, 9}; !slices.Equal(tries, want) {
			t.Errorf("tries at second %d, want %d", tries, want)
		}
	})
}

func TestDispatcherPanicHarmsNobodyAndTellsNothing(t *testing.T) {
	for name, value := range map[string]any{
		"text":    "rahasia CONTOH",
		"error":   errors.New("rahasia CONTOH"),
		"runtime": nil,
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var log bytes.Buffer
				panicked := false
				o := newOffice(newInbox(), bot.DispatcherConfig{Log: slog.New(slog.NewTextHandler(&log, nil))}, func(_ context.Context, r bot.Received) error {
					if r.ID == "a/1" && !panicked {
						panicked = true
						if value == nil {
							_ = []string{}[len(r.ID)]
						}
						panic(value)
					}
					return nil
				})
				o.mustStart(t)
				o.mustAccept(t, message("a", 1), message("b", 1), message("a", 2))
				o.mustHandle(t, "b/1", "a/1", "a/2")
				if s := log.String(); strings.Contains(s, "rahasia") || strings.Contains(s, "a/1") || !strings.Contains(s, "handler panicked") || !strings.Contains(s, "seq=1") {
					t.Errorf("log:\n%s", s)
				}
			})
		})
	}
}

func TestDispatcherGivesUpOnlyThroughTheHook(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inbox := newInbox()
		var answered []string
		hooks := 0
		cfg := bot.DispatcherConfig{Tries: 3, Backoff: time.Second, Slow: time.Minute}
		cfg.Failed = func(_ context.Context, r bot.Received, cause error) error {
			if !errors.Is(cause, errBroken) {
				t.Errorf("cause %v, want %v", cause, errBroken)
			}
			switch hooks++; hooks {
			case 1:
				return errors.New("no store")
			case 2:
				panic("no store")
			}
			answered = append(answered, r.ID)
			return inbox.handle(r)
		}
		tries := 0
		o := newOffice(inbox, cfg, func(_ context.Context, r bot.Received) error {
			if r.ID == "a/1" {
				tries++
				return errBroken
			}
			return nil
		})
		o.mustStart(t)
		o.mustAccept(t, message("a", 1), message("a", 2))
		o.mustHandle(t, "a/2")
		if tries != 5 || hooks != 3 || !slices.Equal(answered, []string{"a/1"}) {
			t.Errorf("%d tries, %d calls of the hook, answered %v; want 5, 3, [a/1]", tries, hooks, answered)
		}
	})
}

func TestDispatcherWithoutHookTriesForEver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tries := 0
		o := newOffice(newInbox(), bot.DispatcherConfig{Tries: 2, Slow: time.Minute}, func(context.Context, bot.Received) error {
			if tries++; tries < 50 {
				return errBroken
			}
			return nil
		})
		o.mustStart(t)
		o.mustAccept(t, message("a", 1))
		o.mustHandle(t, "a/1")
	})
}

func TestDispatcherTimeoutAndPatience(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		first := true
		cfg := bot.DispatcherConfig{Timeout: 10 * time.Second, Patience: 2 * time.Second, Log: slog.New(slog.NewTextHandler(&log, nil))}
		o := newOffice(newInbox(), cfg, func(ctx context.Context, _ bot.Received) error {
			if first {
				first = false
				<-ctx.Done()
			}
			return ctx.Err()
		})
		o.mustStart(t)
		o.mustAccept(t, message("a", 1))
		o.mustHandle(t, "a/1")
		if n := strings.Count(log.String(), "message takes long"); n != 1 {
			t.Errorf("%d complaints, want 1:\n%s", n, log.String())
		}
	})
}

func TestDispatcherStop(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inbox := newInbox()
		var running atomic.Int32
		o := newOffice(inbox, bot.DispatcherConfig{Workers: 2}, func(context.Context, bot.Received) error {
			running.Add(1)
			defer running.Add(-1)
			time.Sleep(time.Second)
			return nil
		})
		o.mustStart(t)
		o.mustAccept(t, message("a", 1), message("a", 2), message("b", 1), message("c", 1))
		synctest.Wait()
		if err := o.Stop(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := running.Load(); n != 0 {
			t.Errorf("%d handlers run after Stop", n)
		}
		o.mustAccept(t, message("d", 1)) // is stored for the next start
		if left, want := inbox.unhandled(), []string{"a/2", "c/1", "d/1"}; !slices.Equal(left, want) {
			t.Errorf("left in the inbox: %v, want %v", left, want)
		}
		if err := o.Start(t.Context()); err == nil {
			t.Error("a stopped dispatcher started")
		}

		next := newOffice(inbox, bot.DispatcherConfig{Workers: 1}, nil)
		next.mustStart(t)
		next.mustHandle(t, "a/2", "c/1", "d/1")
	})
}

func TestDispatcherStopCancelsAtItsDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hook := func(context.Context, bot.Received, error) error { t.Error("the hook was called"); return nil }
		o := newOffice(newInbox(), bot.DispatcherConfig{Tries: 1, Failed: hook}, func(ctx context.Context, _ bot.Received) error {
			<-ctx.Done()
			return ctx.Err()
		})
		o.mustStart(t)
		o.mustAccept(t, message("a", 1))
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := o.Stop(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Stop: %v, want %v", err, context.DeadlineExceeded)
		}
		if left := o.inbox.unhandled(); !slices.Equal(left, []string{"a/1"}) {
			t.Errorf("left in the inbox: %v, want [a/1]", left)
		}
	})
}
