package bot_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"testing"
	"testing/synctest"
	"time"

	"izinbot/bot"
)

// keeper is a channel whose files come after some failures; below zero: never.
type keeper struct {
	failures int
	asked    int
	err      error // of the failures; nil: errBroken
}

func (*keeper) Name() string { return "net" }

func (*keeper) Send(context.Context, string, bot.Address, bot.Message) error { return nil }

func (k *keeper) Fetch(_ context.Context, f bot.InboundFile) (bot.InboundFile, error) {
	k.asked++
	if k.failures != 0 {
		k.failures--
		return f, cmp.Or(k.err, errBroken)
	}
	f.Key, f.Ref, f.Size = "hash of "+f.Ref, "", 3
	return f, nil
}

// handled notes what comes through.
type handled struct{ got []bot.Received }

func (h *handled) Handle(_ context.Context, r bot.Received) error {
	h.got = append(h.got, r)
	return nil
}

func withFiles(files ...bot.InboundFile) bot.Received {
	return bot.Received{Seq: 7, Inbound: bot.Inbound{ID: "net:7", Chat: "net:a", Files: files}}
}

func TestFetching(t *testing.T) {
	next, channel := &handled{}, &keeper{failures: 1}
	f := bot.Fetching(next, channel)
	r := withFiles(bot.InboundFile{Ref: "x"}, bot.InboundFile{Key: "here", Ref: "y"}, bot.InboundFile{Ref: "z", Problem: bot.FileTooLarge})
	if err := f.Handle(t.Context(), r); !errors.Is(err, bot.ErrUnfetched) || len(next.got) != 0 {
		t.Fatalf("the first try: %v, handled %v", err, next.got)
	}
	if err := f.Handle(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	files := next.got[0].Files
	if channel.asked != 2 || files[0].Key != "hash of x" || files[1].Key != "here" || files[2].Key != "" {
		t.Errorf("asked %d times, got %+v", channel.asked, files)
	}
	if !files[0].Fetched || files[1].Fetched || files[2].Fetched {
		t.Errorf("said to be fetched: %+v", files)
	}
	if r.Files[0].Key != "" {
		t.Error("the message that waits was changed")
	}
}

func TestFetchingFromNobody(t *testing.T) {
	next := &handled{}
	if err := bot.Fetching(next).Handle(t.Context(), withFiles(bot.InboundFile{Ref: "x"})); err != nil || next.got[0].Files[0].Problem != bot.FileGone {
		t.Errorf("%v, got %+v", err, next.got)
	}
}

// TestFetchingWaitsForItsNetwork: a file is not given up because its network is away.
func TestFetchingWaitsForItsNetwork(t *testing.T) {
	next, channel := &handled{}, &keeper{failures: 500, err: fmt.Errorf("fetch: %w", bot.ErrOffline)}
	f := bot.Fetching(next, channel)
	for range 500 {
		if err := f.Handle(t.Context(), withFiles(bot.InboundFile{Ref: "x"})); !errors.Is(err, bot.ErrUnfetched) {
			t.Fatalf("while it is away: %v", err)
		}
	}
	if err := f.Handle(t.Context(), withFiles(bot.InboundFile{Ref: "x"})); err != nil || next.got[0].Files[0].Key != "hash of x" {
		t.Errorf("%v, got %+v", err, next.got)
	}
}

// TestFetchingIsGivenUpAtLast runs the dispatcher: a file that never comes holds
// its chat for minutes, not for ever, and no longer than other chats' messages.
func TestFetchingIsGivenUpAtLast(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inbox, next := newInbox(), &handled{}
		inner := handlerFunc(func(ctx context.Context, r bot.Received) error {
			inbox.mu.Lock()
			inbox.handled[r.Chat] = r.Seq
			inbox.mu.Unlock()
			return next.Handle(ctx, r)
		})
		gaveUp := false
		d := bot.NewDispatcher(inbox, bot.Fetching(inner, &keeper{failures: -1}), bot.DispatcherConfig{
			Workers: 1,
			Failed:  func(context.Context, bot.Received, error) error { gaveUp = true; return fs.ErrInvalid },
		})
		if err := d.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		in := bot.Inbound{ID: "net:1", Chat: "net:a", Files: []bot.InboundFile{{Ref: "x"}}}
		if err := d.Accept(t.Context(), time.Now(), in, bot.Inbound{ID: "net:2", Chat: "net:b", Text: "halo"}); err != nil {
			t.Fatal(err)
		}
		if err := d.Idle(t.Context()); err != nil {
			t.Fatal(err)
		}
		took := time.Since(began)
		if len(next.got) != 2 || next.got[0].Chat != "net:b" || next.got[1].Files[0].Problem != bot.FileGone {
			t.Errorf("handled %+v", next.got)
		}
		if gaveUp || took < 5*time.Minute || took > 20*time.Minute {
			t.Errorf("given up as a failure: %v; after %v", gaveUp, took)
		}
		if err := d.Stop(t.Context()); err != nil {
			t.Error(err)
		}
	})
}
