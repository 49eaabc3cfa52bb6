package simulator_test

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"testing"
	"testing/synctest"

	"izinbot/bot"
	"izinbot/bot/bottest"
	"izinbot/bot/simulator"
)

func TestEventsFollowTheNetwork(t *testing.T) {
	b := open(t)
	b.send(t, "d1", "budi", "halo")
	must(t, b.write(t.Context(), "budi", "hai"))
	must(t, b.Read("budi", 1000))
	must(t, b.Typing(t.Context(), "sim:budi"))
	var kinds []simulator.Kind
	for cursor := int64(0); len(kinds) < 5; {
		events, err := b.Events(t.Context(), cursor)
		must(t, err)
		for _, e := range events {
			if e.N <= cursor {
				t.Fatalf("cursor went from %d to %d", cursor, e.N)
			}
			cursor = e.N
			kinds = append(kinds, e.Kind)
		}
	}
	if got := fmt.Sprint(kinds); got != "[message message sent read typing]" {
		t.Errorf("got %s", got)
	}
}

func TestEventsWaitUntilThereIsSomething(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := open(t)
		got := make(chan string)
		go func() {
			events, err := b.Events(t.Context(), b.State(0).Cursor)
			if err != nil {
				got <- err.Error()
				return
			}
			got <- events[0].Message.Text
		}()
		synctest.Wait()
		select {
		case text := <-got:
			t.Fatalf("did not wait: %s", text)
		default:
		}
		b.send(t, "d1", "budi", "halo")
		if text := <-got; text != "halo" {
			t.Errorf("got %s", text)
		}
	})
}

func TestWaitEndsWithContextAndNetwork(t *testing.T) {
	b := open(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := b.Events(ctx, 0); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want canceled", err)
	}
	ended := make(chan error, 1)
	go func() {
		_, err := b.Events(t.Context(), 0)
		ended <- err
	}()
	must(t, b.Close())
	if err := <-ended; !errors.Is(err, simulator.ErrClosed) {
		t.Errorf("got %v, want closed", err)
	}
}

func TestCursorOutOfRange(t *testing.T) {
	b := open(t)
	b.send(t, "d1", "budi", "halo")
	if _, err := b.Events(t.Context(), 1_000_000); !errors.Is(err, simulator.ErrGap) {
		t.Errorf("cursor of another network: %v, want a gap", err)
	}
	for i := range 45_000 {
		b.send(t, fmt.Sprint("x", i), "budi", "x")
	}
	if _, err := b.Events(t.Context(), 1); !errors.Is(err, simulator.ErrGap) {
		t.Errorf("forgotten cursor: %v, want a gap", err)
	}
	if _, err := b.Events(t.Context(), b.State(0).Cursor-10); err != nil {
		t.Errorf("recent cursor: %v", err)
	}
}

func TestMemoryIsBounded(t *testing.T) {
	b := open(t, func(c *simulator.Config) { c.Keep = 10 })
	for i := range 105 {
		b.send(t, fmt.Sprint("x", i), "budi", strconv.Itoa(i))
	}
	m := b.messages(t, "budi")
	if len(m) >= 20 || m[len(m)-1].Text != "104" {
		t.Errorf("%d messages kept, last %q", len(m), m[len(m)-1].Text)
	}
	if s := b.State(3); len(s.Phones[0].Messages) != 3 || s.Phones[0].Unread != 105 {
		t.Errorf("%d messages, %d unread", len(s.Phones[0].Messages), s.Phones[0].Unread)
	}
}

func BenchmarkConversation(b *testing.B) {
	n, err := simulator.Open(b.TempDir()+"/chats.jsonl", config(&bench{inbox: &bottest.Inbox{}, files: &bottest.Files{}}))
	if err != nil {
		b.Fatal(err)
	}
	for i := 0; b.Loop(); i++ {
		if _, err := n.Say(b.Context(), "budi", simulator.Say{Text: "status"}); err != nil {
			b.Fatal(err)
		}
		if err := n.Send(b.Context(), strconv.Itoa(i), "sim:budi", bot.Message{Text: "Langkah 7"}); err != nil {
			b.Fatal(err)
		}
	}
	if err := n.Close(); err != nil {
		b.Fatal(err)
	}
}
