package sqlitestore

import (
	"fmt"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/internal/kept"
	"izinbot/workflow/store"
	"izinbot/workflow/workflowtest"
)

func commit(t *testing.T, s *Store, unit store.UnitOfWork) []bot.Delivery {
	t.Helper()
	list, err := s.Commit(t.Context(), kept.Instant(1), unit)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// TestKeptForEver tries to change what may not be changed, as another program
// that opens the file.
func TestKeptForEver(t *testing.T) {
	s := open4test(t)
	change, err := workflowtest.Change(workflowtest.Case("A-2026-00001-1", kept.Instant(1)), kept.Instant(1), "k")
	if err != nil {
		t.Fatal(err)
	}
	commit(t, s, store.UnitOfWork{Cases: []store.CaseChange{change}})
	if _, err := s.Reserve(t.Context(), workflowtest.Reservation("agenda", 2026, "k"), kept.Instant(1)); err != nil {
		t.Fatal(err)
	}
	db := raw(t, pathOf(t, s))
	for _, q := range []string{"UPDATE history SET key = 'x'", "DELETE FROM history", "DELETE FROM numbers"} {
		if _, err := db.ExecContext(t.Context(), q); err == nil {
			t.Errorf("%s succeeded", q)
		}
	}
	list, err := s.History(t.Context(), "A-2026-00001-1")
	if err != nil || len(list) != 1 {
		t.Fatalf("%v, %v", list, err)
	}
}

func day(n int) time.Time { return time.Date(2026, 11, n, 0, 0, 0, 0, time.UTC) }

// TestPurge goes over several pages of messages, of which one chat has handled
// the first half of its own.
func TestPurge(t *testing.T) {
	s := open4test(t)
	const each = purgePage
	var half int64
	for i := range 2 * each {
		chat := bot.Address(fmt.Sprintf("sim:%d", i%2))
		got, err := s.Accept(t.Context(), day(1), bot.Inbound{ID: fmt.Sprint(i), Chat: chat})
		if err != nil {
			t.Fatal(err)
		}
		if i == each {
			half = got[0].Seq
		}
	}
	commit(t, s, store.UnitOfWork{Conversation: &bot.Conversation{Chat: "sim:0", Handled: half}})
	for want, before := range map[int]time.Time{0: day(1), each/2 + 1: day(2)} {
		if n, err := s.Purge(t.Context(), before); err != nil || n != want {
			t.Fatalf("purged %d, want %d (%v)", n, want, err)
		}
		if list, err := s.Unhandled(t.Context()); err != nil || len(list) != 2*each-each/2-1 {
			t.Fatalf("%d unhandled (%v)", len(list), err)
		}
		if want == 0 {
			continue
		}
		if n, err := s.Purge(t.Context(), before); err != nil || n != 0 {
			t.Fatalf("purged %d again (%v)", n, err)
		}
	}
}

// TestPurgeKeepsNumbersGrowing purges all that can be: a new message must not
// take a number at or below the one that its chat has handled.
func TestPurgeKeepsNumbersGrowing(t *testing.T) {
	s := open4test(t)
	var last int64
	for i := range 3 {
		got, err := s.Accept(t.Context(), day(1), bot.Inbound{ID: fmt.Sprint(i), Chat: "sim:1"})
		if err != nil {
			t.Fatal(err)
		}
		last = got[0].Seq
	}
	commit(t, s, store.UnitOfWork{Conversation: &bot.Conversation{Chat: "sim:1", Handled: last}})
	if n, err := s.Purge(t.Context(), day(9)); err != nil || n != 2 {
		t.Fatalf("purged %d (%v)", n, err)
	}
	got, err := accept(t, s, "new")
	if err != nil || got[0].Seq <= last {
		t.Fatalf("%v after %d (%v)", got, last, err)
	}
	if list, err := s.Unhandled(t.Context()); err != nil || len(list) != 1 {
		t.Fatalf("%v, %v", list, err)
	}
}

func TestPurgeOfDeliveries(t *testing.T) {
	s := open4test(t)
	var list []bot.Delivery
	for i := range 5 {
		list = append(list, bot.Delivery{ID: fmt.Sprint(i), Chat: "sim:1", Created: day(1)})
	}
	list = commit(t, s, store.UnitOfWork{Deliveries: list})
	settle := func(i int, state bot.DeliveryState, at time.Time) {
		if err := s.Settle(t.Context(), at, bot.Settlement{Seq: list[i].Seq, Chat: list[i].Chat, State: state}); err != nil {
			t.Fatal(err)
		}
	}
	settle(0, bot.DeliverySent, day(2))
	settle(1, bot.DeliveryDead, day(2))
	settle(2, bot.DeliveryRetry, day(2))
	settle(3, bot.DeliverySent, day(4))
	if n, err := s.Purge(t.Context(), day(3)); err != nil || n != 2 {
		t.Fatalf("purged %d (%v)", n, err)
	}
	got, err := s.Claim(t.Context(), bot.Claim{Owner: "w", Now: day(5), Until: day(6), Limit: 10})
	if err != nil || len(got) != 2 {
		t.Fatalf("%v, %v", got, err)
	}
}

// TestDamagedDocument has a document that cannot be read: the person who asks is
// told to try again, not that it does not exist.
func TestDamagedDocument(t *testing.T) {
	s := open4test(t)
	path := pathOf(t, s)
	commit(t, s, store.UnitOfWork{Persons: []store.Person{{ID: "P-1"}}})
	change, err := workflowtest.Change(workflowtest.Case("A-2026-00001-1", kept.Instant(1)), kept.Instant(1), "k")
	if err != nil {
		t.Fatal(err)
	}
	commit(t, s, store.UnitOfWork{Cases: []store.CaseChange{change}})
	for _, q := range []string{"UPDATE persons SET doc = x'7b'", "UPDATE cases SET doc = x'ffff'"} {
		if _, err := raw(t, path).ExecContext(t.Context(), q); err != nil {
			t.Fatal(err)
		}
	}
	s = reopen(t, s, path) // what is in memory is not damaged
	if _, err := s.Person(t.Context(), "P-1"); workflow.CodeOf(err) != workflow.CodeDamaged {
		t.Error(err)
	}
	if _, err := s.Case(t.Context(), "A-2026-00001-1"); workflow.CodeOf(err) != workflow.CodeDamaged {
		t.Error(err)
	}
}
