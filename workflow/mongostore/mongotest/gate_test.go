package mongotest

import (
	"testing"

	"go.mongodb.org/mongo-driver/v2/bson"
)

// TestCloseWaitsForTheCommandUnderWay closes a gate while the server is still busy
// with a command that the gate drops: it has been done when Close returns.
func TestCloseWaitsForTheCommandUnderWay(t *testing.T) {
	uri := URI(t)
	dropping := make(chan struct{})
	gate := NewGate(t, func(verb string, _ bson.Raw) Fate {
		if verb == "insert" {
			close(dropping)
			return DropAfter
		}
		return Pass
	})
	at, _ := parse(uri)
	by := connect(t, Through(gate.Address(), uri)).Database(at.db).Collection("things")
	failed := make(chan error, 1)
	go func() {
		_, err := by.InsertOne(t.Context(), bson.D{{Key: "_id", Value: 1}})
		failed <- err
	}()
	<-dropping
	gate.Close()
	direct := connect(t, uri).Database(at.db).Collection("things")
	if n, err := direct.CountDocuments(t.Context(), bson.D{}); err != nil || n != 1 {
		t.Errorf("%d are stored, want 1 (%v)", n, err)
	}
	if err := <-failed; err == nil {
		t.Error("it was answered")
	}
}
