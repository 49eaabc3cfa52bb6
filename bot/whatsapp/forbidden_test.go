//go:build !nowhatsapp

package whatsapp_test

import (
	"strconv"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/bot/whatsapp"
	"izinbot/bot/whatsapp/watest"
)

// A 463 belongs to its chat: others are written to, and it until it writes again is not.
func TestForbiddenChat(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p, other := w.phone(1, watest.ShowsLID), w.phone(2, watest.ShowsLID)
	in, theirs := w.text(p, "halo"), w.text(other, "halo")
	w.advance(2 * time.Second) // WhatsApp tells whole seconds
	w.server.Forbid(p, true)
	if got := w.refused("n1", in.Chat); got.Reason != whatsapp.ReasonTimelock || !got.Dead {
		t.Errorf("a 463 is %+v", got)
	}
	if got := w.States(); len(got) != 1 {
		t.Errorf("one chat's 463 makes the states %+v", got)
	}
	w.answer(other, theirs, bot.Message{Text: "Kabar"})

	asked := w.server.Refused()
	if got := w.refused("n2", in.Chat); got.Reason != whatsapp.ReasonTimelock || !got.Dead {
		t.Errorf("the next one is %+v", got)
	}
	if again := w.server.Refused() - asked; again != 0 {
		t.Errorf("a forbidden chat is tried %d times more", again)
	}
	w.server.Allow(p)
	w.advance(2 * time.Second)
	w.answer(p, w.text(p, "halo lagi"), bot.Message{Text: "Kabar"})
}

// Who has just written is answered: the token of their trust is given anew, and the message
// sent once more.
func TestReplyIsTriedOnceMore(t *testing.T) {
	t.Parallel()
	for name, lasting := range map[string]bool{"until the token is given anew": false, "lasting": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			p := w.phone(1, watest.ShowsLID)
			in := w.text(p, "halo")
			w.server.Forbid(p, lasting)
			if !lasting {
				w.answer(p, in, bot.Message{Text: "Kabar"})
				return
			}
			if got := w.refused("n1", in.Chat); got.Reason != whatsapp.ReasonTimelock || !got.Dead {
				t.Errorf("a 463 is %+v", got)
			}
			if got := w.server.Refused(); got != 2 {
				t.Errorf("tried %d times", got)
			}
		})
	}
}

// Several chats within an hour show that it is the account.
func TestSeveralForbiddenChatsAreTheAccount(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var chats []bot.Address
	for i := 1; i <= 3; i++ {
		p := w.phone(i, watest.ShowsLID)
		chats = append(chats, w.text(p, "halo").Chat)
		w.server.Forbid(p, true)
	}
	w.advance(time.Hour)
	for i, chat := range chats {
		if got := w.States(); len(got) != 1 {
			t.Errorf("after %d chats the states are %+v", i, got)
		}
		_ = w.refused("n"+strconv.Itoa(i), chat)
	}
	s := w.await(whatsapp.StateTimelock)
	if left := s.Until.Sub(w.clock()); left < 23*time.Hour || left > 24*time.Hour {
		t.Errorf("the lock ends in %v", left)
	}
}
