package bot_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"izinbot/bot"
)

// lives are the lives of a process that always dies at some messages. A death is told to
// the test by die; what the process has recorded by then is what the next one reads.
type lives struct {
	t     *testing.T
	inbox *fakeInbox
	path  string
	tried journal    // of all lives
	aside []string   // ids of the messages that were set aside
	mu    sync.Mutex // guards aside
}

func newLives(t *testing.T) *lives {
	t.Helper()
	return &lives{t: t, inbox: newInbox(), path: filepath.Join(t.TempDir(), "attempts")}
}

// live runs a dispatcher until nothing moves any more, then ends it as kill -9 does. try
// is what becomes of a message: a handler that does not return is one that dies, or is
// still at work at the death of the process.
func (l *lives) live(try func(ctx context.Context, r bot.Received) error, during func(d *bot.Dispatcher)) {
	l.t.Helper()
	attempts, err := bot.OpenAttempts(l.path, nil)
	if err != nil {
		l.t.Fatal(err)
	}
	dead := make(chan struct{})
	d := bot.NewDispatcher(l.inbox, handlerFunc(func(ctx context.Context, r bot.Received) error {
		l.tried.add(r.ID)
		if err := try(ctx, r); err != nil {
			if errors.Is(err, errDies) {
				<-dead
			}
			return err
		}
		return l.inbox.handle(r)
	}), bot.DispatcherConfig{Attempts: attempts, Timeout: time.Hour, Failed: func(_ context.Context, r bot.Received, cause error) error {
		if !errors.Is(cause, bot.ErrDeadly) {
			l.t.Errorf("%s failed for good: %v", r.ID, cause)
		}
		l.mu.Lock()
		defer l.mu.Unlock()
		l.aside = append(l.aside, r.ID)
		return l.inbox.handle(r)
	}})
	if err := d.Start(l.t.Context()); err != nil {
		l.t.Fatal(err)
	}
	if during != nil {
		during(d)
	}
	time.Sleep(time.Minute)
	recorded, err := os.ReadFile(l.path)
	if err != nil {
		l.t.Fatal(err)
	}
	close(dead)
	if err := d.Stop(context.Background()); err != nil {
		l.t.Error(err)
	}
	if err := attempts.Close(); err != nil {
		l.t.Error(err)
	}
	if err := os.WriteFile(l.path, recorded, 0o600); err != nil {
		l.t.Fatal(err)
	}
}

// errDies is the end of a try that does not return before the process is dead.
var errDies = errors.New("dies")

// dies makes a handler that does not survive some messages.
func dies(ids ...string) func(context.Context, bot.Received) error {
	return func(_ context.Context, r bot.Received) error {
		if slices.Contains(ids, r.ID) {
			return errDies
		}
		return nil
	}
}

func (l *lives) want(aside, unhandled []string) {
	l.t.Helper()
	if !slices.Equal(l.aside, aside) {
		l.t.Errorf("set aside: %v, want %v", l.aside, aside)
	}
	if left := l.inbox.unhandled(); !slices.Equal(left, unhandled) {
		l.t.Errorf("unhandled: %v, want %v", left, unhandled)
	}
}

func TestDeadlyMessageIsSetAside(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLives(t)
		l.inbox.store([]bot.Inbound{message("a", 1), message("a", 2), message("b", 1)})
		deadly := dies("a/1")
		l.live(deadly, nil)
		l.want(nil, []string{"a/1", "a/2"})
		l.live(deadly, nil)
		l.want(nil, []string{"a/1", "a/2"})
		l.live(deadly, nil)
		l.want([]string{"a/1"}, nil)
		if got := l.tried.all(); !slices.Equal(got, []string{"a/1", "b/1", "a/1", "a/2"}) && !slices.Equal(got, []string{"b/1", "a/1", "a/1", "a/2"}) {
			t.Errorf("tried %v", got)
		}
	})
}

