package notifications_test

import (
	"strings"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/store"
)

// linked has A-1, who applied, turn out to be B-1, who goes on.
func (h *house) linked() {
	h.t.Helper()
	h.person("B-1", "telegram:2")
	a, err := h.store.Person(h.t.Context(), "A-1")
	if err != nil {
		h.t.Fatal(err)
	}
	b, err := h.store.Person(h.t.Context(), "B-1")
	if err != nil {
		h.t.Fatal(err)
	}
	b, a = b.Merge(a, h.now)
	h.commit(store.UnitOfWork{Persons: []store.Person{a, b}})
}

// TestNewsReachWhoThePersonTurnedOutToBe at the chat that he used last.
func TestNewsReachWhoThePersonTurnedOutToBe(t *testing.T) {
	h := newHouse(t, "2026-11-23 08.00")
	id := h.submit()
	h.linked()
	h.clarify(id)
	waiting, err := h.store.Claim(t.Context(), bot.Claim{Owner: "test", Now: h.now.Add(time.Hour), Until: h.now.Add(2 * time.Hour), Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	var told []bot.Address
	for _, d := range waiting {
		if strings.Contains(d.ID, "@B-1") {
			told = append(told, d.Chat)
		}
	}
	if len(told) != 1 || told[0] != "telegram:2" {
		t.Errorf("told at %q: %+v", told, waiting)
	}
}

// TestCallForCasesUnderAnEarlierID: somebody is asked to call about all his cases.
func TestCallForCasesUnderAnEarlierID(t *testing.T) {
	h := newHouse(t, "2026-11-23 08.00")
	id := h.submit()
	h.linked()
	d := bot.Delivery{ID: "x/1@B-1", Chat: "telegram:2", Notice: true, Message: bot.Message{Text: "Kabar CONTOH"}}
	other := h.fails(d, "blocked")
	if len(other) != 1 || other[0].Chat != "test:A-1" {
		t.Fatalf("instead: %+v", other)
	}
	sent := h.fails(other[0], "blocked")
	if len(sent) != 1 || sent[0].Chat != "test:front_office" || !strings.Contains(sent[0].Message.Text, string(id)) {
		t.Errorf("nobody is asked to call: %+v", sent)
	}
}

// TestReminderNamesTheCommandInThePersonsLanguage: what an applicant has to type is
// told by its name there.
func TestReminderNamesTheCommandInThePersonsLanguage(t *testing.T) {
	h := newHouse(t, "2026-11-23 08.00")
	h.watch.CommandIn = func(lang workflow.Lang, name string) string { return name + "_" + string(lang) }
	id := h.submit()
	p, err := h.store.Person(t.Context(), "A-1")
	if err != nil {
		t.Fatal(err)
	}
	p.Lang = workflow.English
	h.commit(store.UnitOfWork{Persons: []store.Person{p}})
	h.clarify(id)
	h.says("2026-12-02 07.30", "A-1: ")
	if c := h.sent[0].Message.Choices; len(c) != 1 || c[0].ID != "/lengkapi_en "+string(id) {
		t.Errorf("choices %+v", c)
	}
}
