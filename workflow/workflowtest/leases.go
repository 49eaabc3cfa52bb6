package workflowtest

import (
	"time"

	"izinbot/bot"
	"izinbot/workflow/store"
)

func leaseTests() map[string]func(*suite) {
	return map[string]func(*suite){
		"a chat in which a lease lives is left alone": leaseLives,
		"a lease ends":                            leaseEnds,
		"born leased, and nobody else's":          leaseBorn,
		"not born leased behind what waits":       leaseBornBehind,
		"not born leased before its time":         leaseBornEarly,
		"a late retry does not end a new lease":   leaseFence,
		"what its owner does not know of is void": leaseUnknown,
	}
}

// own writes deliveries in a turn of an owner that holds them for a lease.
func (s *suite) own(owner string, now time.Time, list ...bot.Delivery) []bot.Delivery {
	s.Helper()
	got, err := s.store.Commit(s.Context(), now, store.UnitOfWork{Deliveries: list, Owner: owner, Lease: now.Add(lease)})
	s.ok(err)
	return got
}

func leaseLives(s *suite) {
	s.post(delivery("sim:1", "a"), delivery("sim:2", "b"))
	s.equal(s.claimed("w", in(0), 1), "a ")
	s.post(delivery("sim:1", "c"))
	s.equal(s.claimed("w", in(0), 10), "b ")
	s.equal(s.claimed("w", in(0), 10), "") // c follows a, which is on its way
}

func leaseEnds(s *suite) {
	s.post(delivery("sim:1", "a"))
	first := s.claim("w", in(0), 10)
	s.equal(first[0].Leased.Equal(in(lease)), true)
	s.post(delivery("sim:1", "b"))
	s.equal(s.claimed("w", in(lease-1), 10), "")
	s.equal(s.claimed("w", in(lease), 10), "a b ")
	s.settle(in(lease), sent(first[0])) // late, but true
	s.equal(s.claimed("w", in(2*lease), 10), "b ")
}

func leaseBorn(s *suite) {
	first := s.own("w", in(0), delivery("sim:1", "a"), delivery("sim:1", "b"))
	s.equal([]bool{first[0].Leased.Equal(in(lease)), first[1].Leased.Equal(in(lease))}, []bool{true, true})
	second := s.own("w", in(time.Second), delivery("sim:1", "c"))
	s.equal(second[0].Leased.Equal(in(lease+time.Second)), true)
	s.equal(s.claimed("w", in(2*time.Second), 10), "")
	s.settle(in(2*time.Second), sent(first[0]))
	s.equal(s.claimed("w", in(lease), 10), "") // c is still held
	s.equal(s.claimed("w", in(lease+time.Second), 10), "b c ")
	s.equal(s.post(delivery("sim:3", "d"))[0].Leased.IsZero(), true)
}

func leaseBornBehind(s *suite) {
	first := s.own("w", in(0), delivery("sim:1", "a"))
	s.equal(s.own("v", in(0), delivery("sim:1", "b"))[0].Leased.IsZero(), true) // a is w's
	s.equal(s.own("w", in(0), delivery("sim:1", "c"))[0].Leased.IsZero(), true) // b is nobody's
	s.equal(s.own("v", in(0), delivery("sim:2", "d"))[0].Leased.IsZero(), false)
	s.settle(in(0), sent(first[0]))
	s.equal(s.claimed("v", in(0), 10), "b c ")
	e := s.own("w", in(0), delivery("sim:3", "e"))
	s.settle(in(0), retry(e[0], in(time.Minute)))
	s.equal(s.own("w", in(0), delivery("sim:3", "f"))[0].Leased.IsZero(), true)
	s.own("w", in(0), delivery("sim:4", "g"))
	s.equal(s.own("w", in(lease), delivery("sim:4", "h"))[0].Leased.IsZero(), true) // the lease of g has ended
}

func leaseBornEarly(s *suite) {
	early := delivery("sim:1", "a")
	early.NotBefore = in(time.Minute)
	s.equal(s.own("w", in(0), early)[0].Leased.IsZero(), true)
	s.equal(s.own("w", in(0), delivery("sim:1", "b"))[0].Leased.IsZero(), true)
	s.equal(s.claimed("w", in(time.Minute), 10), "a b ")
}

func leaseFence(s *suite) {
	first := s.own("w", in(0), delivery("sim:1", "a"))
	s.equal(s.claimed("v", in(lease), 10), "a ")
	s.settle(in(lease), retry(first[0], time.Time{}))
	s.equal(s.claimed("v", in(lease), 10), "") // v holds it still
	s.equal(s.claimed("v", in(2*lease), 10), "a ")
}

// knowing claims for an owner who knows of some of his leases alone.
func (s *suite) knowing(owner string, knows func(seq int64, until time.Time) bool) string {
	s.Helper()
	list, err := s.store.Claim(s.Context(), bot.Claim{
		Owner: owner, Now: in(1), Until: in(lease), Limit: 10,
		Knows: func(_ bot.Address, seq int64, until time.Time) bool { return knows(seq, until) },
	})
	s.ok(err)
	return idsOf(list)
}

func leaseUnknown(s *suite) {
	a := s.own("w", in(0), delivery("sim:1", "a"), delivery("sim:2", "b"))
	none := func(int64, time.Time) bool { return false }
	onlyA := func(seq int64, _ time.Time) bool { return seq == a[0].Seq }
	s.equal(s.knowing("w", func(_ int64, until time.Time) bool { return until.Equal(in(lease)) }), "")
	s.equal(s.knowing("w", onlyA), "b ")
	s.own("w", in(0), delivery("sim:1", "c"))
	s.equal(s.knowing("w", onlyA), "b ") // c follows a
	s.equal(s.knowing("w", none), "a b c ")
}
