package telegram_test

import (
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"izinbot/bot"
	"izinbot/bot/telegram"
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
	if a := w.server.Answer(w.press(p, "a2:yes")); !a.Alert {
		t.Errorf("the question was answered: %+v", a)
	}
	if heard := w.drained(); len(heard) != 5 {
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

// TestPressesThatDoNotCount are answered, so that nobody waits, and nothing else.
func TestPressesThatDoNotCount(t *testing.T) {
	for name, query := range map[string]string{
		"of another person": `"from":{"id":99},"data":"a1:yes","message":{"message_id":2,"date":1,"text":"?","chat":{"id":71,"type":"private"}}`,
		"in a group":        `"from":{"id":71},"data":"a1:yes","message":{"message_id":2,"date":1,"text":"?","chat":{"id":-5,"type":"group"}}`,
		"of a game":         `"from":{"id":71},"game_short_name":"catur","message":{"message_id":2,"date":1,"text":"?","chat":{"id":71,"type":"private"}}`,
	} {
		t.Run(name, func(t *testing.T) {
			s, w := newStub(t)
			s.feed(`[{"update_id":7,"callback_query":{"id":"5",` + query + `}}]`)
			w.start()
			reached(t, "answer", func() bool { return s.count("answerCallbackQuery") == 1 })
			if err := w.channel.Stop(t.Context()); err != nil {
				t.Fatal(err)
			}
			if edits := s.count("editMessageText") + s.count("editMessageReplyMarkup"); edits != 0 || len(w.all()) != 0 {
				t.Errorf("%d edits, heard %+v", edits, w.all())
			}
		})
	}
}

// TestPressIsAnsweredWhileNothingCanBeStored: the person is not left with a button
// that seems to work on; the press itself counts when it is stored.
func TestPressIsAnsweredWhileNothingCanBeStored(t *testing.T) {
	w := newWorld(t)
	p := w.server.Person(71, "Ayu CONTOH")
	w.mustSend(p, "1", bot.Message{Text: "?", Choices: []bot.Choice{{ID: "a1:yes", Label: "Ya"}}})
	w.refuses = 1_000
	w.start()
	w.press(p, "a1:yes")
	w.mu.Lock()
	w.refuses = 0
	w.mu.Unlock()
	w.until("edit", func() bool { return p.Messages()[0].Edits == 1 })
	if in := w.one(); in.Choice != "a1:yes" {
		t.Errorf("heard: %+v", in)
	}
}

// TestButtonsGoUnderAMessageThatIsNotTold: an old message comes without its text.
func TestButtonsGoUnderAMessageThatIsNotTold(t *testing.T) {
	s, w := newStub(t)
	s.feed(`[{"update_id":7,"callback_query":{"id":"5","from":{"id":71},"data":"a1:yes","message":{"message_id":2,"date":0,"chat":{"id":71,"type":"private"}}}}]`)
	w.start()
	reached(t, "buttons gone", func() bool { return s.count("editMessageReplyMarkup") == 1 })
	if heard := w.all(); len(heard) != 1 || heard[0].Choice != "a1:yes" {
		t.Errorf("heard %+v", heard)
	}
}

// TestRepeatedPressIsNoSecondOne: Telegram may deliver a press again.
func TestRepeatedPressIsNoSecondOne(t *testing.T) {
	for name, together := range map[string]bool{"in one batch": true, "later": false} {
		t.Run(name, func(t *testing.T) {
			s, w := newStub(t)
			var alerts atomic.Int32
			s.says["answerCallbackQuery"] = func(p map[string]any) (int, string) {
				if p["show_alert"] == true {
					alerts.Add(1)
				}
				return http.StatusOK, `{"ok":true,"result":true}`
			}
			press := `{"update_id":7,"callback_query":{"id":"5","from":{"id":71},"data":"a1:yes","message":{"message_id":2,"date":1,"text":"?","chat":{"id":71,"type":"private"}}}}`
			batches := []string{"[" + press + "]", "[" + press + "]"}
			if together {
				batches = []string{"[" + press + "," + press + "]"}
			}
			s.feed(batches...)
			if err := w.channel.Send(t.Context(), "1", "telegram:71", bot.Message{Text: "?", Choices: []bot.Choice{{ID: "a1:yes", Label: "Ya"}}}); err != nil {
				t.Fatal(err)
			}
			w.start()
			reached(t, "both answers", func() bool { return s.count("answerCallbackQuery") == 2 })
			if n := alerts.Load(); n != 0 {
				t.Errorf("%d alerts", n)
			}
		})
	}
}

func TestAnswerToAPressWaitsWhenTelegramWantsThat(t *testing.T) {
	f := &faults{method: "answerCallbackQuery"}
	f.set(tgtest.FaultNone, tgtest.FaultTooMany)
	w := newWorld(t, f.of).start()
	p := w.server.Person(71, "Ayu CONTOH")
	w.mustSend(p, "1", bot.Message{Text: "?", Choices: []bot.Choice{{ID: "a1:yes", Label: "Ya"}}})
	w.press(p, "a1:yes")
	if n := w.server.Calls("answerCallbackQuery"); n != 2 {
		t.Errorf("answered in %d calls", n)
	}
	w.until("edit", func() bool { return p.Messages()[0].Edits == 1 })
}

// TestSecondPressCallsNoEdit: what a first press has changed already is not changed again,
// which Telegram would refuse as "not modified".
func TestSecondPressCallsNoEdit(t *testing.T) {
	for name, message := range map[string]bot.Message{
		"of a question": {Text: "Kirim?", Choices: []bot.Choice{{ID: "a1:yes", Label: "Ya"}}},
		"of a notice":   {Text: "Tugas baru", Choices: []bot.Choice{{ID: "/buka LKS-1", Label: "Buka"}}},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t).start()
			p := w.server.Person(71, "Ayu CONTOH")
			w.mustSend(p, "1", message)
			for range 3 {
				w.press(p, message.Choices[0].ID)
			}
			w.until("edit", func() bool { return p.Messages()[0].Edits == 1 })
			if err := w.channel.Stop(t.Context()); err != nil {
				t.Fatal(err)
			}
			if _, refused := w.server.Sent(); strings.Contains(w.log.String(), "not modified") {
				t.Errorf("%d calls refused:\n%s", refused, w.log.String())
			}
			edits := w.server.Calls("editMessageText") + w.server.Calls("editMessageReplyMarkup")
			if heard := w.all(); edits != 1 || len(heard) != 3 {
				t.Errorf("%d edits, heard %d", edits, len(heard))
			}
		})
	}
}

// TestFailedEditIsTriedAtTheNextPress: what was not changed is no change made before.
func TestFailedEditIsTriedAtTheNextPress(t *testing.T) {
	w := newWorld(t, func(api *tgtest.Config, _ *telegram.Config) {
		var failed atomic.Bool
		api.Fault = func(method string) tgtest.Fault {
			if method != "editMessageText" || !failed.CompareAndSwap(false, true) {
				return tgtest.FaultNone
			}
			return tgtest.FaultInternal
		}
	}).start()
	p := w.server.Person(71, "Ayu CONTOH")
	w.mustSend(p, "1", bot.Message{Text: "Tugas baru", Choices: []bot.Choice{{ID: "/buka LKS-1", Label: "Buka"}}})
	for range 100 {
		w.press(p, "/buka LKS-1")
		if p.Messages()[0].Edits == 1 {
			return
		}
	}
	t.Error("the message was never changed")
}
