package sqlitestore

import (
	"path/filepath"
	"slices"
	"testing"

	"izinbot/workflow/store"
)

// TestCallsComeOutOfClaims has calls in a database of before, one of them made.
func TestCallsComeOutOfClaims(t *testing.T) {
	path := filepath.Join(t.TempDir(), "izin.db")
	db := raw(t, path)
	conn, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	list, err := migrations(migrationFiles)
	if err == nil {
		err = migrate(t.Context(), conn, list[:4])
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{
		"call/case/LKS-2026-00042-7/2026-11-24", "call/case/LKS-2026-00042-7/2026-11-24/front_office/blocked",
		"call/officer/p1a2b/2026-11-23", "call/officer/p1a2b/2026-11-23/kabid/no_answer",
		"call/case/LKS-2026-00001-3/2026-11-20", "call/case/LKS-2026-00001-3/2026-11-20/front_office/not_there",
		"called/case/LKS-2026-00001-3/2026-11-20", `call/"/x/y/z/w`, "calls", "rung/LKS-2026-00001-3/a",
	} {
		if _, err := conn.ExecContext(t.Context(), "INSERT INTO claims (key, at) VALUES (?, 1795500000000000000)", key); err != nil {
			t.Fatal(err)
		}
	}
	if err := conn.Close(); err != nil {
		t.Fatal(err)
	}
	s, err := Open(t.Context(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	open := []store.Call{
		{Officer: "p1a2b", Day: "2026-11-23", Role: "kabid", Why: store.CallNoAnswer},
		{Case: "LKS-2026-00042-7", Day: "2026-11-24", Role: "front_office", Why: store.CallBlocked},
	}
	if got, err := s.Calls(t.Context()); err != nil || !slices.Equal(got, open) {
		t.Errorf("open %+v, %v", got, err)
	}
	page, err := s.Records(t.Context(), store.KindCall, "", 10)
	if err != nil || len(page.Records) != 3 {
		t.Errorf("%d calls: %v", len(page.Records), err)
	}
	claims, err := s.Claimed(t.Context(), "")
	if err != nil || !slices.Equal(claims, []string{"calls", "rung/LKS-2026-00001-3/a"}) {
		t.Errorf("claims %q, %v", claims, err)
	}
}
