//go:build !nomongo

package storage

import (
	"context"
	"errors"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/workflow/store"
	"izinbot/workflow/workflowtest"
)

// TestCopyToMongoAndBack carries everything from SQLite to MongoDB, interrupted again
// and again, and from there to another SQLite: all three hold the same.
func TestCopyToMongoAndBack(t *testing.T) {
	t.Parallel()
	source, from := filled(t)
	middle := mongoConfig(t)
	middle.KeyFile = source.Keys()
	mongo, back := openAt(t, middle), openAt(t, target(t, source))
	for done := false; ; done = !done {
		err := Copy(t.Context(), from, &Data{Store: &dying{Portable: portable(t, mongo), left: 2, done: done}, Files: mongo.Files}, "a", quiet)
		if err == nil {
			break
		}
		if !errors.Is(err, errDied) {
			t.Fatal(err)
		}
		if _, err := Open(t.Context(), middle); !errors.Is(err, ErrHalf) {
			t.Fatalf("half a copy: %v", err)
		}
	}
	if _, _, err := Finish(t.Context(), from, mongo, still); err != nil {
		t.Fatal(err)
	}
	if err := Copy(t.Context(), mongo, back, "b", quiet); err != nil {
		t.Fatal(err)
	}
	have, copied, err := Finish(t.Context(), mongo, back, still)
	if err != nil {
		t.Fatal(err)
	}
	workflowtest.Same(t, portable(t, from), portable(t, back))
	first, err := Sums(t.Context(), from, true, still)
	if err != nil {
		t.Fatal(err)
	}
	for i := range first {
		if first[i] != have[i] || first[i] != copied[i] {
			t.Errorf("%+v, %+v, %+v", first[i], have[i], copied[i])
		}
	}
}

// TestCopyOfAnOfficeOnMongo carries what an office has written to MongoDB itself, so that
// the newest entries of a case are not in the history yet.
func TestCopyOfAnOfficeOnMongo(t *testing.T) {
	t.Parallel()
	source := mongoConfig(t)
	from := openAt(t, source)
	workflowtest.Fill(t, from.Store)
	to := openAt(t, target(t, source))
	if err := Copy(t.Context(), from, to, "a", quiet); err != nil {
		t.Fatal(err)
	}
	if _, _, err := Finish(t.Context(), from, to, still); err != nil {
		t.Error(err)
	}
	workflowtest.Same(t, portable(t, from), portable(t, to))
}

// TestCopyOfARunningOfficeIsRefused: a node that beats is alive; a lease that stands
// still is that of a dead one.
func TestCopyOfARunningOfficeIsRefused(t *testing.T) {
	t.Parallel()
	d := openAt(t, mongoConfig(t))
	if err := Idle(t.Context(), d); err != nil {
		t.Errorf("nobody was ever here: %v", err)
	}
	node, err := d.Store.TakeLease(t.Context(), store.Lease{}, "a")
	if err != nil {
		t.Fatal(err)
	}
	if err := Idle(t.Context(), d); err != nil {
		t.Errorf("it died: %v", err)
	}
	beating, stop := context.WithCancel(t.Context())
	defer stop()
	go func() {
		for bot.Pause(beating, 500*time.Millisecond) {
			node, _ = d.Store.TakeLease(beating, node, "a")
		}
	}()
	if err := Idle(t.Context(), d); !errors.Is(err, ErrBusy) {
		t.Errorf("it lives: %v", err)
	}
}

func TestNameHasNoPassword(t *testing.T) {
	t.Parallel()
	name, err := Config{MongoURI: "mongodb://petugas:rahasia@a:1,b:2/izin?tls=true"}.Name()
	if err != nil || name != "mongodb a:1,b:2/izin" {
		t.Errorf("%s, %v", name, err)
	}
}
