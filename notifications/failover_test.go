package notifications_test

import (
	"strings"
	"testing"

	"izinbot/bot"
	"izinbot/notifications"
	"izinbot/workflow"
	"izinbot/workflow/store"
)

func (h *house) unreachable() *notifications.Unreachable {
	return &notifications.Unreachable{
		Store: h.store, Library: h.desk.Library, Texts: h.watch.Texts, Sender: h, Now: h.clock, Log: h.watch.Log,
	}
}

// fails has a notice to a chat fail for good, and gives what was sent instead.
func (h *house) fails(d bot.Delivery, reason string) []bot.Delivery {
	h.t.Helper()
	h.sent = nil
	h.unreachable().Dead(h.t.Context(), d, reason)
	if strings.Contains(h.log.String(), "ERROR") {
		h.t.Fatal(h.log.String())
	}
	return h.sent
}

// TestOtherAddress: a notice tries each address of its person once, then somebody is
// asked to call.
func TestOtherAddress(t *testing.T) {
	h := newHouse(t, "2026-11-23 08.00")
	id := h.submit()
	p, err := h.store.Person(t.Context(), "A-1")
	if err != nil {
		t.Fatal(err)
	}
	p.Addresses = []string{"whatsapp:1", "telegram:2", "telegram:3"}
	h.commit(store.Turn{Persons: []workflow.Person{p}})
	d := bot.Delivery{ID: "x/1@A-1", Chat: "whatsapp:1", Notice: true, Message: bot.Message{
		Text: "Kabar CONTOH", Choices: []bot.Choice{{ID: "/status", Label: "Status"}, {ID: "k3:1", Label: "Ya"}},
	}}
	for _, want := range []bot.Address{"telegram:2", "telegram:3"} {
		sent := h.fails(d, "reachout_timelock")
		if len(sent) != 1 || sent[0].Chat != want || sent[0].Message.Text != "Kabar CONTOH" || len(sent[0].Message.Choices) != 1 {
			t.Fatalf("instead: %+v", sent)
		}
		d = sent[0]
	}
	sent := h.fails(d, "blocked")
	if len(sent) != 1 || sent[0].Chat != "test:front_office" || !strings.Contains(sent[0].Message.Text, string(id)) {
		t.Fatalf("nobody is asked to call: %+v", sent)
	}
	if again := h.fails(d, "blocked"); len(again) != 0 {
		t.Errorf("asked twice a day: %+v", again)
	}
}

func TestOfficerOutOfReach(t *testing.T) {
	h := newHouse(t, "2026-11-23 08.00")
	d := bot.Delivery{ID: "x/1@front_office", Chat: "test:front_office", Notice: true, Message: bot.Message{
		Text: "Tugas CONTOH", Choices: []bot.Choice{{ID: "/buka LKS-2026-00001-3", Label: "Buka"}},
	}}
	sent := h.fails(d, "gave_up_timeout")
	if len(sent) != 1 || sent[0].Chat != "test:kabid" || !strings.Contains(sent[0].Message.Text, "Petugas CONTOH front_office") || len(sent[0].Message.Choices) != 2 {
		t.Fatalf("the superior is not asked: %+v", sent)
	}
	h.disable("kabid")
	h.at("2026-11-24 08.00")
	if sent = h.fails(d, "blocked"); len(sent) != 1 || sent[0].Chat != "test:sekretaris" {
		t.Fatalf("the next superior is not asked: %+v", sent)
	}
	if sent = h.fails(d, "refused"); len(sent) != 0 {
		t.Errorf("a bad message makes somebody call: %+v", sent)
	}
	d.Chat = "test:nobody"
	if sent = h.fails(d, "blocked"); len(sent) != 0 {
		t.Errorf("for a stranger: %+v", sent)
	}
}
