package backup

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"izinbot/bot"
	"izinbot/cmd/izinbot/internal/storage"
	"izinbot/workflow"
	"izinbot/workflow/mongostore"
	"izinbot/workflow/mongostore/mongotest"
	"izinbot/workflow/store"
	"izinbot/workflow/workflowtest"
)

// TestBackupOfMongoDB: an office on MongoDB that stands still is saved, verified and
// restored as any other; what it lacks is named, and one that runs is refused.
func TestBackupOfMongoDB(t *testing.T) {
	t.Parallel()
	place := storage.Config{Dir: t.TempDir(), MongoURI: mongotest.URI(t), Now: now()}
	d, keys := wholeOfficeAt(t, place)
	addEntries(t, d, "LKS-2026-00002-1", 20)
	from, to := take(t, place, true), storage.Config{Dir: filepath.Join(t.TempDir(), "baru")}
	if v := Verify(t.Context(), Verifying{From: from, Temp: t.TempDir()}); !v.Good() || v.Report.Cases != 2 || v.Report.Files != 3 {
		t.Errorf("%+v", v)
	}
	if _, err := Restore(t.Context(), Restoring{From: from, To: to}); err != nil {
		t.Fatal(err)
	}
	restored, err := storage.Open(t.Context(), to)
	if err != nil {
		t.Fatal(err)
	}
	defer restored.Close()
	had, has := d.Store.(store.Portable), restored.Store.(store.Portable) //nolint:errcheck,forcetypeassert // a wrong type fails the test
	workflowtest.Same(t, had, has)

	db := d.Store.(*mongostore.Store).Database() //nolint:errcheck,forcetypeassert // the same
	if _, err := db.Collection("files.chunks").UpdateMany(t.Context(), bson.D{}, bson.D{{Key: "$set", Value: bson.D{{Key: "data", Value: []byte("x")}}}}); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Collection("files.files").DeleteOne(t.Context(), bson.D{{Key: "filename", Value: keys[0]}}); err != nil {
		t.Fatal(err)
	}
	taken, err := Take(t.Context(), Options{From: place, To: filepath.Join(t.TempDir(), "b")}, now())
	if err != nil || len(taken.Lacks) != 3 || !strings.Contains(strings.Join(taken.Lacks, ""), string(theCase)+": dokumen B1: berkas tidak ada") {
		t.Errorf("%+v, %v", taken.Lacks, err)
	}

	node, err := d.Store.TakeLease(t.Context(), store.Lease{}, "a")
	if err != nil {
		t.Fatal(err)
	}
	beating, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for bot.Pause(beating, 500*time.Millisecond) {
			node, _ = d.Store.TakeLease(beating, node, "a")
		}
	}()
	if _, err := Take(t.Context(), Options{From: place, To: filepath.Join(t.TempDir(), "c")}, now()); !errors.Is(err, storage.ErrBusy) {
		t.Errorf("while a node runs: %v", err)
	}
	stop()
	<-ended
}

// addEntries makes a history so long that not all of it is in the case's document.
func addEntries(t *testing.T, d *storage.Data, id workflow.CaseID, n int) {
	t.Helper()
	for i := range n {
		c, err := d.Store.Case(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		change, err := workflowtest.Change(c, now(), fmt.Sprint("more", i))
		if err != nil {
			t.Fatal(err)
		}
		commit(t, d, store.UnitOfWork{Cases: []store.CaseChange{change}})
	}
}
