package mongostore_test

import (
	"testing"

	"go.mongodb.org/mongo-driver/v2/bson"

	"izinbot/workflow/internal/kept"
	"izinbot/workflow/mongostore"
	"izinbot/workflow/mongostore/mongotest"
	"izinbot/workflow/store"
	"izinbot/workflow/workflowtest"
)

// TestNumbersGetTheirTexts opens a database of before in which a number was printed twice and
// one was left behind by a crash at New Year, twice: as if the first time had been cut off.
func TestNumbersGetTheirTexts(t *testing.T) {
	t.Parallel()
	uri := mongotest.URI(t)
	s := openAt(t, uri, nil)
	cases, rows := workflowtest.NumbersBefore()
	for _, c := range cases {
		change, err := workflowtest.Change(workflowtest.Case(c.ID, crashTime()), crashTime(), "first")
		if err != nil {
			t.Fatal(err)
		}
		change.Case.Letters = c.Letters
		if _, err := s.Commit(t.Context(), crashTime(), store.UnitOfWork{Cases: []store.CaseChange{change}}); err != nil {
			t.Fatal(err)
		}
	}
	db := s.Database()
	drop := func(name string) {
		t.Helper()
		if err := db.Collection("numbers").Indexes().DropOne(t.Context(), name); err != nil {
			t.Fatal(err)
		}
	}
	drop("printed")
	drop("key")
	for _, r := range rows {
		doc := bson.D{
			{Key: "_id", Value: r.Number().Row()},
			{Key: "register", Value: r.Register},
			{Key: "year", Value: int64(r.Year)},
			{Key: "seq", Value: int64(r.Seq)},
			{Key: "key", Value: r.Key},
			{Key: "status", Value: string(r.Status)},
			{Key: "taken", Value: kept.Nanos(r.Taken)},
			{Key: "version", Value: int64(0)},
		}
		if mongotest.Real() { // its validator is of today
			doc = append(doc, bson.E{Key: "printed", Value: ""})
		}
		if _, err := db.Collection("numbers").InsertOne(t.Context(), doc); err != nil {
			t.Fatal(err)
		}
	}
	for _, from := range []int{5, 6} {
		later := bson.D{{Key: "_id", Value: bson.D{{Key: "$gte", Value: from}}}}
		if _, err := db.Collection("migrations").DeleteMany(t.Context(), later); err != nil {
			t.Fatal(err)
		}
		next, err := mongostore.Open(t.Context(), uri, mongostore.Options{})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = next.Close() })
		workflowtest.WantRows(t, next, rows)
	}
	double := bson.D{{Key: "_id", Value: "x"}, {Key: "register", Value: "x"}, {Key: "printed", Value: rows[0].Printed}}
	if _, err := db.Collection("numbers").InsertOne(t.Context(), double); err == nil {
		t.Error("the server takes a text twice")
	}
}
