package workflowtest

import (
	"fmt"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/store"
)

// Fill puts records of every kind into an empty store, in every state that matters
// to a copy. All of it is made up.
func Fill(t *testing.T, to store.Store) {
	t.Helper()
	s := &suite{T: t, store: to}
	for _, version := range []string{"1", "2"} {
		s.ok(to.SaveSOP(t.Context(), workflow.SOPRef{Name: "lks-asing", Version: version}, []byte("langkah: "+version)))
	}
	s.fillPeople()
	s.fillCases()
	s.fillChats()
	s.commit(store.UnitOfWork{Calls: []store.Call{officerCall("O-1", "2026-11-24"), caseCall("LKS-2026-00001-3", "2026-11-23")}})
	s.commit(store.UnitOfWork{Calls: []store.Call{made(caseCall("LKS-2026-00001-3", "2026-11-23"), in(time.Hour))}})
	s.commit(store.UnitOfWork{Claims: []string{"rung/a", "rung/b", "digest/O-1", "viewed/LKS-2026-00001-5/2026-11-23T15:45:00/O-1/A2"}})
}

func (s *suite) fillPeople() {
	s.Helper()
	s.commit(store.UnitOfWork{
		Persons: []store.Person{
			{ID: "P-1", Name: "Ani CONTOH", Addresses: []bot.Address{"sim:1", "sim:moved"}, Created: start()},
			{ID: "P-2", Name: "Badu CONTOH", Addresses: []bot.Address{"sim:2"}, Created: start()},
		},
		// Their ids are not in the order in which they came.
		Officers:    []workflow.Officer{{ID: "O-2", Name: "Badu CONTOH", Roles: []workflow.Role{"kabid"}}, {ID: "O-1", Name: "Citra CONTOH"}},
		Invitations: []workflow.Invitation{{Hash: "hash-1", Officer: "O-1", Expires: in(time.Hour)}, {Hash: "hash-2", Officer: "O-2", Expires: in(time.Hour)}},
		Delegations: []workflow.Delegation{
			{ID: "D-1", Kind: "Plh.", Role: "kabid", Principal: "O-2", Deputy: "O-1", From: start(), To: in(96 * time.Hour)},
			{ID: "D-2", Kind: "Plt.", Role: "kabid", Principal: "O-2", Deputy: "O-1", From: start(), To: in(96 * time.Hour), Cancelled: in(time.Hour)},
		},
	})
	s.commit(store.UnitOfWork{
		Persons:  []store.Person{{ID: "P-2", Version: 1, Name: "Badu CONTOH", Addresses: []bot.Address{"sim:moved", "sim:2"}, Created: start()}},
		Officers: []workflow.Officer{{ID: "O-2", Version: 1, Name: "Badu CONTOH", Person: "P-2", OTP: workflow.OTP{Secret: []byte{1, 2, 3}}}},
	})
	s.commit(store.UnitOfWork{Officers: []workflow.Officer{{ID: "O-0", Name: "Badu CONTOH, lagi", Person: "P-2"}}})
}

func (s *suite) fillCases() {
	s.Helper()
	// The later case has the smaller place in the alphabet of another procedure too.
	for _, id := range []workflow.CaseID{"LKS-2026-00001-3", "LKS-2026-00002-1", "AAA-2026-00001-1"} {
		change := s.submit(id)
		change.Task.Check = in(time.Hour)
		if id == "AAA-2026-00001-1" {
			change.Task = store.Task{Label: "Usaha CONTOH", Keywords: "usaha contoh"}
		}
		change.Milestones = []store.Milestone{
			{Case: id, SOP: "lks-asing", Kind: store.MilestoneRun, Step: 3, Outcome: "ya", At: start(), Used: time.Hour},
			{Case: id, SOP: "lks-asing", Kind: store.MilestoneRun, Step: 3, Outcome: "ya", At: start(), Used: time.Hour}, // the very same
			{Case: id, SOP: "lks-asing", Kind: store.MilestoneEnd, Outcome: "terbit", At: in(time.Hour)},
		}
		s.save(change)
	}
	change := s.change(s.load("LKS-2026-00002-1"), "k2", "k3")
	change.Case.Step = 7
	s.save(change)
	s.fillHistory("LKS-2026-00002-1")
	s.equal(s.reserve("agenda", 2026, "LKS-2026-00001-3/surat_izin"), 1)
	s.equal(s.reserve("agenda", 2026, "LKS-2026-00001-3/resi"), 2)
	s.equal(s.reserve("izin", 2027, "LKS-2026-00001-3/surat_izin"), 1)
	change = s.change(s.load("LKS-2026-00001-3"), "nomor")
	change.Numbers = []workflow.NumberChange{{
		Letter: "resi", Status: workflow.NumberIssued, Number: workflow.Number{Register: "agenda", Year: 2026, Seq: 2},
	}}
	s.save(change)
	s.commit(store.UnitOfWork{Looks: []store.Look{{Case: "LKS-2026-00001-3", At: in(30 * time.Hour)}}})
}

// fillHistory adds entries to a case one by one, so many that a store that keeps new ones
// apart from old ones has some of both.
func (s *suite) fillHistory(id workflow.CaseID) {
	s.Helper()
	for i := range 20 {
		s.save(s.change(s.load(id), fmt.Sprint("more", i)))
	}
}

// fillChats leaves a chat with a handled and two unhandled messages, and one that
// was never answered.
func (s *suite) fillChats() {
	s.Helper()
	got := s.accept(message("sim:1", "satu"), message("sim:1", "dua"), message("sim:2", "lain"), message("sim:1", "tiga"))
	talk := bot.Conversation{Chat: "sim:1", Handled: got[0].Seq, State: []byte(`{"langkah":"nama"}`)}
	list := s.commit(store.UnitOfWork{
		Conversation: &talk, Owner: "o", Lease: in(lease),
		Deliveries: []bot.Delivery{
			delivery("sim:1", "terkirim"), delivery("sim:1", "gagal"), delivery("sim:1", "diulang"), delivery("sim:1", "menunggu"),
			{ID: "besok", Chat: "sim:3", Notice: true, Message: bot.Message{Text: "besok"}, Created: start(), NotBefore: in(24 * time.Hour)},
		},
	})
	s.settle(in(time.Second), sent(list[0]),
		bot.Settlement{Seq: list[1].Seq, Chat: list[1].Chat, State: bot.DeliveryDead, Reason: "blocked", Owner: "o"},
		bot.Settlement{Seq: list[2].Seq, Chat: list[2].Chat, State: bot.DeliveryRetry, Retry: in(time.Hour), Attempts: 2, Reason: "busy", Owner: "o"})
	s.commit(store.UnitOfWork{Conversation: &bot.Conversation{Chat: "sim:3"}})
}
