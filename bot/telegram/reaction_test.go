package telegram_test

import (
	"testing"

	"izinbot/bot"
	"izinbot/bot/telegram"
)

// TestReactionIsAnAnswer: a sign on the question that was asked last comes with what that
// offered; one on another message says nothing.
func TestReactionIsAnAnswer(t *testing.T) {
	w := newWorld(t).start()
	p := w.server.Person(71, "Ayu CONTOH")
	choices := []bot.Choice{{ID: "a1:yes", Label: "Ya"}, {ID: "a1:no", Label: "Tidak"}}
	w.mustSend(p, "1", bot.Message{Text: "Baik."})
	w.mustSend(p, "2", bot.Message{Text: "Kirim?", Choices: choices})
	sent := p.Messages()
	p.React(sent[0].ID, "👍")
	p.React(sent[1].ID, "👍")
	in := w.one()
	if in.Text != "👍" || !in.Reaction || len(in.Asked) != 2 || in.Asked[0] != choices[0] || in.Chat != address(p) {
		t.Errorf("heard %+v", in)
	}
}

// TestEditNamesTheMessage as the message named itself.
func TestEditNamesTheMessage(t *testing.T) {
	w := newWorld(t).start()
	p := w.server.Person(71, "Ayu CONTOH")
	p.Type("Belanda")
	p.EditLast("Belgia")
	w.until("both", func() bool { return len(w.all()) == 2 })
	first, edit := w.all()[0], w.all()[1]
	if first.Message == "" || edit.Edits != first.Message || edit.Text != "Belgia" {
		t.Errorf("heard %+v, then %+v", first, edit)
	}
}

// TestReactionAfterARestart: what was asked last is forgotten then, so the sign comes without it.
func TestReactionAfterARestart(t *testing.T) {
	w := newWorld(t)
	p := w.server.Person(71, "Ayu CONTOH")
	w.mustSend(p, "1", bot.Message{Text: "Kirim?", Choices: []bot.Choice{{ID: "a1:yes", Label: "Ya"}}})
	var err error
	if w.channel, err = telegram.New(w.cfg); err != nil {
		t.Fatal(err)
	}
	w.start()
	p.Type("halo") // from the first poll on the server knows that reactions are wanted
	w.until("the greeting", func() bool { return len(w.all()) == 1 })
	p.React(p.Messages()[0].ID, "👍")
	w.until("the reaction", func() bool { return len(w.all()) == 2 })
	if in := w.all()[1]; in.Text != "👍" || !in.Reaction || len(in.Asked) != 0 {
		t.Errorf("heard %+v", in)
	}
}
