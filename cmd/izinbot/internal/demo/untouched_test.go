package demo

import (
	"context"
	"encoding/json"
	"path/filepath"
	"testing"

	"izinbot/workflow"
	"izinbot/workflow/sqlitestore"
	"izinbot/workflow/store"
)

// allCases gives every case as JSON.
func allCases(t *testing.T, s store.Cases) map[workflow.CaseID]string {
	t.Helper()
	out := map[workflow.CaseID]string{}
	ids, err := s.CaseIDs(context.Background(), "", 1000)
	if err != nil {
		t.Error(err)
	}
	for _, id := range ids {
		c, err := s.Case(context.Background(), id)
		if err != nil {
			t.Error(err)
			continue
		}
		b, err := json.Marshal(c)
		if err != nil {
			t.Error(err)
		}
		out[id] = string(b)
	}
	return out
}

// untouched fails if the program changed a case in place that it had read: what the
// store knows of cases then differs from what it keeps.
func untouched(t *testing.T, dir string, known map[workflow.CaseID]string) {
	t.Helper()
	s, err := sqlitestore.Open(context.Background(), filepath.Join(dir, "izinbot.db"), sqlitestore.Options{})
	if err != nil {
		t.Error(err)
		return
	}
	for id, kept := range allCases(t, s) {
		if known[id] != kept {
			t.Errorf("case %s was changed in place:\n%s\nkept: %s", id, known[id], kept)
		}
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}
