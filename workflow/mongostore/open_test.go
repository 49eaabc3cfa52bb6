package mongostore_test

import (
	"bytes"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"izinbot/workflow"
	"izinbot/workflow/mongostore"
	"izinbot/workflow/mongostore/mongotest"
)

func TestOpenRefuses(t *testing.T) {
	if _, err := mongostore.Open(t.Context(), "mongodb://localhost", mongostore.Options{}); !errors.Is(err, mongostore.ErrNoDatabase) {
		t.Error(err)
	}
	for _, uri := range []string{"mongodb://user:rahasia@localhost/x?bad=1&w=%zz", "http://rahasia", "mongodb://user:rahasia@127.0.0.1:1/x"} {
		_, err := mongostore.Open(t.Context(), uri, mongostore.Options{Timeout: 200 * time.Millisecond})
		if err == nil || strings.Contains(err.Error(), "rahasia") {
			t.Errorf("%v", err)
		}
	}
}

// TestOpenByManyAtOnce has several processes find an empty database.
func TestOpenByManyAtOnce(t *testing.T) {
	uri := mongotest.URI(t)
	var wg sync.WaitGroup
	errs := make([]error, 4)
	for i := range errs {
		wg.Go(func() {
			s, err := mongostore.Open(t.Context(), uri, mongostore.Options{})
			if err == nil {
				err = s.Close()
			}
			errs[i] = err
		})
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	s := openAt(t, uri, nil)
	var doc bson.Raw
	if err := s.Database().Collection("migrations").FindOne(t.Context(), bson.D{{Key: "_id", Value: 1}}).Decode(&doc); err != nil {
		t.Fatal(err)
	}
	if done, _ := doc.Lookup("done").BooleanOK(); !done {
		t.Errorf("%v", doc)
	}
	for _, i := range mongostore.Indexes() {
		specs, err := s.Database().Collection(i.Table).Indexes().ListSpecifications(t.Context())
		if err != nil || len(specs) < 2 {
			t.Errorf("%s has %d indexes (%v)", i.Table, len(specs), err)
		}
	}
}

// TestOpenAfterACrashInAMigration finds a migration that nobody finishes.
func TestOpenAfterACrashInAMigration(t *testing.T) {
	uri := mongotest.URI(t)
	s := openAt(t, uri, nil)
	half := bson.D{{Key: "$set", Value: bson.D{{Key: "done", Value: false}}}}
	if _, err := s.Database().Collection("migrations").UpdateOne(t.Context(), bson.D{{Key: "_id", Value: 1}}, half); err != nil {
		t.Fatal(err)
	}
	openAt(t, uri, nil)
}

func TestOpenRefusesWhatIsNewer(t *testing.T) {
	uri := mongotest.URI(t)
	s := openAt(t, uri, nil)
	if _, err := s.Database().Collection("migrations").InsertOne(t.Context(), bson.D{{Key: "_id", Value: 99}}); err != nil {
		t.Fatal(err)
	}
	if _, err := mongostore.Open(t.Context(), uri, mongostore.Options{}); !errors.Is(err, mongostore.ErrNewer) {
		t.Error(err)
	}
}

// TestOpenTellsWhatTheServerLacks wants one line, at every start.
func TestOpenTellsWhatTheServerLacks(t *testing.T) {
	uri := mongotest.Bare(t)
	for range 2 {
		var out bytes.Buffer
		s, err := mongostore.Open(t.Context(), uri, mongostore.Options{Log: slog.New(slog.NewTextHandler(&out, nil))})
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(s.Close(), s.Close()); err != nil {
			t.Error(err)
		}
		if said := out.String(); strings.Count(said, "\n") != 1 || !strings.Contains(said, "[validators retryable writes]") {
			t.Errorf("said %q", said)
		}
	}
}

// TestDocumentsStayOutOfErrors has the server refuse what holds a phone number.
func TestDocumentsStayOutOfErrors(t *testing.T) {
	s := openAt(t, mongotest.URI(t), nil)
	_, err := s.Database().Collection("chats").InsertOne(t.Context(), bson.D{{Key: "_id", Value: bson.A{"whatsapp:62000"}}})
	if err == nil {
		t.Fatal("an id may be a list here")
	}
	if err := mongostore.Translate("chats", err); strings.Contains(err.Error(), "62000") || workflow.CodeOf(err) != workflow.CodeUnavailable {
		t.Error(err)
	}
}
