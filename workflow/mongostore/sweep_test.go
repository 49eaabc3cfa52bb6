package mongostore_test

import (
	"testing"

	"go.mongodb.org/mongo-driver/v2/bson"

	"izinbot/workflow"
	"izinbot/workflow/mongostore"
	"izinbot/workflow/mongostore/mongotest"
)

// leaveBehind stores the record of a decided turn whose node died before it did
// anything: it inserts one document.
func leaveBehind(t *testing.T, s *mongostore.Store, turn string, id any) {
	t.Helper()
	rec := bson.D{
		{Key: "_id", Value: turn},
		{Key: "committed", Value: true},
		{Key: "rows", Value: bson.A{bson.D{{Key: "table", Value: "milestones"}, {Key: "docs", Value: bson.A{bson.D{{Key: "_id", Value: id}}}}}}},
	}
	if _, err := s.Database().Collection("turns").InsertOne(t.Context(), rec); err != nil {
		t.Fatal(err)
	}
}

// TestSweepGoesPastWhatItCannotEnd leaves turns behind of which the first ones cannot
// be completed, for the server does not take what they insert.
func TestSweepGoesPastWhatItCannotEnd(t *testing.T) {
	t.Parallel()
	s := openAt(t, mongotest.URI(t), nil)
	refused := bson.A{"no id"}
	for _, turn := range []string{"A", "B", "D"} {
		leaveBehind(t, s, turn, refused)
	}
	leaveBehind(t, s, "C", "wanted")
	if err := s.Sweep(t.Context()); workflow.CodeOf(err) != workflow.CodeUnavailable {
		t.Errorf("nothing is told of what is left: %v", err)
	}
	if n, err := s.Database().Collection("milestones").CountDocuments(t.Context(), bson.D{{Key: "_id", Value: "wanted"}}); err != nil || n != 1 {
		t.Errorf("the turn after those is not completed: %d (%v)", n, err)
	}
	if n, err := s.Locked(t.Context()); err != nil || n != 3 {
		t.Errorf("%d turns are left, want 3 (%v)", n, err)
	}
}
