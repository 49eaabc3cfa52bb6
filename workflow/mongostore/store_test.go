package mongostore_test

import (
	"testing"

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

// TestConformance runs the suite on a server with atomic updates, and looks at all
// that was asked of it.
func TestConformance(t *testing.T) {
	t.Parallel()
	r := &recorder{shapes: map[string]asked{}}
	whole := conform(t, mongotest.URI, "", r)
	whole = workflowtest.RunPortable(t, func(t *testing.T) store.Portable {
		t.Helper()
		return openAt(t, mongotest.URI(t), r)
	}) && whole
	r.check(t, whole)
	r.fit(t, whole)
}

// TestConformanceOfBareFerretDB runs what one client at a time can ask of a server
// that is not atomic.
func TestConformanceOfBareFerretDB(t *testing.T) {
	t.Parallel()
	conform(t, mongotest.Bare, "FerretDB is not atomic: two updates that come at once may both count", nil)
}

func conform(t *testing.T, uriOf func(testing.TB) string, skipConcurrent string, r *recorder) (whole bool) {
	t.Helper()
	uris := map[store.Store]string{}
	return workflowtest.Run(t, func(t *testing.T) store.Store {
		t.Helper()
		uri := uriOf(t)
		s := openAt(t, uri, r)
		uris[s] = uri
		return s
	}, workflowtest.Options{SkipConcurrent: skipConcurrent, Reopen: func(t *testing.T, s store.Store) store.Store {
		t.Helper()
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		uri := uris[s]
		s = openAt(t, uri, r)
		uris[s] = uri
		return s
	}})
}
