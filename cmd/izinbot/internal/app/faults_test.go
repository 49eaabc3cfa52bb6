package app

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/iotest"
	"time"

	"izinbot/bot"
	"izinbot/bot/bottest"
	"izinbot/cmd/izinbot/internal/storage"
	"izinbot/cmd/izinbot/internal/storage/storagetest"
	"izinbot/workflow"
	"izinbot/workflow/workflowtest"
)

// setClock is a clock that the test sets.
type setClock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *setClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *setClock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// faulty is a program on storage that can be made to fail, with its log.
type faulty struct {
	*Program
	t     *testing.T
	way   *workflowtest.FaultStore
	disk  *storagetest.Disk
	clock *setClock
	log   *bottest.Log
	wire  *wire
	said  int
}

func newFaulty(t *testing.T) *faulty {
	t.Helper()
	f := &faulty{
		t: t, disk: &storagetest.Disk{}, log: &bottest.Log{}, wire: &wire{},
		clock: &setClock{now: time.Date(2026, 11, 23, 10, 0, 0, 0, workflow.WIB())},
	}
	cfg := config(t.TempDir(), f.wire)
	cfg.Now, cfg.Log = f.clock.Now, slog.New(slog.NewTextHandler(f.log, nil))
	cfg.Data = func(ctx context.Context, place storage.Config) (*storage.Data, error) {
		data, err := f.disk.Open(ctx, place)
		if err != nil {
			return nil, err
		}
		t.Cleanup(func() { _ = data.Store.Close() })
		f.way = workflowtest.NewFaultStore(data.Store, false)
		data.Store = f.way
		return data, nil
	}
	f.Program = open(t, cfg)
	if err := f.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	f.hears(1) // the store works
	return f
}

// say has persons write; it gives how many messages were taken.
func (f *faulty) say(persons int) (taken int) {
	for range persons {
		f.said++
		in := bot.Inbound{ID: fmt.Sprintf("test:%d", f.said), Chat: bot.MakeAddress("test", fmt.Sprint(f.said)), Name: "CONTOH", Text: "bantuan"}
		if err := f.Accept(f.t.Context(), in); err == nil {
			taken++
		}
	}
	return taken
}

// hears has persons write, and waits until all that was taken is answered.
func (f *faulty) hears(persons int) {
	f.t.Helper()
	if n := f.say(persons); n != persons {
		f.t.Fatalf("%d of %d messages were taken", n, persons)
	}
	if err := f.Idle(f.t.Context()); err != nil {
		f.t.Fatal(err)
	}
}

// logged checks how many ERROR and WARN lines there are, and that the log holds something.
// pass lets time pass without a fault until the end of the episode is told.
func (f *faulty) pass() {
	f.t.Helper()
	for range 5 {
		f.clock.advance(calm)
		if err := f.Look(f.t.Context()); err != nil {
			f.t.Fatal(err)
		}
		if strings.Count(f.log.String(), "level=ERROR") > 1 {
			return
		}
	}
}

func (f *faulty) logged(errors, warnings int, holds string) {
	f.t.Helper()
	log := f.log.String()
	if e, w := strings.Count(log, "level=ERROR"), strings.Count(log, "level=WARN"); e != errors || w != warnings || !strings.Contains(log, holds) {
		f.t.Errorf("%d errors and %d warnings, want %d, %d and %q:\n%s", e, w, errors, warnings, holds, log)
	}
}

var errAway = fmt.Errorf("conversation: %w", workflow.Refuse(workflow.CodeUnavailable, "store"))

func TestLogOfAStoreThatFails(t *testing.T) {
	t.Parallel()
	for name, methods := range map[string][]string{
		"nothing works": nil,
		"no writes":     {"Accept", "Commit", "Settle", "Claim", "Reserve", "TakeLease", "Purge"},
		"no effects":    {"Commit"}, // messages are taken, as small writes are on a disk that is nearly full
		"no reads":      {"Conversation", "PersonAt", "OfficerOf"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFaulty(t)
			f.way.Break(methods...)
			for range 12 {
				f.say(5)
				// As a try does that fails now; the dispatcher's own takes its time.
				f.Log.WarnContext(t.Context(), "message waits for the store", slog.Any("error", errAway))
				f.clock.advance(50 * time.Second)
				_ = f.Look(t.Context())
			}
			f.way.Break() // so that what was taken is no success of this instant
			f.say(1)
			f.way.Mend()
			f.hears(1)
			f.logged(1, 0, "part=store")
			f.pass()
			f.logged(2, 0, "lasted=1") // 10 minutes, and one more for a call that failed before and tells so late
			f.hears(5)
			f.logged(2, 0, "storage works again")
		})
	}
}

// A disk that takes small files and no large ones is full all the while.
func TestLogOfAFullDisk(t *testing.T) {
	t.Parallel()
	f := newFaulty(t)
	put := func() error {
		_, _, err := f.Files.Put(t.Context(), strings.NewReader(fmt.Sprint("CONTOH ", f.clock.Now())))
		return err
	}
	for range 5 {
		f.disk.Fill(true)
		err := put()
		if err == nil || partOf(err) != partFiles || !strings.Contains(err.Error(), syscall.ENOSPC.Error()) {
			t.Fatalf("put on a full disk: %v", err)
		}
		f.Log.WarnContext(t.Context(), "message failed", slog.Any("error", fmt.Errorf("again: %w", err)))
		f.disk.Fill(false)
		f.clock.advance(30 * time.Second)
		if err := put(); err != nil {
			t.Fatal(err)
		}
		_ = f.Look(t.Context())
	}
	f.logged(1, 0, "part=files")
	f.clock.advance(calm)
	_ = f.Look(t.Context())
	f.logged(2, 0, "lasted=2m30s")
}

// A download that breaks, a stop, and a message given up because of a fault, are told as
// they are.
func TestWhatIsNoFaultOfTheStorage(t *testing.T) {
	t.Parallel()
	f := newFaulty(t)
	if _, _, err := f.Files.Put(t.Context(), iotest.ErrReader(io.ErrUnexpectedEOF)); err == nil || partOf(err) != "" {
		t.Errorf("a source that breaks: %v", err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	_ = f.Accept(ctx, bot.Inbound{ID: "test:stop", Chat: "test:stop", Text: "bantuan"})
	f.logged(0, 0, "")
	if full := fmt.Errorf("%w: %w", bot.ErrFull, workflow.Refuse(workflow.CodeUnavailable, "chat")); partOf(full) != "" {
		t.Errorf("a full chat is taken for a fault of the %s", partOf(full))
	}
	f.Log.ErrorContext(t.Context(), "message given up", slog.Any("reason", errAway))
	f.logged(1, 0, "message given up")
}
