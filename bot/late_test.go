package bot_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"izinbot/bot"
)

// lateOffice is a dispatcher whose files cannot be had until come; who is told that he
// waits, and which files give way to later messages, is noted.
type lateOffice struct {
	*office
	come chan struct{}
	told journal
	gave journal
}

func newLateOffice(t *testing.T) *lateOffice {
	t.Helper()
	o := &lateOffice{come: make(chan struct{})}
	inbox := newInbox()
	cfg := bot.DispatcherConfig{
		Late: func(_ context.Context, r bot.Received) { o.told.add(r.ID) },
		Failed: func(_ context.Context, r bot.Received, cause error) error {
			if !errors.Is(cause, bot.ErrUnfetched) {
				t.Errorf("given up: %v", cause)
			}
			o.gave.add(r.ID)
			return inbox.handle(r)
		},
	}
	o.office = newOffice(inbox, cfg, func(_ context.Context, r bot.Received) error {
		if len(r.Files) == 0 {
			return nil
		}
		select {
		case <-o.come:
			return nil
		default:
			// The store's own directory may be away; that looks like a file that is gone.
			return fmt.Errorf("%w: %w: %w", bot.ErrUnfetched, bot.ErrUnkept, fs.ErrNotExist)
		}
	})
	o.mustStart(t)
	return o
}

func fileMessage(chat string, n int) bot.Inbound {
	m := message(chat, n)
	m.Files = []bot.InboundFile{{Ref: "x", Name: "akta.pdf"}}
	return m
}

// A sender whose file cannot be fetched is told once after ten seconds; the file is taken later.
func TestWhoWaitsForAFileIsTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newLateOffice(t)
		o.mustAccept(t, fileMessage("a", 1), message("b", 1))
		time.Sleep(9 * time.Second)
		if told := o.told.all(); len(told) > 0 {
			t.Errorf("told %v after 9 s", told)
		}
		time.Sleep(time.Hour)
		if told := o.told.all(); !slices.Equal(told, []string{"a/1"}) {
			t.Errorf("told %v", told)
		}
		close(o.come)
		o.mustHandle(t, "b/1", "a/1")
		if gave := o.gave.all(); len(gave) > 0 {
			t.Errorf("gave way to nothing: %v", gave)
		}
	})
}

// A file that cannot be had gives way to what needs none, not to other files; before
// ten seconds to nothing.
func TestFileGivesWayToWhatNeedsNone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newLateOffice(t)
		o.mustAccept(t, fileMessage("a", 1), fileMessage("a", 2), message("b", 1))
		time.Sleep(time.Minute)
		if gave := o.gave.all(); len(gave) > 0 {
			t.Errorf("%v gave way to a file", gave)
		}
		o.mustAccept(t, message("a", 3))
		time.Sleep(15 * time.Second)
		if got, gave := o.journal.all(), o.gave.all(); !slices.Contains(got, "a/3") || !slices.Equal(gave, []string{"a/1", "a/2"}) {
			t.Errorf("handled %v, gave way: %v", got, gave)
		}
		o.mustAccept(t, fileMessage("c", 1), message("c", 2))
		time.Sleep(8 * time.Second)
		if got := o.journal.all(); slices.Contains(got, "c/2") {
			t.Error("a file gave way before ten seconds")
		}
		time.Sleep(12 * time.Second)
		if got := o.journal.all(); !slices.Contains(got, "c/2") {
			t.Errorf("20 s later handled %v", got)
		}
	})
}

// A message that is merely handled slowly is told of too, and none that is handled.
func TestSlowMessageIsToldOf(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var told journal
		cfg := bot.DispatcherConfig{Late: func(_ context.Context, r bot.Received) { told.add(r.ID) }}
		o := newOffice(newInbox(), cfg, func(_ context.Context, r bot.Received) error {
			if r.Chat == "sim:slow" {
				time.Sleep(30 * time.Second)
			}
			return nil
		})
		o.mustStart(t)
		o.mustAccept(t, message("slow", 1), message("a", 1))
		time.Sleep(8 * time.Second)
		o.mustAccept(t, message("a", 2))
		time.Sleep(time.Minute)
		if got := told.all(); !slices.Equal(got, []string{"slow/1"}) {
			t.Errorf("told %v", got)
		}
	})
}

// A full disk is not the network's fault: the file is not given up for it.
func TestFetchingWaitsForTheFileStore(t *testing.T) {
	// The cause may look like a file that is gone: that of the store's own directory.
	next, channel := &handled{}, &keeper{failures: 500, err: fmt.Errorf("%w: %w", bot.ErrUnkept, fs.ErrNotExist)}
	f := bot.Fetching(next, channel)
	for range 500 {
		if err := f.Handle(t.Context(), withFiles(bot.InboundFile{Ref: "x"})); !errors.Is(err, bot.ErrUnfetched) {
			t.Fatalf("while it is full: %v", err)
		}
	}
	if err := f.Handle(t.Context(), withFiles(bot.InboundFile{Ref: "x"})); err != nil || next.got[0].Files[0].Key != "hash of x" {
		t.Errorf("%v, got %+v", err, next.got)
	}
}
