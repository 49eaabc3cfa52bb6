package app

import (
	"fmt"
	"testing"

	"izinbot/bot"
	"izinbot/workflow/mongostore/mongotest"
)

// TestKeyboardOfAQuestionGoesAfterARestart asks for a place, which Telegram does with a
// keyboard in place of the person's own, and restarts the program before that is answered:
// the next answer takes the keyboard away, once.
func TestKeyboardOfAQuestionGoesAfterARestart(t *testing.T) {
	t.Parallel()
	for name, mongo := range map[string]func(testing.TB) string{
		"SQLite": func(testing.TB) string { return "" }, "MongoDB": mongotest.URI,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := &wire{}
			cfg := config(t.TempDir(), w)
			cfg.MongoURI = mongo(t)
			said := 0
			say := func(p *Program, texts ...string) bot.Message {
				t.Helper()
				for _, text := range texts {
					said++
					in := bot.Inbound{ID: fmt.Sprint("test:", said), Chat: "test:ayu", Name: "Ayu CONTOH", At: cfg.Now(), Text: text}
					if err := p.Accept(t.Context(), in); err != nil {
						t.Fatal(err)
					}
					if err := p.Idle(t.Context()); err != nil {
						t.Fatal(err)
					}
				}
				return w.last()
			}
			first, err := Open(t.Context(), cfg)
			if err != nil {
				t.Fatal(err)
			}
			begin(t, first)
			asked := say(first, "/mulai", "1", "1", "Yayasan Contoh", "Belanda", "yayasan", "Contoh Pimpinan", "2", "X0000000",
				"Jl. Contoh No. 1, Medan", "kantor@contoh.example", "+62 800 0000 0000", "Jl. Contoh No. 2", "Sidikalang", "Desa Contoh")
			if asked.Want != bot.WantLocation || asked.Clear {
				t.Fatalf("asked for %q: %q", asked.Want, asked.Text)
			}
			shut(t, first)
			second := open(t, cfg)
			begin(t, second)
			if answer := say(second, "2.74,98.32"); !answer.Clear {
				t.Errorf("the keyboard stays: %q", answer.Text)
			}
			if answer := say(second, "Anak"); answer.Clear {
				t.Errorf("it is taken away again: %q", answer.Text)
			}
		})
	}
}
