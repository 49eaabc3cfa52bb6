package mongostore_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"go.mongodb.org/mongo-driver/v2/bson"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/mongostore"
	"izinbot/workflow/mongostore/mongotest"
	"izinbot/workflow/store"
	"izinbot/workflow/workflowtest"
)

// field changes fields of one document behind the store's back.
func field(t *testing.T, s *mongostore.Store, table, id string, fields bson.D) {
	t.Helper()
	result, err := s.Database().Collection(table).UpdateOne(t.Context(), bson.D{{Key: "_id", Value: id}}, bson.D{{Key: "$set", Value: fields}})
	if err != nil || result.MatchedCount != 1 {
		t.Fatalf("%+v (%v)", result, err)
	}
}

// open gives a unit of work that begins a case.
func begins(t *testing.T, id workflow.CaseID) store.UnitOfWork {
	t.Helper()
	change, err := workflowtest.Change(workflowtest.Case(id, crashTime()), crashTime(), "first")
	if err != nil {
		t.Fatal(err)
	}
	return store.UnitOfWork{Cases: []store.CaseChange{change}}
}

// TestOtherDocumentOfTheSameIDIsNoRepeat has another document stand where a milestone
// belongs: the unit of work must not be taken for written.
func TestOtherDocumentOfTheSameIDIsNoRepeat(t *testing.T) {
	s := openAt(t, mongotest.URI(t), nil)
	foreign := bson.D{{Key: "_id", Value: "A-2026-00001-1/000001/0"}, {Key: "case", Value: "other"}}
	if _, err := s.Database().Collection("milestones").InsertOne(t.Context(), foreign); err != nil {
		t.Fatal(err)
	}
	u := begins(t, "A-2026-00001-1")
	u.Cases[0].Milestones = []store.Milestone{{Case: "A-2026-00001-1", Kind: store.MilestoneRun, Step: 1, At: crashTime()}}
	if _, err := s.Commit(t.Context(), crashTime(), u); workflow.CodeOf(err) != workflow.CodeDamaged {
		t.Errorf("commit: %v", err)
	}
}

// TestEntriesMoveToTheHistory adds more entries to a case than stay in its document, one by
// one and many at once: all are there in order, each is known by its key, and none is
// written twice.
func TestEntriesMoveToTheHistory(t *testing.T) {
	s := openAt(t, mongotest.URI(t), nil)
	c := workflowtest.Case("A-2026-00001-1", crashTime())
	var keys []string
	for i := range 25 {
		added := []string{fmt.Sprint("k", i)}
		if i == 20 {
			added = append(added, slices.Repeat([]string{""}, 20)...)
			for n := range added[1:] {
				added[n+1] = fmt.Sprint("many", n)
			}
		}
		change, err := workflowtest.Change(c, crashTime(), added...)
		if err != nil {
			t.Fatal(err)
		}
		unit := store.UnitOfWork{Cases: []store.CaseChange{change}}
		if _, err := s.Commit(t.Context(), crashTime(), unit); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Commit(t.Context(), crashTime(), unit); workflow.CodeOf(err) != workflow.CodeDuplicate {
			t.Fatalf("again: %v", err)
		}
		c, keys = change.Case, append(keys, added...)
	}
	list, err := s.History(t.Context(), c.ID)
	if err != nil || len(list) != len(keys) {
		t.Fatalf("%d entries, want %d (%v)", len(list), len(keys), err)
	}
	for i, e := range list {
		if got, err := s.EntryByKey(t.Context(), c.ID, keys[i]); err != nil || e.Key != keys[i] || got.Seq != i+1 {
			t.Errorf("entry %d has key %q (%v)", i+1, e.Key, err)
		}
	}
	moved, err := s.Database().Collection("history").CountDocuments(t.Context(), bson.D{})
	if err != nil || moved == 0 || moved == int64(len(keys)) {
		t.Errorf("%d of %d are in the history (%v)", moved, len(keys), err)
	}
}

// TestValidatorsAreAskedBeforeADecision commits an entry that a server with validators
// refuses: nothing of the unit of work may be there.
func TestValidatorsAreAskedBeforeADecision(t *testing.T) {
	s := openAt(t, mongotest.URI(t), nil)
	u := begins(t, "A-2026-00001-1")
	u.Cases[0].Entries[0].Hash = "short"
	if _, err := s.Commit(t.Context(), crashTime(), u); workflow.CodeOf(err) != workflow.CodeInvalid {
		t.Errorf("commit: %v", err)
	}
	if n, err := s.Locked(t.Context()); err != nil || n != 0 {
		t.Errorf("%d locks and records are left (%v)", n, err)
	}
	if _, err := s.Case(t.Context(), "A-2026-00001-1"); workflow.CodeOf(err) != workflow.CodeNotFound {
		t.Errorf("case: %v", err)
	}
}

