package mongostore_test

import (
	"testing"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/mongostore"
	"izinbot/workflow/mongostore/mongotest"
	"izinbot/workflow/store"
	"izinbot/workflow/workflowtest"
)

// openAt opens a store that is closed with the test; r may be nil.
func openAt(t *testing.T, uri string, r *recorder) *mongostore.Store {
	t.Helper()
	var opts mongostore.Options
	if r != nil {
		opts.Monitor = r.monitor()
	}
	s, err := mongostore.Open(t.Context(), uri, opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

type opener func(t *testing.T, uri string, r *recorder) *mongostore.Store

// openAlone is openAt for the only process, which serves all chats.
func openAlone(t *testing.T, uri string, r *recorder) *mongostore.Store {
	t.Helper()
	s := openAt(t, uri, r)
	s.ActiveIf(func() bool { return true })
	return s
}

// TestConformance runs the suite on a server with atomic updates, and looks at all
// that was asked of it.
func TestConformance(t *testing.T) {
	t.Parallel()
	mongotest.Needed(t)
	r := &recorder{shapes: map[string]asked{}}
	whole := conform(t, mongotest.URI, "", r, openAlone)
	whole = workflowtest.RunPortable(t, func(t *testing.T) store.Portable {
		t.Helper()
		return openAt(t, mongotest.URI(t), r)
	}) && whole
	r.check(t, whole)
	r.fit(t, whole)
}

// TestConformanceOfBareFerretDB runs what one client at a time can ask of a server
// that is not atomic. Without another server, TestConformance has asked it already.
func TestConformanceOfBareFerretDB(t *testing.T) {
	t.Parallel()
	if !mongotest.Real() {
		t.Skip("TestConformance runs on FerretDB")
	}
	conform(t, mongotest.Bare, "FerretDB is not atomic: two updates that come at once may both count", nil, openAt)
}

func conform(t *testing.T, uriOf func(testing.TB) string, skipConcurrent string, r *recorder, open opener) (whole bool) {
	t.Helper()
	uris := map[store.Store]string{}
	return workflowtest.Run(t, func(t *testing.T) store.Store {
		t.Helper()
		uri := uriOf(t)
		s := open(t, uri, r)
		uris[s] = uri
		return s
	}, workflowtest.Options{SkipConcurrent: skipConcurrent, Reopen: func(t *testing.T, s store.Store) store.Store {
		t.Helper()
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		uri := uris[s]
		s = open(t, uri, r)
		uris[s] = uri
		return s
	}, Spoil: func(t *testing.T, s store.Store, id workflow.CaseID, doc []byte) {
		t.Helper()
		spoil(t, uris[s], id, doc)
	}, SpoilChat: func(t *testing.T, s store.Store, chat bot.Address, doc []byte) {
		t.Helper()
		spoilChat(t, uris[s], chat, doc)
	}})
}

func spoilChat(t *testing.T, uri string, chat bot.Address, doc []byte) {
	t.Helper()
	set := bson.D{{Key: "$set", Value: bson.D{{Key: "in.0.message", Value: doc}, {Key: "out.0.message", Value: doc}}}}
	r, err := openAt(t, uri, nil).Database().Collection("chats").UpdateByID(t.Context(), string(chat), set)
	if err != nil || r.ModifiedCount != 1 {
		t.Fatalf("spoil a chat: %+v, %v", r, err)
	}
}

// TestDamagedFields: a document whose fields have other types is damaged, and no other
// is.
func TestDamagedFields(t *testing.T) {
	t.Parallel()
	s := openAt(t, mongotest.URI(t), nil)
	for _, id := range []workflow.CaseID{"A-2026-00001-1", "A-2026-00002-2"} {
		change, err := workflowtest.Change(workflowtest.Case(id, crashTime()), crashTime(), "k")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Commit(t.Context(), crashTime(), store.UnitOfWork{Cases: []store.CaseChange{change}}); err != nil {
			t.Fatal(err)
		}
	}
	set := bson.D{{Key: "$set", Value: bson.D{{Key: "doc", Value: "CONTOH"}}}}
	unchecked := options.UpdateOne().SetBypassDocumentValidation(true)
	if _, err := s.Database().Collection("cases").UpdateByID(t.Context(), "A-2026-00001-1", set, unchecked); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Case(t.Context(), "A-2026-00001-1"); workflow.CodeOf(err) != workflow.CodeDamaged {
		t.Errorf("damaged: %v", err)
	}
	if _, err := s.Case(t.Context(), "A-2026-00002-2"); err != nil {
		t.Errorf("whole: %v", err)
	}
}

// spoil puts other bytes in the place of a case's document.
func spoil(t *testing.T, uri string, id workflow.CaseID, doc []byte) {
	t.Helper()
	set := bson.D{{Key: "$set", Value: bson.D{{Key: "doc", Value: append([]byte{}, doc...)}}}}
	if _, err := openAt(t, uri, nil).Database().Collection("cases").UpdateByID(t.Context(), string(id), set); err != nil {
		t.Fatal(err)
	}
}
