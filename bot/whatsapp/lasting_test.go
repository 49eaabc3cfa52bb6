//go:build !nowhatsapp

package whatsapp_test

import (
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/bot/whatsapp"
	"izinbot/bot/whatsapp/watest"
)

// status reads from outside, as `izinbot whatsapp status` does.
func (w *world) status() whatsapp.Status {
	w.t.Helper()
	st, err := whatsapp.ReadStatus(w.t.Context(), w.path, w.clock())
	if err != nil {
		w.t.Fatal(err)
	}
	return st
}

func TestReceiptsMoveAMessageOn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.phone(1, watest.ShowsLID)
	in := w.text(p, "halo")
	p.Quiet(true)
	got := w.answer(p, in, bot.Message{Text: "Kabar"})
	counted := func(what string, want whatsapp.Messages) {
		t.Helper()
		w.eventually(what, func() bool { return w.status().Messages == want })
	}
	counted("taken by WhatsApp", whatsapp.Messages{Sent: 1})
	p.Quiet(false)
	w.answer(p, bot.Inbound{ID: "whatsapp:x/y", Chat: in.Chat}, bot.Message{Text: "Kabar kedua"})
	counted("on the phone", whatsapp.Messages{Sent: 1, Delivered: 1})
	p.Read(got.ID)
	counted("read", whatsapp.Messages{Delivered: 1, Read: 1})
	w.server.FailMessages(500)
	_ = w.refused("n1", in.Chat)
	counted("not sent", whatsapp.Messages{Waiting: 1, Delivered: 1, Read: 1})
	w.stop()
	w.open()
	counted("after a restart", whatsapp.Messages{Waiting: 1, Delivered: 1, Read: 1})
	w.advance(25 * time.Hour)
	counted("a day later", whatsapp.Messages{})
}

func TestDrainedChannelSendsButTakesNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.phone(1, watest.ShowsLIDAndNumber)
	in := w.text(p, "satu")
	w.Drain()
	if _, err := p.Text("dua"); err != nil {
		t.Fatal(err)
	}
	if got := w.answer(p, in, bot.Message{Text: "jawaban satu"}); got.Text != "jawaban satu" {
		t.Errorf("the phone shows %q", got.Text)
	}
	if n := len(w.office.all()); n != 1 {
		t.Errorf("%d messages were taken", n)
	}
	w.stop()
	w.open()
	if again := w.office.hear(t, 1); again.Text != "dua" {
		t.Errorf("after the restart the office got %q", again.Text)
	}
}

func TestWhatsAppThatIsNotReachedForLong(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.server.Refuse(503) // the library tries again by itself
	w.await(whatsapp.StateConnecting)
	w.advance(4 * time.Minute)
	s := w.await(whatsapp.StateUnreachable)
	if !s.Alarming() {
		t.Error("nobody hears of it")
	}
	w.server.Refuse(0)
	w.advance(4 * time.Minute)
	w.await(whatsapp.StateConnected)
}

func TestBanHoldsOverARestart(t *testing.T) {
	t.Parallel()
	w := newWorld(t, untended)
	w.server.Ban(w.clock().Add(time.Hour))
	before := w.await(whatsapp.StateTempBanned)
	w.eventually("it is kept", func() bool { return w.status().States[0].Code == before.Code })
	w.stop()
	w.server.Refuse(0)
	logins := w.server.Logins()
	w.open()
	if s := w.States()[0]; s.Code != before.Code || !s.Until.Equal(before.Until.Truncate(time.Millisecond)) {
		t.Errorf("after the restart: %+v, before: %+v", s, before)
	}
	w.Look()
	w.advance(61 * time.Minute)
	w.Look()
	w.await(whatsapp.StateConnected)
	if n := w.server.Logins() - logins; n != 1 {
		t.Errorf("%d logins, want 1: when the ban is over", n)
	}
}

// TestWhyNothingIsLinkedIsKept: a restart must not make of a removed device one that
// was never there, nor news.
func TestWhyNothingIsLinkedIsKept(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.server.Unlink()
	before := w.await(whatsapp.StateLoggedOut)
	w.eventually("it is kept", func() bool { // the library forgets the device beside that
		st := w.status()
		return st.States[0].Code == before.Code && st.Number == ""
	})
	w.stop()
	w.advance(time.Hour)
	w.open()
	if s := w.States()[0]; s.Code != before.Code || !s.Since.Equal(before.Since.Truncate(time.Millisecond)) {
		t.Errorf("after the restart: %+v, before: %+v", s, before)
	}
	w.pair()
}

func TestWhoIsNotOnWhatsAppAnyMore(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.phone(1, watest.ShowsNumber)
	in := w.text(p, "halo")
	p.Unlist()
	if got := w.refused("n1", in.Chat); got.Reason != whatsapp.ReasonNotThere || !got.Dead {
		t.Errorf("a message to nobody is %+v", got)
	}
}