// TestUnfinishableRecordsStarveNoOther has more records that cannot be finished than a
// sweep looks at in one query, and one behind them that can.
func TestUnfinishableRecordsStarveNoOther(t *testing.T) {
	s, err := mongostore.Open(t.Context(), mongotest.URI(t), mongostore.Options{}.SweepBy(2))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	for i := range 5 {
		broken := bson.D{{Key: "_id", Value: fmt.Sprint("a", i)}, {Key: "committed", Value: true}, {Key: "docs", Value: "nonsense"}}
		if _, err := s.Database().Collection("turns").InsertOne(t.Context(), broken); err != nil {
			t.Fatal(err)
		}
	}
	good := bson.D{{Key: "_id", Value: "z"}, {Key: "committed", Value: true}}
	if _, err := s.Database().Collection("turns").InsertOne(t.Context(), good); err != nil {
		t.Fatal(err)
	}
	_ = s.Sweep(t.Context()) // tells of the broken ones
	if n, err := s.Locked(t.Context()); err != nil || n != 5 {
		t.Errorf("%d records are left, want the 5 broken ones (%v)", n, err)
	}
}

// TestChatOfWrongTypesGoesOn spoils fields of a chat's document: what can be read is kept,
// the rest is lost, and the chat and all others go on.
func TestChatOfWrongTypesGoesOn(t *testing.T) {
	for name, fields := range map[string]bson.D{
		"version": {{Key: "v", Value: "7"}},
		"state":   {{Key: "state", Value: int32(5)}},
		"number":  {{Key: "handled", Value: "x"}, {Key: "last", Value: bson.A{}}},
		"waiting": {{Key: "out", Value: "nonsense"}, {Key: "lock", Value: 3.5}},
	} {
		t.Run(name, func(t *testing.T) {
			uri := mongotest.URI(t)
			s := openAt(t, uri, nil)
			if _, err := s.Accept(t.Context(), crashTime(), bot.Inbound{ID: "m1", Chat: "sim:1"}, bot.Inbound{ID: "m2", Chat: "sim:2"}); err != nil {
				t.Fatal(err)
			}
			talk := &bot.Conversation{Chat: "sim:1", State: []byte(`{"a":1}`)}
			if _, err := s.Commit(t.Context(), crashTime(), store.UnitOfWork{Conversation: talk, Deliveries: []bot.Delivery{{ID: "d1", Chat: "sim:1"}}}); err != nil {
				t.Fatal(err)
			}
			field(t, s, "chats", "sim:1", fields)
			s = openAt(t, uri, nil) // as after a restart
			left, err := s.Unhandled(t.Context())
			if err != nil || len(left) != 2 {
				t.Fatalf("%d messages wait, want 2 (%v)", len(left), err)
			}
			c, err := s.Conversation(t.Context(), "sim:1")
			if err != nil {
				t.Fatal(err)
			}
			c.Handled, c.State = left[0].Seq, nil
			unit := store.UnitOfWork{Conversation: &c, Deliveries: []bot.Delivery{{ID: "d2", Chat: "sim:1"}}}
			if _, err := s.Commit(t.Context(), crashTime(), unit); err != nil {
				t.Fatal(err)
			}
			got, err := s.Claim(t.Context(), bot.Claim{Owner: "w", Now: crashTime(), Until: crashTime().Add(1), Limit: 10})
			if err != nil || len(got) == 0 || got[len(got)-1].ID != "d2" {
				t.Errorf("%d deliveries (%v)", len(got), err)
			}
		})
	}
}

// TestBadElementIsSetAside spoils the first message and the first delivery of a chat: the
// ones behind them are still handled and sent, and nothing is thrown away.
func TestBadElementIsSetAside(t *testing.T) {
	uri := mongotest.URI(t)
	s := openAt(t, uri, nil)
	if _, err := s.Accept(t.Context(), crashTime(), bot.Inbound{ID: "m1", Chat: "sim:1"}, bot.Inbound{ID: "m2", Chat: "sim:1"}); err != nil {
		t.Fatal(err)
	}
	unit := store.UnitOfWork{Deliveries: []bot.Delivery{{ID: "d1", Chat: "sim:1"}, {ID: "d2", Chat: "sim:1"}}}
	if _, err := s.Commit(t.Context(), crashTime(), unit); err != nil {
		t.Fatal(err)
	}
	field(t, s, "chats", "sim:1", bson.D{{Key: "in.0.seq", Value: "CONTOH"}, {Key: "out.0", Value: int32(5)}})
	var log bytes.Buffer
	s, err := mongostore.Open(t.Context(), uri, mongostore.Options{Log: slog.New(slog.NewTextHandler(&log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	left, err := s.Unhandled(t.Context())
	if err != nil || len(left) != 1 || left[0].ID != "m2" {
		t.Errorf("%d messages wait, want the second (%v)", len(left), err)
	}
	got, err := s.Claim(t.Context(), bot.Claim{Owner: "w", Now: crashTime(), Until: crashTime().Add(1), Limit: 10})
	if err != nil || len(got) != 1 || got[0].ID != "d2" {
		t.Errorf("%d deliveries, want the second (%v)", len(got), err)
	}
	var doc struct{ Aside bson.A }
	if err := s.Database().Collection("chats").FindOne(t.Context(), bson.D{{Key: "_id", Value: "sim:1"}}).Decode(&doc); err != nil || len(doc.Aside) != 2 {
		t.Errorf("%d elements are set aside, want 2 (%v)", len(doc.Aside), err)
	}
	if said := log.String(); !strings.Contains(said, "code=damaged") || !strings.Contains(said, "in.0") || strings.Contains(said, "CONTOH") {
		t.Errorf("said %q", said)
	}
}
