package workflowtest

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/store"
)

func concurrentTests() map[string]func(*suite) {
	return map[string]func(*suite){
		"one of many updates of a version wins": concurrentUpdates,
		"numbers have neither gap nor double":   concurrentNumbers,
		"registers that print alike":            concurrentAlike,
		"one message is stored once":            concurrentAccept,
		"one delivery has one owner":            concurrentClaim,
		"an invitation has one winner":          concurrentInvitation,
		"a reminder is claimed by one":          concurrentReminder,
		"a lease has one owner":                 concurrentLease,
	}
}

const writers = 16

// each runs f by all writers at once, each with its number.
func each(f func(n int)) {
	var wg sync.WaitGroup
	for n := range writers {
		wg.Go(func() { f(n) })
	}
	wg.Wait()
}

// wantOr fails unless err is nil or has one of the codes; it tells whether it is
// nil. Unlike the helpers of the suite it may be called by any goroutine.
func (s *suite) wantOr(err error, codes ...workflow.Code) bool {
	if err != nil && !slices.Contains(codes, workflow.CodeOf(err)) {
		s.Errorf("unexpected error: %v", err)
	}
	return err == nil
}

// concurrentUpdates has all writers save the next version of one case, 50 times
// each round from the same one: every round has exactly one winner.
func concurrentUpdates(s *suite) {
	const rounds = 50
	change := s.submit("A-2026-00001-1")
	s.save(change)
	for round := range rounds {
		var wins atomic.Int64
		c := s.load(change.Case.ID)
		each(func(n int) {
			next, err := Change(c, start(), fmt.Sprintf("key %d %d", round, n))
			if s.wantOr(err) {
				_, err = s.store.Commit(s.Context(), start(), store.UnitOfWork{Cases: []store.CaseChange{next}})
			}
			if s.wantOr(err, workflow.CodeConflict) {
				wins.Add(1)
			}
		})
		s.equal(wins.Load(), int64(1))
	}
	s.equal(s.load(change.Case.ID).Version, 1+rounds)
	list, err := s.store.History(s.Context(), change.Case.ID)
	s.ok(err)
	seq, reason := workflow.VerifyHistory(change.Case.ID, list)
	s.equal([]any{len(list), seq, reason}, []any{1 + rounds, 0, workflow.Flaw("")})
}

// concurrentNumbers has every key asked for by two writers.
func concurrentNumbers(s *suite) {
	const perWriter = 20
	each(func(n int) {
		for i := range perWriter {
			_, err := s.store.Reserve(s.Context(), Reservation("agenda", 2026, fmt.Sprintf("%d/%d", n/2, i)), start())
			s.wantOr(err)
		}
	})
	rows, err := s.store.Numbers(s.Context(), "agenda", 2026)
	s.ok(err)
	s.equal(len(rows), writers/2*perWriter)
	keys := map[string]bool{}
	for i, r := range rows {
		s.equal(r.Seq, i+1)
		keys[r.Key] = true
	}
	s.equal(len(keys), len(rows))
}

// concurrentAlike has the writers reserve in two registers that print alike: each text goes to
// one of them, and neither has a gap.
func concurrentAlike(s *suite) {
	const perWriter = 10
	each(func(n int) {
		for i := range perWriter {
			_, err := s.store.Reserve(s.Context(), alike([]string{"agenda", "izin"}[n%2], fmt.Sprintf("%d/%d", n, i)), start())
			s.wantOr(err, workflow.CodeDuplicate)
		}
	})
	printed := map[string]bool{}
	total := 0
	for _, register := range []string{"agenda", "izin"} {
		rows, err := s.store.Numbers(s.Context(), register, 2026)
		s.ok(err)
		for i, r := range rows {
			s.equal(r.Seq, i+1)
			printed[r.Printed] = true
		}
		total += len(rows)
	}
	if total == 0 || len(printed) != total {
		s.Errorf("%d numbers are printed as %d texts", total, len(printed))
	}
}

func concurrentAccept(s *suite) {
	const messages = 20
	var stored atomic.Int64
	each(func(int) {
		for i := range messages {
			list, err := s.store.Accept(s.Context(), start(), message("sim:1", fmt.Sprint(i)))
			s.wantOr(err)
			stored.Add(int64(len(list)))
		}
	})
	s.equal(stored.Load(), int64(messages))
}

func concurrentClaim(s *suite) {
	const chats = 40
	for i := range chats {
		chat := bot.MakeAddress("sim", fmt.Sprint(i))
		s.post(delivery(chat, fmt.Sprint(i, "a")), delivery(chat, fmt.Sprint(i, "b")))
	}
	var mu sync.Mutex
	owners := map[int64]int{}
	each(func(int) {
		for {
			list, err := s.store.Claim(s.Context(), bot.Claim{Owner: "w", Now: start(), Until: in(lease), Limit: 3})
			if !s.wantOr(err) || len(list) == 0 {
				return
			}
			mu.Lock()
			for _, d := range list {
				owners[d.Seq]++
			}
			mu.Unlock()
		}
	})
	for seq, n := range owners {
		if n != 1 {
			s.Errorf("delivery %d was given out %d times", seq, n)
		}
	}
	// One who was beaten to every chat that he had chosen may have left early.
	rest := s.claim("w", start(), 2*chats)
	s.equal(len(owners)+len(rest), 2*chats)
}

func concurrentInvitation(s *suite) {
	s.commit(store.UnitOfWork{Invitations: []workflow.Invitation{{Hash: "abc", Officer: "O-1"}}})
	var wins atomic.Int64
	each(func(n int) {
		_, err := s.store.Commit(s.Context(), start(), store.UnitOfWork{
			Invitations: []workflow.Invitation{{Hash: "abc", Version: 1, Used: start()}},
			Persons:     []store.Person{{ID: workflow.PersonID(fmt.Sprint("P-", n))}},
		})
		if s.wantOr(err, workflow.CodeConflict) {
			wins.Add(1)
		}
	})
	s.equal(wins.Load(), int64(1))
}

// concurrentReminder has several processes find the same rung due.
func concurrentReminder(s *suite) {
	var won atomic.Int32
	each(func(n int) {
		_, err := s.store.Commit(s.Context(), start(), store.UnitOfWork{
			Claims:     []string{"rung/x"},
			Deliveries: []bot.Delivery{{ID: fmt.Sprint("reminder", n), Chat: "sim:1", Created: start()}},
		})
		if s.wantOr(err, workflow.CodeDuplicate, workflow.CodeConflict) {
			won.Add(1)
		}
	})
	s.equal(won.Load(), int32(1))
	list, err := s.store.Claim(s.Context(), bot.Claim{Owner: "o", Now: start(), Until: start(), Limit: writers})
	s.ok(err)
	s.equal(len(list), 1)
}

// concurrentLease has all writers take the same lease as they saw it.
func concurrentLease(s *suite) {
	const rounds = 20
	seen := store.Lease{}
	for range rounds {
		var mu sync.Mutex
		var won []store.Lease
		each(func(n int) {
			got, err := s.store.TakeLease(s.Context(), seen, fmt.Sprint("w", n))
			if s.wantOr(err, workflow.CodeConflict) {
				mu.Lock()
				won = append(won, got)
				mu.Unlock()
			}
		})
		s.equal(len(won), 1)
		seen = won[0]
	}
	s.equal(seen.Beat, int64(rounds))
}
