package mongostore_test

import (
	"slices"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"izinbot/workflow/mongostore/mongotest"
	"izinbot/workflow/store"
)

// TestCallsComeOutOfClaims has calls in a database of before, one of them made; the
// migration is done once more, as by a second process or after a crash.
func TestCallsComeOutOfClaims(t *testing.T) {
	uri := mongotest.URI(t)
	s := openAt(t, uri, nil)
	undo := func() { // this step and those after it
		t.Helper()
		var step struct {
			Number int64 `bson:"_id"`
		}
		table := s.Database().Collection("migrations")
		if err := table.FindOne(t.Context(), bson.D{{Key: "name", Value: "calls are records of their own"}}).Decode(&step); err != nil {
			t.Fatal(err)
		}
		if _, err := table.DeleteMany(t.Context(), bson.D{{Key: "_id", Value: bson.D{{Key: "$gte", Value: step.Number}}}}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Database().Collection("calls").Drop(t.Context()); err != nil {
		t.Fatal(err)
	}
	undo()
	_, err := s.Commit(t.Context(), time.Date(2026, 11, 24, 1, 0, 0, 0, time.UTC), store.UnitOfWork{Claims: []string{
		"call/case/LKS-2026-00042-7/2026-11-24", "call/case/LKS-2026-00042-7/2026-11-24/front_office/blocked",
		"call/officer/p%2F1/2026-11-23", "call/officer/p%2F1/2026-11-23/kabid/no_answer",
		"call/case/LKS-2026-00001-3/2026-11-20", "call/case/LKS-2026-00001-3/2026-11-20/front_office/not_there",
		"called/case/LKS-2026-00001-3/2026-11-20", "call/x/p1/2026-11-23/kabid/no_answer", "calls", "rung/LKS-2026-00001-3/a",
	}})
	if err != nil {
		t.Fatal(err)
	}
	open := []store.Call{
		{Officer: "p/1", Day: "2026-11-23", Role: "kabid", Why: store.CallNoAnswer},
		{Case: "LKS-2026-00042-7", Day: "2026-11-24", Role: "front_office", Why: store.CallBlocked},
	}
	for range 2 {
		again := openAt(t, uri, nil)
		if got, err := again.Calls(t.Context()); err != nil || !slices.Equal(got, open) {
			t.Errorf("open %+v, %v", got, err)
		}
		page, err := again.Records(t.Context(), store.KindCall, "", 10)
		if err != nil || len(page.Records) != 3 {
			t.Errorf("%d calls: %v", len(page.Records), err)
		}
		claims, err := again.Claimed(t.Context(), "")
		if err != nil || !slices.Equal(claims, []string{"calls", "rung/LKS-2026-00001-3/a"}) {
			t.Errorf("claims %q, %v", claims, err)
		}
		undo()
	}
}
