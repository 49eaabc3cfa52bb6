//go:build !nowhatsapp

package whatsapp_test

import (
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/bot/whatsapp"
	"izinbot/bot/whatsapp/watest"
)

// Nobody has written to a number that the office has only just begun to use, so from
// there nobody is written to first.
func TestNewNumberWritesToNobodyFirst(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.phone(1, watest.ShowsLIDAndNumber)
	in := w.text(p, "halo")
	w.server.Timelock(time.Now().Add(72 * time.Hour))
	w.await(whatsapp.StateTimelock)
	if err := w.Logout(w.soon()); err != nil {
		t.Fatal(err)
	}
	if err := w.server.NewNumber("620000000999"); err != nil {
		t.Fatal(err)
	}
	w.pair()
	if got := w.States(); len(got) != 1 {
		t.Errorf("the new number has %+v", got)
	}
	if got := w.refused("n1", in.Chat); got.Reason != whatsapp.ReasonNoInbound || !got.Dead {
		t.Errorf("a notice from a new number is %+v", got)
	}
	p.Reinstall()
	if again := w.text(p, "halo nomor baru"); again.Chat != in.Chat {
		t.Errorf("at the new number the chat is %s", again.Chat)
	}
	if err := w.Send(w.soon(), "n2", in.Chat, bot.Message{Text: "Kabar"}); err != nil {
		t.Error(err)
	}
}

// The same number linked again goes on as before.
func TestSameNumberLinkedAgainGoesOn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	in := w.text(w.phone(1, watest.ShowsLIDAndNumber), "halo")
	if err := w.Logout(w.soon()); err != nil {
		t.Fatal(err)
	}
	w.pair()
	if err := w.Send(w.soon(), "n1", in.Chat, bot.Message{Text: "Kabar"}); err != nil {
		t.Error(err)
	}
}

func TestBanOfWhichWhatsAppTellsNoEndIsTriedAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t, untended)
	w.server.Ban(time.Time{})
	if s := w.await(whatsapp.StateTempBanned); !s.Until.IsZero() {
		t.Errorf("the ban ends at %v", s.Until)
	}
	w.server.Refuse(0)
	logins := w.server.Logins()
	w.advance(time.Hour)
	w.Look()
	w.advance(6 * time.Hour)
	w.Look()
	w.await(whatsapp.StateConnected)
	if n := w.server.Logins() - logins; n != 1 {
		t.Errorf("%d logins, want 1: after seven hours, and none after one", n)
	}
}
