package gridstore_test

import (
	"bytes"
	"context"
	"errors"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"izinbot/workflow/filestore"
	"izinbot/workflow/filestore/filestoretest"
	"izinbot/workflow/gridstore"
	"izinbot/workflow/mongostore"
	"izinbot/workflow/mongostore/mongotest"
)

// TestInterruptedUploadIsCleaned: nobody sees a content of which parts are missing,
// it can be stored again, and a day later nothing is left of the first attempt.
func TestInterruptedUploadIsCleaned(t *testing.T) {
	p := newPlace(t)
	g, err := gridstore.Open(t.Context(), p.Database, start())
	if err != nil {
		t.Fatal(err)
	}
	name := filestoretest.Sum(filestoretest.Content(600_000))
	draft, err := g.Create(t.Context(), name, start())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := draft.Write(make([]byte, 550_000)); err != nil { // two parts; then the power goes
		t.Fatal(err)
	}
	if there, err := g.Renew(t.Context(), name, start()); there || err != nil {
		t.Fatalf("%v, %v", there, err)
	}
	if got := filestoretest.Put(t, p.must(t), filestoretest.Content(600_000)); got != name {
		t.Fatal(got)
	}
	begun := time.Now() // an upload's id holds the real time
	for _, step := range []struct {
		after time.Duration
		parts int
	}{{0, 2 + 3}, {23 * time.Hour, 2 + 3}, {25 * time.Hour, 3}} {
		if _, err := gridstore.Open(t.Context(), p.Database, begun.Add(step.after)); err != nil {
			t.Fatal(err)
		}
		if got := len(p.parts(t, bson.M{})); got != step.parts {
			t.Errorf("%v later: %d parts, want %d", step.after, got, step.parts)
		}
	}
	if got, err := filestoretest.Get(t, p.must(t), name); err != nil || !bytes.Equal(got, filestoretest.Content(600_000)) {
		t.Error(err)
	}
	if n := p.count(t); n != 1 {
		t.Errorf("%d contents", n)
	}
}

// TestFinishedUploadIsNotCleaned: the power went after the content got its name and
// before its upload was struck off.
func TestFinishedUploadIsNotCleaned(t *testing.T) {
	p := newPlace(t)
	name := filestoretest.Put(t, p.must(t), filestoretest.Content(1000))
	upload := bson.M{"_id": p.idOf(t, name), "filename": name}
	if _, err := p.Collection("files.uploads").InsertOne(t.Context(), upload); err != nil {
		t.Fatal(err)
	}
	if _, err := gridstore.Open(t.Context(), p.Database, time.Now().Add(48*time.Hour)); err != nil {
		t.Fatal(err)
	}
	if got, err := filestoretest.Get(t, p.must(t), name); err != nil || !bytes.Equal(got, filestoretest.Content(1000)) {
		t.Error(err)
	}
	if n := p.count(t); n != 1 {
		t.Errorf("%d contents", n)
	}
}

// TestPartsMayNotBeExchanged: parts that are missing, or stand in each other's
// backend, are damage; a content is never quietly shorter.
func TestPartsMayNotBeExchanged(t *testing.T) {
	p := newPlace(t)
	s := p.must(t)
	name := filestoretest.Put(t, s, filestoretest.Content(700_000))
	chunks := p.Collection("files.chunks")
	set := func(n, to int) {
		t.Helper()
		if _, err := chunks.UpdateOne(t.Context(), bson.M{"files_id": p.idOf(t, name), "n": n}, bson.M{"$set": bson.M{"n": to}}); err != nil {
			t.Fatal(err)
		}
	}
	for _, swap := range [][][2]int{
		{{2, 9}},                 // the last is missing
		{{0, 9}, {1, 0}, {9, 1}}, // two are exchanged
	} {
		for _, move := range swap {
			set(move[0], move[1])
		}
		if _, err := filestoretest.Get(t, s, name); !errors.Is(err, filestore.ErrDamaged) {
			t.Errorf("%v: %v", swap, err)
		}
		set(9, 2)
	}
}

// TestSecondNodeNeedsTheKeysOfTheFirst: its own are refused, and not left behind.
func TestSecondNodeNeedsTheKeysOfTheFirst(t *testing.T) {
	first := newPlace(t)
	name := filestoretest.Put(t, first.must(t), filestoretest.Content(10))
	second := backend{first.Database, t.TempDir()}
	for range 2 {
		if _, err := second.open(t); !errors.Is(err, filestore.ErrKeyLost) {
			t.Fatalf("without keys: %v", err)
		}
	}
	second.dir = first.dir
	if got, err := filestoretest.Get(t, second.must(t), name); err != nil || !bytes.Equal(got, filestoretest.Content(10)) {
		t.Error(err)
	}
}

// TestUploadEndsInTime has a server that takes a part and never answers: the upload fails
// within the time of one call, not within that of a whole upload.
func TestUploadEndsInTime(t *testing.T) {
	uri := mongotest.URI(t)
	gate := mongotest.NewGate(t, func(verb string, cmd bson.Raw) mongotest.Fate {
		if into, _ := cmd.Lookup("insert").StringValueOK(); verb == "insert" && into == "files.chunks" {
			return mongotest.Wait
		}
		return mongotest.Pass
	})
	s, err := mongostore.Open(t.Context(), mongotest.Through(gate.Address(), uri), mongostore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	g, err := gridstore.Open(t.Context(), s.Database(), start())
	if err != nil {
		t.Fatal(err)
	}
	g.Limit(500 * time.Millisecond)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	draft, err := g.Create(ctx, filestoretest.Sum(filestoretest.Content(300_000)), start())
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	if _, err := draft.Write(make([]byte, 300_000)); err == nil || time.Since(began) > 10*time.Second {
		t.Errorf("write: %v after %v", err, time.Since(began))
	}
	gate.Resume()
	draft.Discard()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}
