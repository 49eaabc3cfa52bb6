package storage

import (
	"errors"
	"testing"

	"izinbot/workflow/workflowtest"
)

// TestCopyToMongoAndBack carries everything from SQLite to MongoDB, interrupted again
// and again, and from there to another SQLite: all three hold the same.
func TestCopyToMongoAndBack(t *testing.T) {
	t.Parallel()
	source, from := filled(t)
	middle := mongoPlace(t)
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
