package workflowtest

import (
	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/store"
)

// shareTests are about what several processes divide among themselves.
func shareTests() map[string]func(*suite) {
	return map[string]func(*suite){
		"a lease is taken as it was seen":          shareTake,
		"a term grows with the owner, a beat ever": shareTerms,
		"leases are listed by prefix":              shareList,
		"a unit of an old term writes nothing":     shareFence,
		"only our chats are claimed":               shareClaim,
		"leases of who lost a chat are void":       shareVoid,
		"born leased in our chats alone":           shareBorn,
	}
}

func (s *suite) take(seen store.Lease, owner string) store.Lease {
	s.Helper()
	l, err := s.store.TakeLease(s.Context(), seen, owner)
	s.ok(err)
	return l
}

func shareTake(s *suite) {
	none := store.Lease{Name: "clock"}
	first := s.take(none, "a")
	s.equal(first, store.Lease{Name: "clock", Owner: "a", Term: 1, Beat: 1})
	_, err := s.store.TakeLease(s.Context(), none, "b")
	s.code(err, workflow.CodeConflict)
	second := s.take(first, "a")
	for _, stale := range []store.Lease{first, {Name: "clock", Owner: "b", Term: 1, Beat: 2}, {Name: "clock", Owner: "a", Term: 2, Beat: 2}} {
		_, err = s.store.TakeLease(s.Context(), stale, "b")
		s.code(err, workflow.CodeConflict)
	}
	s.restart()
	s.equal(s.take(second, "b").Term, int64(2))
}

func shareTerms(s *suite) {
	l := s.take(store.Lease{Name: "clock"}, "a")
	l = s.take(l, "a")
	s.equal(l, store.Lease{Name: "clock", Owner: "a", Term: 1, Beat: 2})
	l = s.take(l, "")
	s.equal(l, store.Lease{Name: "clock", Term: 1, Beat: 3})
	s.equal(s.take(l, "a"), store.Lease{Name: "clock", Owner: "a", Term: 2, Beat: 4})
}

func shareList(s *suite) {
	b, a := s.take(store.Lease{Name: "chats/b"}, "x"), s.take(store.Lease{Name: "chats/a"}, "y")
	s.take(store.Lease{Name: "clock"}, "x")
	list, err := s.store.Leases(s.Context(), "chats/")
	s.ok(err)
	s.equal(list, []store.Lease{a, b})
	list, err = s.store.Leases(s.Context(), "none")
	s.ok(err)
	s.equal(len(list), 0)
}

// fenced is a turn of a chat under a term.
func (s *suite) fenced(term int64, text string) store.UnitOfWork {
	c := s.conversation("sim:1")
	c.Handled++
	return store.UnitOfWork{
		Conversation: &c, Deliveries: []bot.Delivery{delivery("sim:1", text)},
		Fence: store.Fence{Lease: "chats/a", Term: term},
	}
}

func shareFence(s *suite) {
	s.refused(s.fenced(1, "no lease"), workflow.CodeFenced)
	l := s.take(store.Lease{Name: "chats/a"}, "a")
	s.commit(s.fenced(1, "a"))
	late := s.fenced(1, "late")
	l = s.take(l, "b")
	s.refused(late, workflow.CodeFenced)
	late.Cases = []store.CaseChange{s.submit("A-2026-00001-1")}
	late.Claims = []string{"rung/x"}
	s.refused(late, workflow.CodeFenced)
	_, err := s.store.Case(s.Context(), "A-2026-00001-1")
	s.code(err, workflow.CodeNotFound)
	s.commit(s.fenced(2, "b"))
	s.take(s.take(l, "b"), "")
	s.commit(s.fenced(2, "c")) // given back, but to nobody yet
	s.commit(store.UnitOfWork{Claims: []string{"rung/x"}})
	s.equal(s.claimed("w", in(0), 10), "a b c ")
}

// ours claims for owner the chats that are his.
func (s *suite) ours(owner string, chats ...bot.Address) string {
	s.Helper()
	list, err := s.store.Claim(s.Context(), bot.Claim{
		Owner: owner, Now: in(0), Until: in(lease), Limit: 10, Ours: only(chats...),
	})
	s.ok(err)
	return idsOf(list)
}

func only(chats ...bot.Address) func(bot.Address) bool {
	set := map[bot.Address]bool{}
	for _, c := range chats {
		set[c] = true
	}
	return func(a bot.Address) bool { return set[a] }
}

func shareClaim(s *suite) {
	s.post(delivery("sim:1", "a"), delivery("sim:2", "b"))
	s.equal(s.ours("w", "sim:2"), "b ")
	s.equal(s.ours("v", "sim:1"), "a ")
}

func shareVoid(s *suite) {
	first := s.own("dead", in(0), delivery("sim:1", "a"), delivery("sim:1", "b"))
	s.equal(s.claimed("w", in(0), 10), "")
	s.equal(s.ours("w", "sim:1"), "a b ")
	s.equal(s.ours("w", "sim:1"), "") // w's own lease counts
	s.settle(in(0), bot.Settlement{Seq: first[0].Seq, Chat: first[0].Chat, State: bot.DeliveryRetry, Owner: "dead"})
	s.equal(s.ours("w", "sim:1"), "") // and the dead cannot end it
	s.settle(in(0), sent(first[0]))   // late, but true
	s.equal(s.ours("v", "sim:1"), "b ")
}

func shareBorn(s *suite) {
	got, err := s.store.Commit(s.Context(), in(0), store.UnitOfWork{
		Deliveries: []bot.Delivery{delivery("sim:1", "a"), delivery("sim:2", "b")},
		Owner:      "w", Lease: in(lease), Ours: only("sim:1"),
	})
	s.ok(err)
	s.equal([]bool{got[0].Leased.IsZero(), got[1].Leased.IsZero()}, []bool{false, true})
	s.equal(s.claimed("v", in(0), 10), "b ")
}
