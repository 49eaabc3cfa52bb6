package mongostore_test

import (
	"testing"

	"izinbot/workflow/mongostore"
	"izinbot/workflow/mongostore/mongotest"
	"izinbot/workflow/store"
	"izinbot/workflow/workflowtest"
)

func openAt(t *testing.T, uri string) *mongostore.Store {
	t.Helper()
	s, err := mongostore.Open(t.Context(), uri, mongostore.Options{})
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

// TestConformance runs the whole suite on a server with atomic updates.
func TestConformance(t *testing.T) {
	conform(t, mongotest.URI, "")
}

// TestConformanceOfBareFerretDB runs what one client at a time can ask of a server
// that is not atomic.
func TestConformanceOfBareFerretDB(t *testing.T) {
	conform(t, mongotest.Bare, "FerretDB is not atomic: two updates that come at once may both count")
}

func conform(t *testing.T, uriOf func(testing.TB) string, skipConcurrent string) {
	t.Helper()
	uris := map[store.Store]string{}
	workflowtest.Run(t, func(t *testing.T) store.Store {
		t.Helper()
		uri := uriOf(t)
		s := openAt(t, uri)
		uris[s] = uri
		return s
	}, workflowtest.Options{SkipConcurrent: skipConcurrent, Reopen: func(t *testing.T, s store.Store) store.Store {
		t.Helper()
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		uri := uris[s]
		s = openAt(t, uri)
		uris[s] = uri
		return s
	}})
}
