package workflowtest

import (
	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/store"
)

// termTests are about the lease by which one of several processes is the active one, and
// its terms.
func termTests() map[string]func(*suite) {
	return map[string]func(*suite){
		"a lease is taken as it was seen":           termTake,
		"a term grows with the holder, a beat ever": termGrows,
		"a unit of an old term writes nothing":      termFence,
		"a unit without a term is always written":   termNone,
		"claims of an earlier owner are void":       termVoid,
	}
}

func (s *suite) take(seen store.Lease, holder string) store.Lease {
	s.Helper()
	l, err := s.store.TakeLease(s.Context(), seen, holder)
	s.ok(err)
	now, err := s.store.Lease(s.Context())
	s.ok(err)
	s.equal(now, l)
	return l
}

func termTake(s *suite) {
	none, err := s.store.Lease(s.Context())
	s.ok(err)
	s.equal(none, store.Lease{})
	first := s.take(none, "a")
	s.equal(first, store.Lease{Holder: "a", Term: 1, Beat: 1})
	_, err = s.store.TakeLease(s.Context(), none, "b")
	s.code(err, workflow.CodeConflict)
	second := s.take(first, "a")
	for _, stale := range []store.Lease{first, {Holder: "b", Term: 1, Beat: 2}, {Holder: "a", Term: 2, Beat: 2}} {
		_, err = s.store.TakeLease(s.Context(), stale, "b")
		s.code(err, workflow.CodeConflict)
	}
	s.restart()
	s.equal(s.take(second, "b").Term, int64(2))
}

func termGrows(s *suite) {
	l := s.take(s.take(store.Lease{}, "a"), "a")
	s.equal(l, store.Lease{Holder: "a", Term: 1, Beat: 2})
	l = s.take(l, "")
	s.equal(l, store.Lease{Term: 1, Beat: 3})
	s.equal(s.take(l, "a"), store.Lease{Holder: "a", Term: 2, Beat: 4})
}

// under is a unit of work of a chat under a term.
func (s *suite) under(term int64, text string) store.UnitOfWork {
	c := s.conversation("sim:1")
	c.Handled++
	return store.UnitOfWork{Conversation: &c, Deliveries: []bot.Delivery{delivery("sim:1", text)}, Term: term}
}

func termFence(s *suite) {
	s.refused(s.under(1, "nobody is active"), workflow.CodeFenced)
	l := s.take(store.Lease{}, "a")
	s.commit(s.under(1, "a"))
	late := s.under(1, "late")
	l = s.take(l, "b")
	s.refused(late, workflow.CodeFenced)
	late.Cases = []store.CaseChange{s.submit("A-2026-00001-1")}
	late.Claims = []string{"rung/x"}
	s.refused(late, workflow.CodeFenced)
	_, err := s.store.Case(s.Context(), "A-2026-00001-1")
	s.code(err, workflow.CodeNotFound)
	s.commit(s.under(2, "b"))
	s.take(s.take(l, "b"), "")
	s.commit(s.under(2, "c")) // given back, but to nobody yet
	s.commit(store.UnitOfWork{Claims: []string{"rung/x"}})
	s.equal(s.claimed("w", in(0), 10), "a b c ")
}

func termNone(s *suite) {
	l := s.take(store.Lease{}, "a")
	s.commit(s.under(1, "a"))
	s.commit(s.under(0, "b"))
	s.take(l, "b")
	s.commit(s.under(0, "c"))
	s.refused(s.under(1, "late"), workflow.CodeFenced)
	s.commit(s.under(2, "d"))
	s.equal(s.claimed("w", in(0), 10), "a b c d ")
}

func termVoid(s *suite) {
	first := s.own("dead", in(0), delivery("sim:1", "a"), delivery("sim:1", "b"))
	s.equal(s.claimed("w", in(0), 10), "a b ")
	s.equal(s.claimed("w", in(0), 10), "") // its own count
	s.settle(in(0), bot.Settlement{Seq: first[0].Seq, Chat: first[0].Chat, State: bot.DeliveryRetry, Owner: "dead"})
	s.equal(s.claimed("w", in(0), 10), "") // and the dead cannot end them
	s.settle(in(0), sent(first[0]))        // late, but true
	s.equal(s.claimed("v", in(0), 10), "b ")
}
