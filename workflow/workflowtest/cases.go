package workflowtest

import (
	"fmt"
	"time"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/internal/kept"
	"izinbot/workflow/store"
)

func caseTests() map[string]func(*suite) {
	return map[string]func(*suite){
		"a saved case is read as it was":             caseRoundTrip,
		"what is missing is not found":               caseMissing,
		"the loser of a race writes nothing":         caseConflict,
		"a second first save is a conflict":          caseTwiceNew,
		"a key is taken once":                        caseDuplicate,
		"several entries in one change":              caseEntries,
		"a document that moves twice in one unit":    caseTwiceInOne,
		"history is whole after a restart":           caseHistory,
		"a refused unit leaves no trace":             caseWholeTurn,
		"the conversation is guarded":                caseConversation,
		"ids come in order":                          caseIDs,
		"a damaged case is told from an outage":      caseDamaged,
		"an ended context or a closed store is told": caseUnavailable,
	}
}

func caseRoundTrip(s *suite) {
	change := s.submit("LKS-2026-00001-5")
	s.save(change)
	s.restart()
	s.equal(s.load(change.Case.ID), change.Case)
	next := s.change(change.Case, "k2")
	next.Case.Stage, next.Case.Holder = workflow.StageWaiting, nil
	s.save(next)
	s.equal(s.load(change.Case.ID), next.Case)
}

func caseMissing(s *suite) {
	_, err := s.store.Case(s.Context(), "LKS-2026-09999-1")
	s.code(err, workflow.CodeNotFound)
	_, err = s.store.EntryByKey(s.Context(), "LKS-2026-09999-1", "k")
	s.code(err, workflow.CodeNotFound)
	list, err := s.store.History(s.Context(), "LKS-2026-09999-1")
	s.ok(err)
	s.equal(len(list), 0)
}

func caseConflict(s *suite) {
	first := s.submit("A-2026-00001-1")
	s.save(first)
	winner, loser := s.change(first.Case, "winner"), s.change(first.Case, "loser")
	loser.Case.Step = 99
	s.save(winner)
	s.refused(store.UnitOfWork{Cases: []store.CaseChange{loser}}, workflow.CodeConflict)
	s.equal(s.load(first.Case.ID), winner.Case)
	_, err := s.store.EntryByKey(s.Context(), first.Case.ID, "loser")
	s.code(err, workflow.CodeNotFound)
	s.refused(store.UnitOfWork{Cases: []store.CaseChange{s.change(workflow.Case{ID: "none", Version: 3}, "k")}}, workflow.CodeConflict)
}

func caseTwiceNew(s *suite) {
	first := s.submit("A-2026-00001-1")
	s.save(first)
	other := s.change(Case("A-2026-00001-1", start()), "another key")
	s.refused(store.UnitOfWork{Cases: []store.CaseChange{other}}, workflow.CodeConflict)
	s.refused(store.UnitOfWork{Cases: []store.CaseChange{first}}, workflow.CodeDuplicate)
}

func caseDuplicate(s *suite) {
	first := s.submit("A-2026-00001-1")
	s.save(first)
	second := s.change(first.Case, "k2")
	s.save(second)
	s.refused(store.UnitOfWork{Cases: []store.CaseChange{second}}, workflow.CodeDuplicate)
	s.refused(store.UnitOfWork{Cases: []store.CaseChange{s.change(second.Case, "k2")}}, workflow.CodeDuplicate)
	s.refused(store.UnitOfWork{Cases: []store.CaseChange{s.change(second.Case, "k3", "k2")}}, workflow.CodeDuplicate)
	s.equal(s.load(first.Case.ID).Version, 2)
	other := s.submit("A-2026-00002-2")
	s.save(other)
	s.save(s.change(other.Case, "k2")) // a key counts within its case
}