// Those that were being handled beside a deadly message are suspects as well; they are
// told from it, and others go on meanwhile.
func TestInnocentMessagesAreToldFromADeadlyOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLives(t)
		var all []string
		for n := range 20 {
			l.inbox.store([]bot.Inbound{message(fmt.Sprint(n), 1)})
			all = append(all, message(fmt.Sprint(n), 1).ID)
		}
		l.live(dies(all...), nil) // all were being handled when it died
		deadly := dies("7/1")
		for range 2 {
			l.live(deadly, func(d *bot.Dispatcher) {
				time.Sleep(time.Second)
				m := message("new", len(l.tried.all()))
				if err := d.Accept(t.Context(), time.Now(), m); err != nil {
					t.Error(err)
				}
				time.Sleep(time.Second)
				if slices.Contains(l.inbox.unhandled(), m.ID) {
					t.Error("an ordinary message waits for the suspects")
				}
			})
		}
		l.live(deadly, nil)
		l.want([]string{"7/1"}, nil)
	})
}

// A message that was handled before the death, but not noted as returned, takes no blame from the
// message that was not.
func TestHandledMessageIsNoSuspect(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLives(t)
		deadly := dies("a/1")
		l.inbox.store([]bot.Inbound{message("a", 1), message("b", 1)})
		answered := func(ctx context.Context, r bot.Received) error {
			if r.Chat == "sim:b" {
				_ = l.inbox.handle(r)
				return errDies
			}
			return deadly(ctx, r)
		}
		l.live(answered, nil)
		l.live(deadly, nil)
		l.live(deadly, nil)
		l.want([]string{"a/1"}, nil)
	})
}

// A process that is killed for reasons of its own, over and over, sets nothing aside.
func TestKillsOfTheProcessBlameNoMessage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLives(t)
		for n := range 40 {
			chat := fmt.Sprint(n)
			l.inbox.store([]bot.Inbound{message(chat, 1), message(chat, 2), message(chat, 3)})
		}
		for len(l.inbox.unhandled()) > 0 {
			kill := time.Now().Add(200 * time.Millisecond)
			l.live(func(context.Context, bot.Received) error {
				time.Sleep(7 * time.Millisecond)
				if time.Now().After(kill) {
					return errDies
				}
				return nil
			}, nil)
		}
		l.want(nil, nil)
	})
}

// A message that fails in ordinary ways, or is cut short by a stop, is not counted.
func TestFailuresAreNoDeaths(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLives(t)
		l.inbox.store([]bot.Inbound{message("a", 1)})
		for range 4 {
			l.live(func(context.Context, bot.Received) error { return bot.ErrUnfetched }, nil)
		}
		l.want(nil, []string{"a/1"})
		l.live(dies(), nil)
		l.want(nil, nil)
	})
}

// A file that something else wrote to stops nothing.
func TestDamagedAttempts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLives(t)
		for _, content := range []string{"", "t", "\x00\x00\x00\n\n", "t 00000000000000000001 9", "x 1 2 3\nt -1 900\n"} {
			if err := os.WriteFile(l.path, []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
			m := message("a", len(l.tried.all()))
			l.inbox.store([]bot.Inbound{m})
			l.live(dies(), nil)
			l.want(nil, nil)
		}
	})
}

// TestOddAttempts opens a pipe, a directory and a file of 4 GB in the place of the file.
func TestOddAttempts(t *testing.T) {
	dir := t.TempDir()
	pipe := filepath.Join(dir, "pipe")
	if err := exec.Command("mkfifo", pipe).Run(); err != nil { //nolint:noctx // ends at once
		t.Skip(err)
	}
	for _, path := range []string{pipe, dir} {
		if a, err := bot.OpenAttempts(path, nil); err == nil {
			t.Errorf("%s is opened", path)
			_ = a.Close()
		}
	}
	large := filepath.Join(dir, "large")
	if err := errors.Join(os.WriteFile(large, nil, 0o600), os.Truncate(large, 1<<32)); err != nil {
		t.Skip(err)
	}
	a, err := bot.OpenAttempts(large, nil)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(large); err != nil || info.Size() > 1<<20 {
		t.Errorf("%v, %v", info, err)
	}
	_ = a.Close()
}
