//go:build !nowhatsapp

package whatsapp_test

import (
	"testing"

	"go.mau.fi/whatsmeow/proto/waCommon"
	"go.mau.fi/whatsmeow/proto/waE2E"

	"izinbot/bot"
	"izinbot/bot/whatsapp/watest"
)

func TestCallsAreRejectedAndPassedOn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.phone(1, watest.ShowsLIDAndNumber)
	before := w.text(p, "halo")
	id := ""
	in := w.say(func() (string, error) { id = p.Call(); return id, nil })
	if in.Other != bot.OtherCall || in.Chat != before.Chat {
		t.Fatalf("the office got %+v", in)
	}
	w.eventually("the call is rejected", func() bool { return len(p.Rejected()) == 1 && p.Rejected()[0] == id })
}

// In a chat whose messages disappear every answer does, until the person ends that.
func TestAnswersDisappearAsTheirChatDoes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.phone(1, watest.ShowsLID)
	week := uint32(7 * 24 * 3600)
	text := func(text string, seconds uint32) func() (string, error) {
		m := &waE2E.Message{ExtendedTextMessage: &waE2E.ExtendedTextMessage{Text: &text}}
		if seconds > 0 {
			m.ExtendedTextMessage.ContextInfo = &waE2E.ContextInfo{Expiration: &seconds}
		}
		return func() (string, error) { return p.Send(m) }
	}
	shown := func(in bot.Inbound) uint32 {
		return w.answer(p, in, bot.Message{Text: "Baik."}).Raw.GetExtendedTextMessage().GetContextInfo().GetExpiration()
	}
	if got := shown(w.say(text("halo", 0))); got != 0 {
		t.Errorf("an answer disappears after %d s", got)
	}
	if got := shown(w.say(text("halo", week))); got != week {
		t.Errorf("an answer disappears after %d s", got)
	}
	if got := shown(w.say(text("selesai", 0))); got != 0 {
		t.Errorf("after the end an answer disappears after %d s", got)
	}
}

func TestReactionsToQuestions(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.phone(1, watest.ShowsLIDAndNumber)
	question := w.answer(p, w.text(p, "halo"), bot.Message{Text: "Kirim?", Open: true, Choices: []bot.Choice{{ID: "a:ya", Label: "Ya"}, {ID: "a:tidak", Label: "Tidak"}}})
	react := func(id, sign string) func() (string, error) {
		return func() (string, error) {
			return p.Send(&waE2E.Message{ReactionMessage: &waE2E.ReactionMessage{Key: &waCommon.MessageKey{ID: &id}, Text: &sign}})
		}
	}
	in := w.say(react(question.ID, "👍"))
	if !in.Reaction || in.Text != "👍" || len(in.Asked) != 2 || in.Other != "" {
		t.Errorf("the office got %+v", in)
	}
	for name, send := range map[string]func() (string, error){
		"taken away": react(question.ID, ""), "to nothing that was asked": react("3EB0NOSUCHMESSAGE", "👍"),
	} {
		if _, err := send(); err != nil {
			t.Fatal(err)
		}
		if in := w.text(p, name); in.Text != name {
			t.Errorf("of a reaction %s the office got %+v", name, in)
		}
	}
}

func TestStaffWhoWritesIsSeen(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.phone(1, watest.ShowsLIDAndNumber)
	chat := w.text(p, "halo").Chat
	in := w.say(func() (string, error) { return "", w.server.Main().WriteTo(p, "Selamat pagi, ini Bona dari kantor.") })
	if in.Other != bot.OtherStaff || in.Chat != chat || in.Text != "" {
		t.Errorf("the office got %+v", in)
	}
}
