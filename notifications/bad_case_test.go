package notifications_test

import (
	"context"
	"database/sql"
	"strings"
	"testing"

	"izinbot/workflow"
	"izinbot/workflow/sqlitestore"
	"izinbot/workflow/store"
	"izinbot/workflow/workflowtest"
)

// damage spoils what is stored of a case.
func (h *house) damage(id workflow.CaseID) {
	h.t.Helper()
	db, err := sql.Open("sqlite", h.path+"?_pragma=busy_timeout(5000)")
	if err != nil {
		h.t.Fatal(err)
	}
	r, err := db.ExecContext(h.t.Context(), "UPDATE cases SET doc = x'ffff' WHERE id = ?", string(id))
	if err != nil {
		h.t.Fatal(err)
	}
	if n, err := r.RowsAffected(); n != 1 || err != nil {
		h.t.Fatalf("%d cases damaged, %v", n, err)
	}
	if err := db.Close(); err != nil {
		h.t.Fatal(err)
	}
}

// stray puts a case into the store that began with a procedure which nobody knows, and
// that is due when another is.
func (h *house) stray(like workflow.CaseID) workflow.CaseID {
	h.t.Helper()
	c := workflowtest.Case("LKS-2026-00099-4", h.now)
	c.SOP = workflow.SOPRef{Name: "lks-asing", Version: "lain"}
	c.Holder, c.StepClock = nil, h.load(like).StepClock
	change, err := workflowtest.Change(c, h.now, "stray")
	if err != nil {
		h.t.Fatal(err)
	}
	change.Task.Check = h.now
	h.commit(store.UnitOfWork{Cases: []store.CaseChange{change}})
	return c.ID
}

// TestBadCasesInTheStore: one that is corrupt and one whose procedure is unknown stop
// no reminder and no digest of others; admins and heads hear of both, once a day, and
// the log says why.
func TestBadCasesInTheStore(t *testing.T) {
	h := newHouse(t, "2026-11-23 08.00")
	h.hire("admin", workflow.RoleAdmin)
	before, corrupt, after := h.submit(), h.submit(), h.submit()
	h.damage(corrupt)
	stray := h.stray(before)
	got := h.tick("2026-11-23 09.30")
	for _, want := range []string{
		string(before) + " · Contoh nama_lembaga", string(after) + " · Contoh nama_lembaga",
		"admin: 2 pengingat", "kadis: 2 pengingat", "sekretaris: 2 pengingat",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
	for _, bad := range []workflow.CaseID{corrupt, stray} {
		if n := strings.Count(got, string(bad)+" tidak dapat dibaca"); n != 3 {
			t.Errorf("%s is reported %d times:\n%s", bad, n, got)
		}
		if n := strings.Count(h.log.String(), "case="+string(bad)); n != 1 {
			t.Errorf("%s is logged %d times:\n%s", bad, n, &h.log)
		}
	}
	h.never("2026-11-23 11.00", "tidak dapat dibaca")
	h.run("2026-11-24 08.00")
	got = h.said()
	if !strings.Contains(got, "front_office: Selamat pagi") || !strings.Contains(got, "kabid: Selamat pagi") || strings.Count(got, "tidak dapat dibaca") != 6 {
		t.Errorf("the next day:\n%s", got)
	}
	h.never("2026-11-24 10.00", "tidak dapat dibaca")
	moved, err := h.watch.Reschedule(t.Context(), h.store, "Kalender kerja diubah CONTOH", h.now)
	if err != nil || moved != 0 {
		t.Errorf("rescheduled %d, %v", moved, err)
	}
}

// TestBadCase: a case whose procedure is unknown, and one that cannot be read, stop
// no other and are reported.
func TestBadCase(t *testing.T) {
	h := newHouse(t, "2026-11-23 08.00")
	h.hire("admin", workflow.RoleAdmin)
	good, bad := h.submit(), h.submit()
	broken := &brokenStore{Store: h.store, bad: bad}
	h.desk.Store = broken
	broken.fault = "unreadable"
	h.do(good, "front_office", workflow.Claim{})
	h.at("2026-11-22 09.00") // due at a time when nobody works, as after a stop
	h.commit(store.UnitOfWork{Looks: []store.Look{{Case: bad, Version: h.load(bad).Version, At: h.now}}})
	h.says("2026-11-22 09.00")
	for _, fault := range []string{"unreadable", "unknown procedure", "panic"} {
		broken.fault = fault
		at := map[string]string{"unreadable": "2026-11-23 09.30", "unknown procedure": "2026-11-24 07.30", "panic": "2026-11-25 07.30"}[fault]
		h.log.Reset()
		got := h.tick(at)
		if !strings.Contains(got, string(good)) || !strings.Contains(got, "admin: "+string(bad)+" tidak dapat dibaca") {
			t.Errorf("%s:\n%s", fault, got)
		}
		if !strings.Contains(h.log.String(), string(bad)) {
			t.Errorf("%s is not logged: %s", fault, &h.log)
		}
		h.never(at[:11]+"09.45", "tidak dapat dibaca") // once a day
	}
	broken.fault = ""
	h.says("2026-11-25 11.00", string(bad)) // it is looked at again
}

// brokenStore spoils one case.
type brokenStore struct {
	*sqlitestore.Store
	bad   workflow.CaseID
	fault string
}

func (s *brokenStore) Case(ctx context.Context, id workflow.CaseID) (workflow.Case, error) {
	c, err := s.Store.Case(ctx, id)
	if id != s.bad {
		return c, err
	}
	switch s.fault {
	case "unreadable":
		return c, workflow.Refuse(workflow.CodeUnavailable, "case")
	case "unknown procedure":
		c.SOP.Version = "lain"
	case "panic":
		panic("CONTOH")
	}
	return c, err
}