func caseEntries(s *suite) {
	first := s.change(Case("A-2026-00001-1", start()), "a", "b")
	s.save(first)
	s.equal(s.load(first.Case.ID).Version, 2)
	s.save(s.change(first.Case, "c", "d", "e"))
	list, err := s.store.History(s.Context(), first.Case.ID)
	s.ok(err)
	for i, key := range []string{"a", "b", "c", "d", "e"} {
		s.equal([]any{list[i].Seq, list[i].Key}, []any{i + 1, key})
	}
}

// caseTwiceInOne has a unit of work whose second change follows from its first.
func caseTwiceInOne(s *suite) {
	first := s.submit("A-2026-00001-1")
	s.save(first)
	second := s.change(first.Case, "k2")
	s.refused(store.UnitOfWork{Cases: []store.CaseChange{second, s.change(second.Case, "k2")}}, workflow.CodeDuplicate)
	s.commit(store.UnitOfWork{
		Cases:   []store.CaseChange{second, s.change(second.Case, "k3")},
		Persons: []store.Person{{ID: "P-1"}, {ID: "P-1", Version: 1, Addresses: []bot.Address{"sim:1"}}},
	})
	s.equal(s.load(first.Case.ID).Version, 3)
	p, err := s.store.PersonAt(s.Context(), "sim:1")
	s.ok(err)
	s.equal(p.Version, 2)
	p.Name = "CONTOH"
	s.commit(store.UnitOfWork{Persons: []store.Person{p}})
}

func caseHistory(s *suite) {
	change := s.submit("A-2026-00001-1")
	want := change.Entries
	s.save(change)
	for i := range 20 {
		change = s.change(change.Case, fmt.Sprint("key ", i))
		s.save(change)
		want = append(want, change.Entries...)
	}
	s.restart()
	list, err := s.store.History(s.Context(), change.Case.ID)
	s.ok(err)
	s.equal(list, want)
	seq, reason := workflow.VerifyHistory(change.Case.ID, list)
	s.equal([]any{seq, reason}, []any{0, workflow.Flaw("")})
	e, err := s.store.EntryByKey(s.Context(), change.Case.ID, "key 7")
	s.ok(err)
	s.equal(e, want[8])
}

// caseWholeTurn has a unit of work whose last guarded part is stale: nothing of it may
// stay, whatever stood before that part.
func caseWholeTurn(s *suite) {
	first := s.submit("A-2026-00001-1")
	s.save(first)
	s.commit(store.UnitOfWork{Conversation: &bot.Conversation{Chat: "sim:1", Handled: 1}})
	t := store.UnitOfWork{
		Cases:        []store.CaseChange{s.change(first.Case, "k2"), s.submit("A-2026-00002-2")},
		Persons:      []store.Person{{ID: "P-9", Addresses: []bot.Address{"sim:9"}}},
		Officers:     []workflow.Officer{{ID: "O-9", Person: "P-9"}},
		Invitations:  []workflow.Invitation{{Hash: "h9"}},
		Delegations:  []workflow.Delegation{{ID: "D-9", To: start().Add(time.Hour)}},
		Conversation: &bot.Conversation{Chat: "sim:1", Handled: 2},
		Deliveries:   []bot.Delivery{{ID: "d9", Chat: "sim:1", Created: start()}},
	}
	s.refused(t, workflow.CodeConflict)
	s.equal(s.load(first.Case.ID).Version, 1)
	_, err := s.store.Case(s.Context(), "A-2026-00002-2")
	s.code(err, workflow.CodeNotFound)
	_, err = s.store.PersonAt(s.Context(), "sim:9")
	s.code(err, workflow.CodeNotFound)
	_, err = s.store.Officer(s.Context(), "O-9")
	s.code(err, workflow.CodeNotFound)
	_, err = s.store.Invitation(s.Context(), "h9")
	s.code(err, workflow.CodeNotFound)
	list, err := s.store.Claim(s.Context(), bot.Claim{Owner: "w", Now: start(), Until: start().Add(time.Minute), Limit: 10})
	s.ok(err)
	s.equal(len(list), 0)
	t.Conversation = nil
	s.equal(len(s.commit(t)), 1)
}

