package telegram_test

import (
	"strings"
	"testing"

	"izinbot/bot"
	"izinbot/bot/telegram/tgtest"
)

func (w *world) press(p *tgtest.Person, data string) string {
	w.t.Helper()
	query, err := p.Press(data)
	if err != nil {
		w.t.Fatal(err)
	}
	w.until("answer to "+data, func() bool { return w.server.Answer(query).Answered })
	return query
}

func TestChoiceIsShownAndItsButtonsGo(t *testing.T) {
	w := newWorld(t).start()
	p := w.server.Person(71, "Ayu CONTOH")
	w.mustSend(p, "1", bot.Message{Text: "Kirim <permohonan>?", Choices: []bot.Choice{{ID: "a1:yes", Label: "Ya & lanjut"}, {ID: "a1:no", Label: "Tidak"}}})
	query := w.press(p, "a1:yes")
	w.until("edit", func() bool { return p.Messages()[0].Edits == 1 })
	m := p.Messages()[0]
	if m.Text != "Kirim <permohonan>?\n\n➤ Ya & lanjut" || len(m.Buttons) != 0 {
		t.Errorf("shown: %+v", m)
	}
	if a := w.server.Answer(query); a.Alert || a.Text != "" {
		t.Errorf("answered: %+v", a)
	}
	if in := w.one(); in.Choice != "a1:yes" || in.Text != "" || in.Chat != address(p) {
		t.Errorf("heard: %+v", in)
	}
}

func TestChoiceUnderADocument(t *testing.T) {
	w := newWorld(t).start()
	p := w.server.Person(71, "Ayu CONTOH")
	w.mustSend(p, "1", bot.Message{Text: "B1", Files: []bot.Attachment{w.put("a.pdf", "%PDF")}, Choices: []bot.Choice{{ID: "a1:ok", Label: "Sesuai"}}})
	w.press(p, "a1:ok")
	w.until("edit", func() bool { return p.Messages()[0].Edits == 1 })
	if m := p.Messages()[0]; m.Text != "B1\n\n➤ Sesuai" || len(m.Buttons) != 0 {
		t.Errorf("shown: %+v", m)
	}
}

func TestChoiceWithoutRoomOnlyLosesItsButtons(t *testing.T) {
	w := newWorld(t).start()
	p := w.server.Person(71, "Ayu CONTOH")
	text := strings.Repeat("x", 4096)
	w.mustSend(p, "1", bot.Message{Text: text, Choices: []bot.Choice{{ID: "a1:ok", Label: "Sesuai"}}})
	w.press(p, "a1:ok")
	w.until("edit", func() bool { return p.Messages()[0].Edits == 1 })
	if m := p.Messages()[0]; m.Text != text || len(m.Buttons) != 0 {
		t.Errorf("%d characters, buttons %v", len(m.Text), m.Buttons)
	}
}

func TestStaleButtonGetsAnAlert(t *testing.T) {
	w := newWorld(t).start()
	p := w.server.Person(71, "Ayu CONTOH")
	w.mustSend(p, "1", bot.Message{Text: "Pertama?", Choices: []bot.Choice{{ID: "a1:yes", Label: "Ya"}, {ID: "/bantuan", Label: "Bantuan"}}})
	w.mustSend(p, "2", bot.Message{Text: "Tugas baru", Choices: []bot.Choice{{ID: "/buka LKS-1", Label: "Buka"}}}) // asks nothing
	if a := w.server.Answer(w.press(p, "a1:yes")); a.Alert {
		t.Errorf("the question was still open: %+v", a)
	}
	w.mustSend(p, "3", bot.Message{Text: "Kedua?", Choices: []bot.Choice{{ID: "a2:yes", Label: "Ya"}}})
	if a := w.server.Answer(w.press(p, "a1:yes")); !a.Alert || a.Text == "" {
		t.Errorf("the question was over: %+v", a)
	}
	for _, data := range []string{"/bantuan", "a2:yes"} {
		if a := w.server.Answer(w.press(p, data)); a.Alert {
			t.Errorf("%s: %+v", data, a)
		}
	}
	if heard := w.drained(); len(heard) != 4 {
		t.Errorf("the handlers decide, but heard %+v", heard)
	}
	if m := p.Messages()[0]; strings.Count(m.Text, "➤") > 1 {
		t.Errorf("a stale choice is shown: %q", m.Text)
	}
}

func TestPressIsAnsweredOnlyOnceItIsStored(t *testing.T) {
	w := newWorld(t)
	p := w.server.Person(71, "Ayu CONTOH")
	w.mustSend(p, "1", bot.Message{Text: "?", Choices: []bot.Choice{{ID: "a1:yes", Label: "Ya"}}})
	w.refuses = 1
	w.start()
	w.press(p, "a1:yes")
	if w.accepts < 2 || len(w.all()) != 1 {
		t.Errorf("%d tries, heard %+v", w.accepts, w.all())
	}
}
