//go:build !nowhatsapp

package whatsapp_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/bot/whatsapp"
	"izinbot/bot/whatsapp/watest"
)

func TestMessagesThatCannotBeStoredComeAgainInOrder(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a, b := w.phone(1, watest.ShowsLIDAndNumber), w.phone(2, watest.ShowsLID)
	var failures atomic.Int32
	w.office.failing = func(in bot.Inbound) bool {
		return in.Text == "3" && failures.Add(1) <= 3 || in.Text == "7" && failures.Add(1) <= 5
	}
	for n := range 10 {
		for _, p := range []*watest.Phone{a, b} {
			if _, err := p.Text(fmt.Sprint(n)); err != nil {
				t.Fatal(err)
			}
		}
	}
	w.office.hear(t, 19)
	chats := map[bot.Address][]string{}
	for _, in := range w.office.all() {
		chats[in.Chat] = append(chats[in.Chat], in.Text)
	}
	want := []string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}
	for chat, got := range chats {
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v", chat, got)
		}
	}
	if failures.Load() < 5 {
		t.Errorf("only %d failures", failures.Load())
	}
}

func TestPanicOfTheOfficeLosesNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var panicked atomic.Bool
	w.office.failing = func(bot.Inbound) bool {
		if panicked.CompareAndSwap(false, true) {
			panic("CONTOH")
		}
		return false
	}
	defer func() { _ = recover() }()
	if in := w.text(w.phone(1, watest.ShowsLID), "halo"); in.Text != "halo" || !panicked.Load() {
		t.Errorf("the office got %+v", in)
	}
}

func TestDroppedConnectionsLoseAndDoubleNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.phone(1, watest.ShowsLIDAndNumber)
	in := w.text(p, "halo")
	const count = 30
	for n := range count {
		if n%7 == 3 {
			w.server.Drop()
		}
		if _, err := p.Text(fmt.Sprint(n)); err != nil {
			t.Fatal(err)
		}
		w.deliver(fmt.Sprintf("kabar-%d", n), in.Chat, fmt.Sprintf("kabar %d", n))
	}
	w.office.hear(t, count)
	for n, in := range w.office.all()[1:] {
		if in.Text != fmt.Sprint(n) {
			t.Fatalf("message %d is %q", n, in.Text)
		}
	}
	if err := p.Wait(w.soon(), func() bool { return len(p.Inbox()) >= count }); err != nil {
		t.Fatal(err)
	}
	for n, got := range p.Inbox() {
		if got.Text != fmt.Sprintf("kabar %d", n) {
			t.Fatalf("the phone shows %q as number %d", got.Text, n)
		}
	}
}

// deliver sends until it succeeds, as the outbox does.
func (w *world) deliver(id string, to bot.Address, text string) {
	w.t.Helper()
	w.eventually("delivery of "+id, func() bool {
		err := w.Send(w.soon(), id, to, bot.Message{Text: text})
		if said, ok := errors.AsType[*bot.SendError](err); ok && said.Dead {
			w.t.Fatalf("%s is given up: %v", id, err)
		}
		return err == nil
	})
}

func TestUnansweredMessageWaitsForItsReceipt(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.phone(1, watest.ShowsLIDAndNumber)
	in := w.text(p, "halo")
	w.server.Swallow(true)
	done := make(chan error, 1)
	go func() { done <- w.Send(w.soon(), "n1", in.Chat, bot.Message{Text: "Kabar"}) }()
	if _, err := p.WaitText(w.soon(), 0, "Kabar"); err != nil {
		t.Fatal(err)
	}
	w.eventually("the receipt is taken", func() bool { return w.server.Waiting() == 0 })
	w.stop() // the answer will never come
	if err := <-done; err == nil {
		t.Error("a message that was not answered counts as sent")
	}
	w.open()
	w.await(whatsapp.StateConnected)
	if err := w.Send(w.soon(), "n1", in.Chat, bot.Message{Text: "Kabar"}); err != nil {
		t.Errorf("after the receipt: %v", err) // a message to the server would not be answered
	}
	w.server.Swallow(false)
	w.deliver("n2", in.Chat, "Kabar lagi")
	if _, err := p.WaitText(w.soon(), 1, "Kabar lagi"); err != nil || len(p.Inbox()) != 2 {
		t.Errorf("the phone shows %v", p.Inbox())
	}
}

func TestPhoneThatCannotReadAMessageGetsItAgainAfterARestart(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.phone(1, watest.ShowsLIDAndNumber)
	in := w.text(p, "halo")
	w.answer(p, in, bot.Message{Text: "Selamat datang"})
	p.Reinstall() // from now on it can read nothing
	w.server.Hold(true)
	w.deliver("n1", in.Chat, "Kabar")
	w.eventually("the phone asks for the message", func() bool { return w.server.Waiting() > 0 })
	w.stop()
	w.server.Hold(false)
	w.open()
	if _, err := p.WaitText(w.soon(), 1, "Kabar"); err != nil {
		t.Fatal(err)
	}
}

func TestUndecryptableFirstMessageComesAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.phone(1, watest.ShowsLID)
	p.Garble(2)
	id, err := p.Text("halo")
	if err != nil {
		t.Fatal(err)
	}
	if in := w.office.hear(t, 0); in.Text != "halo" || in.Other != "" {
		t.Errorf("the office got %+v", in)
	}
	if got := p.Receipts(id); !slices.Contains(got, "retry") {
		t.Errorf("the phone was told %q", got)
	}
	if err := w.server.Main().Wait(w.soon(), func() bool { return slices.Contains(w.server.Main().Requested(), id) }); err != nil {
		t.Errorf("the account's phone was not asked: %v", err)
	}
}

func TestUndecryptableMessageThatNeverComesIsAskedFor(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(cfg *whatsapp.Config) { cfg.Unreadable = 50 * time.Millisecond })
	p := w.phone(1, watest.ShowsLID)
	p.Garble(100)
	id, err := p.Text("halo")
	if err != nil {
		t.Fatal(err)
	}
	if in := w.office.hear(t, 0); in.Other != bot.OtherUnreadable || in.Chat == "" {
		t.Errorf("the office got %+v", in)
	}
	// The account's phone could read it after all: it is heard too.
	if err := w.server.Main().Forward(id, "halo"); err != nil {
		t.Fatal(err)
	}
	if in := w.office.hear(t, 1); in.Text != "halo" || in.Chat != w.office.all()[0].Chat {
		t.Errorf("the office got %+v", in)
	}
}

func TestLIDThatAppearsLaterIsTheSameChat(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.phone(1, watest.ShowsNumber)
	first := w.text(p, "dari nomor")
	w.answer(p, first, bot.Message{Text: "baik"})
	for _, shows := range []watest.Shows{watest.ShowsNumberAndLID, watest.ShowsLIDAndNumber, watest.ShowsLID, watest.ShowsNumber} {
		p.Show(shows)
		in := w.text(p, fmt.Sprint("cara ", shows))
		if in.Chat != first.Chat {
			t.Errorf("shown as %d the chat is %s, not %s", shows, in.Chat, first.Chat)
		}
		if got := w.answer(p, in, bot.Message{Text: fmt.Sprint("jawab ", shows)}); got.Text != fmt.Sprint("jawab ", shows) {
			t.Errorf("shown as %d the phone shows %q", shows, got.Text)
		}
	}
}

// TestAnsweringANumberKeepsItsKeys has a phone write from its number alone. Before
// the channel moved what is encrypted to the LID itself, the second message could
// not be read.
func TestAnsweringANumberKeepsItsKeys(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.phone(1, watest.ShowsNumber)
	for n := range 5 {
		n0 := len(w.office.all())
		id, err := p.Text(fmt.Sprint(n))
		if err != nil {
			t.Fatal(err)
		}
		w.answer(p, w.office.hear(t, n0), bot.Message{Text: "baik"})
		if slices.Contains(p.Receipts(id), "retry") {
			t.Errorf("message %d could not be read at once", n)
		}
	}
}

func TestStrangersCannotTakeEachOthersMessageIDs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a, b := w.text(w.phone(1, watest.ShowsLID), "a"), w.text(w.phone(2, watest.ShowsLID), "b")
	if a.ID[:len("whatsapp:")+16] == b.ID[:len("whatsapp:")+16] {
		t.Errorf("%s and %s begin alike", a.ID, b.ID)
	}
}

// TestNumberThatWasGivenToSomebodyElse: numbers are handed out again. Who has one
// now is another account with another LID, and must not get into the chat, and so
// the rights, of who had it before.
func TestNumberThatWasGivenToSomebodyElse(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	before := w.phone(1, watest.ShowsNumberAndLID)
	old := w.text(before, "pemilik lama")
	before.Leave()
	after, err := w.server.AddPhone(watest.PhoneConfig{Number: "620000000101", LID: "700000001", Name: "Ayu CONTOH", Shows: watest.ShowsLIDAndNumber})
	if err != nil {
		t.Fatal(err)
	}
	in := w.text(after, "pemilik baru")
	if in.Chat == old.Chat {
		t.Fatalf("both are %s", in.Chat)
	}
	for _, shows := range []watest.Shows{watest.ShowsNumberAndLID, watest.ShowsLID, watest.ShowsNumber} {
		after.Show(shows)
		again := w.text(after, fmt.Sprint("cara ", shows))
		if again.Chat != in.Chat {
			t.Errorf("shown as %d the chat is %s, not %s", shows, again.Chat, in.Chat)
		}
		if got := w.answer(after, again, bot.Message{Text: fmt.Sprint("jawab ", shows)}); got.Text != fmt.Sprint("jawab ", shows) {
			t.Errorf("shown as %d the phone shows %q", shows, got.Text)
		}
	}
	_ = w.Send(w.soon(), "n1", old.Chat, bot.Message{Text: "Kabar untuk pemilik lama"})
	w.answer(after, w.text(after, "ada apa?"), bot.Message{Text: "tidak ada"})
	if slices.ContainsFunc(after.Inbox(), func(r watest.Received) bool { return strings.Contains(r.Text, "Kabar") }) {
		t.Error("the new owner is told what was for the old one")
	}
}
