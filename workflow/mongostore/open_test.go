package mongostore_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"izinbot/workflow/mongostore"
	"izinbot/workflow/mongostore/mongotest"
)

func TestOpen(t *testing.T) {
	for _, uri := range []string{mongotest.URI(t), mongotest.Bare(t)} {
		s, err := mongostore.Open(t.Context(), uri, mongostore.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Database().Collection("x").InsertOne(t.Context(), bson.D{{Key: "_id", Value: 1}}); err != nil {
			t.Error(err)
		}
		if err := errors.Join(s.Close(), s.Close()); err != nil {
			t.Error(err)
		}
	}
}

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
