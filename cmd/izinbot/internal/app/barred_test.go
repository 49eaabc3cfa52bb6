package app

import (
	"crypto/rand"
	"strings"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/handlers/account"
	"izinbot/workflow"
	"izinbot/workflow/mongostore/mongotest"
	"izinbot/workflow/store"
)

// TestDisabledOfficerHearsNothingMore: what waits for an officer when he is disabled, over
// the office's own clock, does not reach his chat; the admin and his superior are told,
// and what is written to him later as a person arrives.
func TestDisabledOfficerHearsNothingMore(t *testing.T) {
	t.Parallel()
	for name, mongo := range map[string]func(testing.TB) string{
		"SQLite": func(testing.TB) string { return "" }, "MongoDB": mongotest.URI,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := &wire{}
			cfg := config(t.TempDir(), w)
			now := cfg.Now()
			cfg.MongoURI, cfg.Now = mongo(t), func() time.Time { return now }
			p := open(t, cfg)
			commit := func(unit store.UnitOfWork) {
				t.Helper()
				if _, err := p.Store.Commit(t.Context(), now, unit); err != nil {
					t.Fatal(err)
				}
			}
			var unit store.UnitOfWork
			for id, roles := range map[string][]workflow.Role{"eka": {"kabid"}, "adi": {workflow.RoleAdmin}, "kadis": {"kadis"}, "sek": {"sekretaris"}} {
				unit.Persons = append(unit.Persons, store.Person{ID: workflow.PersonID("p-" + id), Name: id + " CONTOH", Addresses: []bot.Address{bot.Address("test:" + id)}, Created: now})
				unit.Officers = append(unit.Officers, workflow.Officer{ID: workflow.OfficerID("o-" + id), Person: workflow.PersonID("p-" + id), Name: id + " CONTOH", Roles: roles})
			}
			commit(unit)
			letter := func(id, text string) bot.Delivery {
				return bot.Delivery{ID: id, Chat: "test:eka", Notice: true, Message: bot.Message{Text: text}, Created: now}
			}
			commit(store.UnitOfWork{Deliveries: []bot.Delivery{letter("1", "Tugas rahasia."), {
				ID: "2", Chat: "test:eka", Message: bot.Message{Text: "Jawaban lama."}, Created: now.Add(-time.Minute),
			}}})
			if err := p.Handlers.Disable(t.Context(), "o-eka"); err != nil {
				t.Fatal(err)
			}
			if err := p.Handlers.Disable(t.Context(), "o-eka"); err != nil { // again: nothing more
				t.Fatal(err)
			}
			now = now.Add(time.Hour)
			commit(store.UnitOfWork{Deliveries: []bot.Delivery{letter("3", "Kabar lain.")}})
			if err := p.Start(t.Context()); err != nil {
				t.Fatal(err)
			}
			if err := p.Idle(t.Context()); err != nil {
				t.Fatal(err)
			}
			said := w.said()
			for text, times := range map[string]int{
				"rahasia": 0, "Jawaban lama": 0, "Kabar lain": 1, "eka CONTOH dinonaktifkan oleh admin lewat perintah di server.": 2,
			} {
				if n := strings.Count(said, text); n != times {
					t.Errorf("%q was said %d times, want %d, in\n%s", text, n, times, said)
				}
			}
		})
	}
}

// TestFormerOfficerHearsNothingMore: the same holds for somebody whose joining was undone,
// and for the lost phone of an officer who was invited anew.
func TestFormerOfficerHearsNothingMore(t *testing.T) {
	t.Parallel()
	for name, leave := range map[string]func(workflow.Officer, time.Time) workflow.Officer{
		"disabled while the office stood still": workflow.Officer.Disable,
		"joining undone":                        workflow.Officer.Expel,
		"invited anew": func(o workflow.Officer, now time.Time) workflow.Officer {
			_, o, _, _ = workflow.Invite(rand.Reader, o, now)
			return o
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := &wire{}
			cfg := config(t.TempDir(), w)
			now := cfg.Now()
			cfg.Now = func() time.Time { return now }
			p := open(t, cfg)
			commit := func(unit store.UnitOfWork) {
				t.Helper()
				if _, err := p.Store.Commit(t.Context(), now, unit); err != nil {
					t.Fatal(err)
				}
			}
			eka := workflow.Officer{ID: "o-eka", Person: "p-eka", Joined: now, Name: "Eka CONTOH", Roles: []workflow.Role{"kadis"}}
			commit(store.UnitOfWork{
				Persons:  []store.Person{{ID: "p-eka", Name: "Eka CONTOH", Addresses: []bot.Address{"test:eka"}, Created: now}},
				Officers: []workflow.Officer{eka},
			})
			commit(store.UnitOfWork{Deliveries: []bot.Delivery{{ID: "1", Chat: "test:eka", Notice: true, Created: now, Message: bot.Message{Text: "Tugas rahasia."}}}})
			now = now.Add(time.Second)
			eka.Version = 1
			barred, err := account.Barring(t.Context(), p.Store, eka, now)
			if err != nil {
				t.Fatal(err)
			}
			commit(store.UnitOfWork{Persons: barred, Officers: []workflow.Officer{leave(eka, now)}})
			now = now.Add(time.Hour)
			commit(store.UnitOfWork{Deliveries: []bot.Delivery{{ID: "2", Chat: "test:eka", Notice: true, Created: now, Message: bot.Message{Text: "Kabar lain."}}}})
			if err := p.Start(t.Context()); err != nil {
				t.Fatal(err)
			}
			if err := p.Idle(t.Context()); err != nil {
				t.Fatal(err)
			}
			if said := w.said(); strings.Contains(said, "rahasia") || !strings.Contains(said, "Kabar lain") {
				t.Errorf("the chat was told: %s", said)
			}
		})
	}
}
