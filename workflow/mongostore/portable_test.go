package mongostore_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"go.mongodb.org/mongo-driver/v2/bson"

	"izinbot/workflow"
	"izinbot/workflow/mongostore"
	"izinbot/workflow/mongostore/mongotest"
	"izinbot/workflow/store"
	"izinbot/workflow/workflowtest"
)

// TestEntriesInBothPlacesAreGivenOnce: between the two writes that move entries to the
// history they are in both places, and some of them may be, one later than others that
// are only in the case.
func TestEntriesInBothPlacesAreGivenOnce(t *testing.T) {
	t.Parallel()
	s := openAt(t, mongotest.URI(t), nil)
	long(t, s, "A-2026-00001-1")
	long(t, s, "A-2026-00002-1")
	var doc struct {
		Fresh []bson.Raw `bson:"fresh"`
	}
	if err := s.Database().Collection("cases").FindOne(t.Context(), bson.D{{Key: "_id", Value: "A-2026-00001-1"}}).Decode(&doc); err != nil || len(doc.Fresh) != 4 {
		t.Fatal(len(doc.Fresh), err)
	}
	if _, err := s.Database().Collection("history").InsertMany(t.Context(), []bson.Raw{doc.Fresh[1], doc.Fresh[3]}); err != nil {
		t.Fatal(err)
	}
	list, err := s.History(t.Context(), "A-2026-00001-1")
	if err != nil || len(list) != 20 {
		t.Errorf("%d entries (%v)", len(list), err)
	}
	for i, e := range list {
		if e.Seq != i+1 {
			t.Errorf("entry %d is at %d", e.Seq, i+1)
		}
	}
	both := places("A-2026-00001-1", 1, 20) + places("A-2026-00002-1", 1, 20)
	for _, size := range []int{1, 1000} {
		if got := entriesOf(t, s, size); got != both {
			t.Errorf("in pages of %d:\n%s\n%s", size, got, both)
		}
	}
}

// TestEntriesOfALostCaseAreGiven: they may be all that is left of it, wherever its id is
// among the others.
func TestEntriesOfALostCaseAreGiven(t *testing.T) {
	t.Parallel()
	s := openAt(t, mongotest.URI(t), nil)
	for _, id := range []workflow.CaseID{"A-1", "A-2", "A-3", "A-4", "A-5"} {
		long(t, s, id)
	}
	lost := bson.D{{Key: "_id", Value: bson.D{{Key: "$in", Value: bson.A{"A-1", "A-3", "A-5"}}}}}
	if _, err := s.Database().Collection("cases").DeleteMany(t.Context(), lost); err != nil {
		t.Fatal(err)
	}
	want := places("A-1", 1, 16) + places("A-2", 1, 20) + places("A-3", 1, 16) + places("A-4", 1, 20) + places("A-5", 1, 16)
	for _, size := range []int{1, 100, 1000} {
		if got := entriesOf(t, s, size); got != want {
			t.Errorf("in pages of %d:\n%s\n%s", size, got, want)
		}
	}
}

// long makes a case of 20 entries, of which 16 are in the history.
func long(t *testing.T, s *mongostore.Store, id workflow.CaseID) {
	t.Helper()
	c := workflowtest.Case(id, crashTime())
	for i := range 20 {
		change, err := workflowtest.Change(c, crashTime(), fmt.Sprint("k", i))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Commit(t.Context(), crashTime(), store.UnitOfWork{Cases: []store.CaseChange{change}}); err != nil {
			t.Fatal(err)
		}
		c = change.Case
	}
}

// places names the entries of a case from one to another.
func places(id workflow.CaseID, from, to int) (all string) {
	for seq := from; seq <= to; seq++ {
		all += fmt.Sprintf("%s/%d ", id, seq)
	}
	return all
}

// entriesOf names the entries that a walk in pages of a size gives, in its order.
func entriesOf(t *testing.T, s *mongostore.Store, size int) (all string) {
	t.Helper()
	for at := ""; ; {
		page, err := s.Records(t.Context(), store.KindEntry, at, size)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range page.Records {
			var e store.PortableEntry
			if err := json.Unmarshal(r.Doc, &e); err != nil {
				t.Fatal(err)
			}
			all += places(e.Case, e.Seq, e.Seq)
		}
		if at = page.Next; at == "" {
			return all
		}
	}
}