func caseConversation(s *suite) {
	s.equal(s.conversation("sim:1"), bot.Conversation{Chat: "sim:1"})
	s.commit(store.UnitOfWork{Conversation: &bot.Conversation{Chat: "sim:1", Handled: 4, State: []byte(`{"step":"nama"}`)}})
	c := s.conversation("sim:1")
	s.equal(c, bot.Conversation{Chat: "sim:1", Version: 1, Handled: 4, State: []byte(`{"step":"nama"}`)})
	s.refused(store.UnitOfWork{Conversation: &bot.Conversation{Chat: "sim:1", Handled: 5}}, workflow.CodeConflict)
	stale := c
	c.Handled, c.State = 5, []byte(`{"step":"alamat"}`)
	s.commit(store.UnitOfWork{Conversation: &c})
	s.refused(store.UnitOfWork{Conversation: &stale}, workflow.CodeConflict)
	s.restart()
	s.equal(s.conversation("sim:1"), bot.Conversation{Chat: "sim:1", Version: 2, Handled: 5, State: []byte(`{"step":"alamat"}`)})
}

func caseIDs(s *suite) {
	for _, n := range []int{3, 1, 5, 2, 4} {
		s.save(s.submit(workflow.MakeCaseID("LKS", 2026, n)))
	}
	var got []workflow.CaseID
	for after := workflow.CaseID(""); ; {
		page, err := s.store.CaseIDs(s.Context(), after, 2)
		s.ok(err)
		if len(page) == 0 {
			break
		}
		got, after = append(got, page...), page[len(page)-1]
	}
	for i, id := range got {
		s.equal(id, workflow.MakeCaseID("LKS", 2026, i+1))
	}
	s.equal(len(got), 5)
}

// caseDamaged: a document that cannot be read has a code of its own. Its history, the
// lists and all other cases are read as ever.
func caseDamaged(s *suite) {
	bad, good := s.submit("A-2026-00001-1"), s.submit("A-2026-00002-2")
	s.save(bad)
	s.save(good)
	for _, doc := range [][]byte{nil, {0xff, 0xff}, kept.Pack([]byte("{")), kept.Pack([]byte(`{"version":"x"}`))} {
		s.spoil(s.T, s.store, bad.Case.ID, doc)
		s.restart()
		_, err := s.store.Case(s.Context(), bad.Case.ID)
		s.code(err, workflow.CodeDamaged)
		s.equal(s.load(good.Case.ID), good.Case)
		entries, err := s.store.History(s.Context(), bad.Case.ID)
		s.ok(err)
		s.equal(len(entries), 1)
		ids, err := s.store.CaseIDs(s.Context(), "", 5)
		s.ok(err)
		s.equal(len(ids), 2)
		rows, err := s.store.Find(s.Context(), string(bad.Case.ID), 5)
		s.ok(err)
		s.equal(len(rows), 1)
	}
}

func caseUnavailable(s *suite) {
	ended, end := contextOf(s)
	end()
	_, err := s.store.Case(ended, "A-2026-00001-1")
	s.code(err, workflow.CodeUnavailable)
	_, err = s.store.Commit(ended, start(), store.UnitOfWork{Cases: []store.CaseChange{s.submit("A-2026-00001-1")}})
	s.code(err, workflow.CodeUnavailable)
	s.ok(s.store.Close())
	_, err = s.store.Case(s.Context(), "A-2026-00001-1")
	s.code(err, workflow.CodeUnavailable)
	_, err = s.store.Commit(s.Context(), start(), store.UnitOfWork{Cases: []store.CaseChange{s.submit("A-2026-00001-1")}})
	s.code(err, workflow.CodeUnavailable)
	s.ok(s.store.Close())
}
