package app

import (
	"testing"
	"time"

	"izinbot/bot"
)

// TestMessagesAreKeptForAWhile: what was handled and sent is removed once it is old
// enough, at night, once a day; a repeat that comes before is still known as one.
func TestMessagesAreKeptForAWhile(t *testing.T) {
	t.Parallel()
	w := &wire{}
	cfg := config(t.TempDir(), w)
	now := cfg.Now()
	cfg.Now, cfg.Keep = func() time.Time { return now }, 40*24*time.Hour
	p := open(t, cfg)
	if err := p.dispatcher.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := p.outbox.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	say := func(id string) {
		t.Helper()
		if err := p.Accept(t.Context(), bot.Inbound{ID: id, Chat: "test:ani", Text: "mulai"}); err != nil {
			t.Fatal(err)
		}
		if err := p.Idle(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	say("test:1")
	first := now
	now = first.Add(39 * 24 * time.Hour)
	look(t, p)
	say("test:1")
	say("test:2")
	if n := w.count("Selamat datang"); n != 2 {
		t.Fatalf("a repeat was handled, or a message was not: %d answers", n)
	}
	now = first.Add(40*24*time.Hour - 8*time.Hour) // two in the morning
	look(t, p)
	now = first.Add(41 * 24 * time.Hour)
	if n, err := p.Store.Purge(t.Context(), first); err != nil || n != 0 {
		t.Fatalf("%d, %v", n, err)
	}
	look(t, p)
	if n, err := p.Store.Purge(t.Context(), first.Add(time.Hour)); err != nil || n != 0 {
		t.Errorf("%d old messages were left, %v", n, err)
	}
	say("test:2")
	if n := w.count("Selamat datang"); n != 2 {
		t.Errorf("a young message was removed: %d answers", n)
	}
	// What becomes old during the day waits for the next night.
	now = now.Add(time.Hour)
	say("test:3")
	before := now.Add(time.Minute)
	now = now.Add(41 * 24 * time.Hour)
	p.purger.day = now.Format(time.DateOnly)
	look(t, p)
	if n, err := p.Store.Purge(t.Context(), before); err != nil || n == 0 {
		t.Errorf("%d messages were left for the night, %v", n, err)
	}
}
