//go:build !nowhatsapp

package whatsapp_test

import (
	"fmt"
	"slices"
	"testing"

	"izinbot/bot/whatsapp/watest"
)

// TestSpeakingAndHearingAtOnceKeepsTheKeys has both sides write to each other at the
// same time, the connection dropping now and then. Without the ratchet's guard the
// library would mix up the keys of the chat: each side then cannot read the other for
// a while, and messages come late and in another order.
func TestSpeakingAndHearingAtOnceKeepsTheKeys(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.phone(1, watest.ShowsLIDAndNumber)
	first := w.text(p, "halo")
	const count = 60
	said := make(chan []string)
	go func() {
		var ids []string
		for n := range count {
			id, err := p.Text(fmt.Sprint(n))
			if err != nil {
				t.Error(err)
			}
			if ids = append(ids, id); n%20 == 10 {
				w.server.Drop()
			}
		}
		said <- ids
	}()
	for n := range count {
		w.deliver(fmt.Sprintf("kabar-%d", n), first.Chat, fmt.Sprintf("kabar %d", n))
	}
	ids := <-said
	w.office.hear(t, count)
	if err := p.Wait(w.soon(), func() bool { return len(p.Inbox()) >= count }); err != nil {
		t.Fatal(err)
	}
	for n, in := range w.office.all()[1:] {
		if in.Text != fmt.Sprint(n) {
			t.Fatalf("message %d is %q", n, in.Text)
		}
	}
	for n, got := range p.Inbox() {
		if got.Text != fmt.Sprintf("kabar %d", n) {
			t.Fatalf("the phone shows %q as number %d", got.Text, n)
		}
	}
	if p.Unread() > 0 {
		t.Errorf("the phone could not read %d messages", p.Unread())
	}
	for n, id := range ids {
		if slices.Contains(p.Receipts(id), "retry") {
			t.Errorf("message %d could not be read", n)
		}
	}
}
