package notifications_test

import (
	"testing"

	"izinbot/workflow/store"
)

// Only the active process does what the clock demands; one that was replaced without
// knowing writes nothing, and that is no failure.
func TestOnlyTheActiveProcessReminds(t *testing.T) {
	h := newHouse(t, "2026-11-23 08.05")
	var term int64
	h.watch.Commits.Term = func() (int64, bool) { return term, term > 0 }
	run := func(when string) {
		t.Helper()
		if err := h.watch.RunOnce(t.Context(), h.now); err != nil {
			t.Errorf("%s: %v", when, err)
		}
	}
	run("on a standby")
	if len(h.sent) > 0 {
		t.Error("somebody was reminded on a standby")
	}
	l, err := h.store.TakeLease(t.Context(), store.Lease{}, "me")
	if err != nil {
		t.Fatal(err)
	}
	if l, err = h.store.TakeLease(t.Context(), l, "other"); err != nil {
		t.Fatal(err)
	}
	term = 1
	run("with an old term")
	if len(h.sent) > 0 {
		t.Error("somebody was reminded under an old term")
	}
	term = l.Term
	run("with the lease")
	if len(h.sent) == 0 {
		t.Error("nobody was reminded")
	}
}
