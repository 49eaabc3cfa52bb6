package notifications_test

import (
	"strings"
	"testing"

	"izinbot/bot"
	"izinbot/notifications"
	"izinbot/workflow"
	"izinbot/workflow/casework"
	"izinbot/workflow/store"
)

func (h *house) unreachable() *notifications.Unreachable {
	return &notifications.Unreachable{
		Store: h.store, Library: h.desk.Library, Texts: h.watch.Texts, Commits: h.watch.Commits, Now: h.clock, Log: h.watch.Log,
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
	p.Addresses = []bot.Address{"whatsapp:1", "telegram:2", "telegram:3"}
	h.commit(store.UnitOfWork{Persons: []store.Person{p}})
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
	if again := h.fails(d, "deactivated"); len(again) != 0 {
		t.Errorf("asked twice a day: %+v", again)
	}
	if got := h.morning("2026-11-24 08.00"); strings.Count(got, "1 telepon menunggu: ketik TELEPON") != 1 {
		t.Errorf("the digest of Front Office alone has it:\n%s", got)
	}
	if again := h.fails(d, "blocked"); len(again) != 0 {
		t.Errorf("asked again while the call is still to be made: %+v", again)
	}
	calls, err := casework.OpenCalls(t.Context(), h.store)
	if err != nil || len(calls) != 1 || calls[0].Case != id || calls[0].Role != "front_office" || calls[0].Why != store.CallBlocked {
		t.Fatalf("calls %+v, %v", calls, err)
	}
	calls[0].Made = h.now
	h.commit(store.UnitOfWork{Calls: calls})
	if got := h.morning("2026-11-25 08.00"); strings.Contains(got, "telepon menunggu") {
		t.Errorf("after the call:\n%s", got)
	}
	if again := h.fails(d, "blocked"); len(again) != 1 {
		t.Errorf("he is out of reach again on another day: %+v", again)
	}
}

// TestNoticeThatWaitsForRoom goes to another address, where there is one; nobody is
// asked to call, for it may still go.
func TestNoticeThatWaitsForRoom(t *testing.T) {
	h := newHouse(t, "2026-11-23 08.00")
	h.submit()
	u := h.unreachable()
	d := bot.Delivery{ID: "x/1@A-1", Chat: "test:A-1", Notice: true, Message: bot.Message{Text: "Kabar CONTOH"}}
	h.sent = nil
	if u.Elsewhere(t.Context(), d) || len(h.sent) != 0 {
		t.Errorf("with one address: %+v", h.sent)
	}
	p, err := h.store.Person(t.Context(), "A-1")
	if err != nil {
		t.Fatal(err)
	}
	p.Addresses = append(p.Addresses, "telegram:2")
	h.commit(store.UnitOfWork{Persons: []store.Person{p}})
	if !u.Elsewhere(t.Context(), d) || len(h.sent) != 1 || h.sent[0].Chat != "telegram:2" {
		t.Errorf("with two: %+v", h.sent)
	}
	if h.sent = nil; !u.Elsewhere(t.Context(), d) || len(h.sent) != 0 {
		t.Errorf("asked again, as after a crash: %+v", h.sent)
	}
	d.Chat = "test:stranger"
	if u.Elsewhere(t.Context(), d) {
		t.Error("nobody's notice went elsewhere")
	}
}

// TestNobodyInFrontOffice: those above are asked to call, a stand-in before them.
func TestNobodyInFrontOffice(t *testing.T) {
	h := newHouse(t, "2026-11-23 08.00")
	h.hire("pengganti", "ksb_umum")
	h.submit()
	h.disable("front_office")
	d := bot.Delivery{ID: "x/1@A-1", Chat: "test:A-1", Notice: true, Message: bot.Message{Text: "Kabar CONTOH"}}
	if sent := h.fails(d, "blocked"); len(sent) != 1 || sent[0].Chat != "test:kabid" {
		t.Fatalf("asked: %+v", sent)
	}
	h.hire("fo2", "front_office")
	from := h.now
	h.commit(store.UnitOfWork{Delegations: []workflow.Delegation{{
		ID: "d1", Kind: "Plh.", Role: "front_office", Principal: "fo2", Deputy: "pengganti", From: from, To: from.AddDate(0, 0, 5),
	}}})
	h.disable("kabid") // who had the call
	h.at("2026-11-24 08.00")
	if sent := h.fails(d, "blocked"); len(sent) != 1 || sent[0].Chat != "test:pengganti" {
		t.Fatalf("asked: %+v", sent)
	}
}

func TestOfficerOutOfReach(t *testing.T) {
	h := newHouse(t, "2026-11-23 08.00")
	d := bot.Delivery{ID: "x/1@front_office", Chat: "test:front_office", Notice: true, Message: bot.Message{
		Text: "Tugas CONTOH", Choices: []bot.Choice{{ID: "/buka LKS-2026-00001-3", Label: "Buka"}},
	}}
	sent := h.fails(d, "gave_up_timeout")
	if len(sent) != 1 || sent[0].Chat != "test:kabid" || !strings.Contains(sent[0].Message.Text, "Petugas CONTOH front_office") || len(sent[0].Message.Choices) != 3 {
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
	d.Chat = "test:backoffice"
	h.disable("backoffice")
	if sent = h.fails(d, "blocked"); len(sent) != 0 {
		t.Errorf("for an officer who is gone: %+v", sent)
	}
}
