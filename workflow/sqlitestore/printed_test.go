package sqlitestore

import (
	"encoding/json"
	"path/filepath"
	"testing"

	"izinbot/workflow/internal/kept"
	"izinbot/workflow/workflowtest"
)

// TestNumbersGetTheirTexts opens a database of before in which a number was printed twice, one
// was left behind by a crash at New Year, and a case is damaged.
func TestNumbersGetTheirTexts(t *testing.T) {
	path := filepath.Join(t.TempDir(), "izin.db")
	conn, err := raw(t, path).Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	exec := func(q string, args ...any) {
		t.Helper()
		if _, err := conn.ExecContext(t.Context(), q, args...); err != nil {
			t.Fatal(err)
		}
	}
	list, err := migrations(migrationFiles)
	if err == nil {
		err = migrate(t.Context(), conn, list[:5])
	}
	if err != nil {
		t.Fatal(err)
	}
	cases, rows := workflowtest.NumbersBefore()
	for _, c := range cases {
		doc, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		exec("INSERT INTO cases (id, version, digest, doc) VALUES (?, 1, 0, ?)", c.ID, kept.Pack(doc))
	}
	exec("INSERT INTO cases (id, version, digest, doc) VALUES ('LKS-2026-00077-1', 1, 0, x'ffff')")
	for _, r := range rows {
		exec("INSERT INTO numbers VALUES (?, ?, ?, ?, ?, ?)", r.Register, r.Year, r.Seq, r.Key, r.Status, kept.Nanos(r.Taken))
	}
	if err := conn.Close(); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		s, err := Open(t.Context(), path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		workflowtest.WantRows(t, s, rows)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	db := raw(t, path)
	for _, q := range []string{
		"DELETE FROM numbers", "UPDATE numbers SET printed = '503/001/XI/2026'",
		"INSERT INTO numbers VALUES ('izin', 2028, 1, 'k', 'reserved', 0, '503/001/XI/2026')",
	} {
		if _, err := db.ExecContext(t.Context(), q); err == nil {
			t.Errorf("%s succeeded", q)
		}
	}
}
