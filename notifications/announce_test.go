package notifications_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/store"
)

// waiting takes the messages that wait in the store, as "person: text", and has them
// arrive.
func (h *house) waiting() []string {
	h.t.Helper()
	late := h.now.Add(time.Hour)
	list, err := h.store.Claim(h.t.Context(), bot.Claim{Owner: "test", Now: late, Until: late.Add(time.Hour), Limit: 100})
	if err != nil {
		h.t.Fatal(err)
	}
	var out []string
	for _, d := range list {
		out = append(out, d.Chat.Chat()+": "+d.Message.Text)
		if err := h.store.Settle(h.t.Context(), late, bot.Settlement{Seq: d.Seq, Chat: d.Chat, State: bot.DeliverySent, Owner: "test"}); err != nil {
			h.t.Fatal(err)
		}
	}
	slices.Sort(out)
	return out
}

// hears asserts who hears a text, and nobody else.
func (h *house) hears(text string, who ...string) {
	h.t.Helper()
	var heard []string
	all := h.waiting()
	for _, line := range all {
		person, said, _ := strings.Cut(line, ": ")
		if strings.Contains(said, text) {
			heard = append(heard, person)
		}
	}
	if !slices.Equal(heard, who) {
		h.t.Errorf("%q is heard by %q, not by %q:\n%s", text, heard, who, strings.Join(all, "\n"))
	}
}

// TestNewsOfARole go to those who work in it, not to who is away; to those above if
// nobody does.
func TestNewsOfARole(t *testing.T) {
	h := newHouse(t, "2026-11-23 08.00")
	h.hire("fo2", "front_office")
	h.submit()
	h.hears("Tugas baru", "fo2", "front_office")
	h.hire("wakil", "ksb_umum")
	h.commit(store.UnitOfWork{Delegations: []workflow.Delegation{{
		ID: "d1", Kind: "Plh.", Role: "front_office", Principal: "fo2", Deputy: "wakil", From: h.now, To: h.now.AddDate(0, 0, 1),
	}}})
	h.submit()
	h.hears("Tugas baru", "front_office", "wakil")
	h.at("2026-11-24 08.00")
	h.disable("fo2")
	h.disable("front_office")
	h.submit()
	h.hears("Tugas baru", "kabid")
}

// TestNewsOfAnOfficerWhoIsGone are for those who can do his task now.
func TestNewsOfAnOfficerWhoIsGone(t *testing.T) {
	h := newHouse(t, "2026-11-23 08.00")
	h.hire("fo2", "front_office")
	id := h.submit()
	h.waiting()
	to := workflow.Actor{Officer: "fo2", Person: "fo2", Role: "front_office", Name: "Petugas CONTOH fo2"}
	h.do(id, "kabid", workflow.HandOver{To: &to})
	h.hears("", "fo2")
	h.disable("fo2")
	h.do(id, "kabid", workflow.HandOver{To: &to}) // from an old list
	h.hears("", "front_office")
}
