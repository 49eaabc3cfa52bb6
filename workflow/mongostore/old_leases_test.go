package mongostore_test

import (
	"errors"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"izinbot/bot"
	"izinbot/workflow/mongostore"
	"izinbot/workflow/mongostore/mongotest"
	"izinbot/workflow/store"
)

// TestOldNodesAreNotJoined has the leases of a version that divided the chats in the
// database: one whose node lives keeps this version out; when it has died they go.
func TestOldNodesAreNotJoined(t *testing.T) {
	t.Parallel()
	uri := mongotest.URI(t)
	s := openAt(t, uri, nil)
	if _, err := s.TakeLease(t.Context(), store.Lease{}, "CONTOH"); err != nil {
		t.Fatal(err)
	}
	old := s.Database().Collection("leases")
	for _, name := range []string{"node/00", "chats/03", "clock"} {
		doc := bson.D{{Key: "_id", Value: name}, {Key: "owner", Value: "old"}, {Key: "term", Value: int64(57)}, {Key: "beat", Value: int64(1)}}
		if _, err := old.InsertOne(t.Context(), doc); err != nil {
			t.Fatal(err)
		}
	}
	// As if this migration and those after it had not been made yet.
	if _, err := s.Database().Collection("migrations").DeleteMany(t.Context(), bson.D{{Key: "_id", Value: bson.D{{Key: "$gte", Value: 4}}}}); err != nil {
		t.Fatal(err)
	}
	stop, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for beat := int64(2); ; beat++ {
			select {
			case <-stop:
				return
			case <-time.After(20 * time.Millisecond):
				_, _ = old.UpdateOne(t.Context(), bson.D{{Key: "_id", Value: "node/00"}}, bson.D{{Key: "$set", Value: bson.D{{Key: "beat", Value: beat}}}})
			}
		}
	}()
	opts := mongostore.Options{}.OldBeatBy(time.Second)
	if _, err := mongostore.Open(t.Context(), uri, opts); !errors.Is(err, mongostore.ErrOldNodes) {
		t.Errorf("beside an old node: %v", err)
	}
	close(stop)
	<-ended
	next, err := mongostore.Open(t.Context(), uri, opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = next.Close() })
	left, err := old.CountDocuments(t.Context(), bson.D{})
	if l, err := next.Lease(t.Context()); err != nil || l.Holder != "CONTOH" {
		t.Errorf("the lease is %+v, %v", l, err)
	}
	if err != nil || left != 1 {
		t.Errorf("%d leases, %v", left, err)
	}
}

// TestTermsOfOldLeasesDoNoHarm: what an older version wrote under the 57th term of a part
// of the chats is no later than the office's first.
func TestTermsOfOldLeasesDoNoHarm(t *testing.T) {
	t.Parallel()
	s := openAt(t, mongotest.URI(t), nil)
	unit := store.UnitOfWork{Conversation: &bot.Conversation{Chat: "sim:1", Handled: 1}}
	if _, err := s.Commit(t.Context(), crashTime(), unit); err != nil {
		t.Fatal(err)
	}
	field(t, s, "chats", "sim:1", bson.D{{Key: "lease", Value: "chats/03"}, {Key: "term", Value: int64(57)}, {Key: "v", Value: int64(9)}})
	l, err := s.TakeLease(t.Context(), store.Lease{}, "CONTOH")
	if err != nil {
		t.Fatal(err)
	}
	unit.Term, unit.Conversation.Version = l.Term, 1
	if _, err := s.Commit(t.Context(), crashTime(), unit); err != nil {
		t.Error(err)
	}
}
