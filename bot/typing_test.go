package bot_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"izinbot/bot"
)

func TestTyping(t *testing.T) {
	for took, want := range map[time.Duration]int{
		200 * time.Millisecond: 0, 400 * time.Millisecond: 1, 9 * time.Second: 3,
	} {
		synctest.Test(t, func(t *testing.T) {
			inbox, shown := newInbox(), 0
			d := bot.NewDispatcher(inbox, handlerFunc(func(_ context.Context, r bot.Received) error {
				time.Sleep(took)
				inbox.mu.Lock()
				defer inbox.mu.Unlock()
				inbox.handled[r.Chat] = r.Seq
				return nil
			}), bot.DispatcherConfig{Typing: func(_ context.Context, to bot.Address) {
				if shown++; to != "net:a" {
					t.Errorf("shown in %s", to)
				}
				panic("a channel's fault")
			}})
			if err := d.Start(t.Context()); err != nil {
				t.Fatal(err)
			}
			if err := d.Accept(t.Context(), time.Now(), bot.Inbound{ID: "net:1", Chat: "net:a", Text: "halo"}); err != nil {
				t.Fatal(err)
			}
			if err := d.Idle(t.Context()); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Minute)
			if shown != want {
				t.Errorf("an answer that takes %v: shown %d times, want %d", took, shown, want)
			}
			if err := d.Stop(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
}
