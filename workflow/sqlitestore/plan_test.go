package sqlitestore

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func open4test(t *testing.T) *Store {
	t.Helper()
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "izin.db"), Options{})
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

// reasons are the statements that may go through a whole table or sort what they
// found, and why.
func reasons() map[query]string {
	return map[query]string{
		sqlUnhandled: "runs once at start, on a table of the few that are unhandled",
		sqlHistory:   "sorts the entries of one case, some dozens",
		sqlFind:      "the full-text index gives the rows in order",
	}
}

// TestEveryStatementUsesAnIndex reads the plan of every statement.
func TestEveryStatementUsesAnIndex(t *testing.T) {
	s := open4test(t)
	for _, q := range slices.Concat(readStatements(), writeStatements()) {
		for _, step := range plan(t, s, q) {
			scan := strings.HasPrefix(step, "SCAN ") && step != "SCAN roles" && !strings.Contains(step, "INDEX") && !strings.Contains(step, "CONSTANT ROW") &&
				!strings.HasPrefix(step, "SCAN (subquery")
			sort := strings.Contains(step, "TEMP B-TREE")
			if (scan || sort) && reasons()[q] == "" {
				t.Errorf("%s\n\t%s", q, step)
			}
		}
	}
}

// TestWalksUseAnIndex: a copy of a large store reads each row once, not once a page.
func TestWalksUseAnIndex(t *testing.T) {
	s := open4test(t)
	for kind, w := range walks() {
		if first := plan(t, s, w.page)[0]; !strings.Contains(first, "SEARCH") && !strings.HasPrefix(first, "CO-ROUTINE") {
			t.Errorf("%s: %s", kind, plan(t, s, w.page))
		}
	}
}

func plan(t *testing.T, s *Store, q query) []string {
	t.Helper()
	rows, err := s.reader.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+string(q), make([]any, 20)...)
	if err != nil {
		t.Fatalf("%s: %v", q, err)
	}
	steps, err := collect(rows, func(row scanner) (string, error) {
		var id, parent, unused int
		var step string
		return step, row.Scan(&id, &parent, &unused, &step)
	})
	if err != nil {
		t.Fatalf("%s: %v", q, err)
	}
	return steps
}
