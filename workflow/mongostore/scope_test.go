package mongostore_test

import (
	"testing"

	"go.mongodb.org/mongo-driver/v2/bson"

	"izinbot/workflow/mongostore"
	"izinbot/workflow/mongostore/mongotest"
	"izinbot/workflow/store"
	"izinbot/workflow/workflowtest"
)

// TestUnitOfWorkIsOneSession looks at the commands of a unit of work on a server that tells
// the time of its operations: all are of one session, and after the first each asks for
// what that time shows. On one that tells none, nothing is asked for.
func TestUnitOfWorkIsOneSession(t *testing.T) {
	for _, tells := range []bool{true, false} {
		uri := mongotest.URI(t)
		openAt(t, uri, nil)
		sessions, timed, seen, watching := map[string]bool{}, 0, 0, false
		gate := mongotest.NewGate(t, func(verb string, cmd bson.Raw) mongotest.Fate {
			if watching && (verb == "find" || verb == "insert" || verb == "update") {
				sessions[cmd.Lookup("lsid").String()] = true
				if cmd.Lookup("readConcern", "afterClusterTime").Type == bson.TypeTimestamp {
					timed++
				}
				seen++
			}
			return mongotest.Pass
		})
		if tells {
			gate.TellTime()
		}
		s, err := mongostore.Open(t.Context(), mongotest.Through(gate.Address(), uri), mongostore.Options{})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = s.Close() })
		if _, err := s.Commit(t.Context(), crashTime(), begins(t, "A-2026-00001-1")); err != nil {
			t.Fatal(err)
		}
		gate.Do(func() { watching = true })
		ctx, end := store.Begin(t.Context())
		c, err := s.Case(ctx, "A-2026-00001-1")
		if err != nil {
			t.Fatal(err)
		}
		change, err := workflowtest.Change(c, crashTime(), "second")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Commit(ctx, crashTime(), store.UnitOfWork{Cases: []store.CaseChange{change}}); err != nil {
			t.Fatal(err)
		}
		end()
		gate.Do(func() { watching = false })
		if len(sessions) != 1 || seen < 4 {
			t.Errorf("%d commands in %d sessions, want one", seen, len(sessions))
		}
		if want := map[bool]int{true: seen - 1}[tells]; timed != want {
			t.Errorf("%d of %d commands ask for what was seen before, want %d", timed, seen, want)
		}
	}
}
