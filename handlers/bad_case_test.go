package handlers_test

import (
	"context"
	"testing"
	"time"

	"izinbot/handlers/handlerstest"
	"izinbot/handlers/wording"
	"izinbot/workflow"
	"izinbot/workflow/sqlitestore"
	"izinbot/workflow/store"
	"izinbot/workflow/workflowtest"
)

// spoiled is a store in which a case cannot be read.
type spoiled struct {
	*sqlitestore.Store
	bad workflow.CaseID
}

func (s spoiled) Case(ctx context.Context, id workflow.CaseID) (workflow.Case, error) {
	if id == s.bad {
		return workflow.Case{}, workflow.Refuse(workflow.CodeDamaged, "case")
	}
	return s.Store.Case(ctx, id)
}

// TestListsWithABadCase: what cannot be read is listed as that, and the rest as ever.
func TestListsWithABadCase(t *testing.T) {
	g, id := handlerstest.Applied(t)
	fo, kabid := g.Officer("fitri", "front_office"), g.Officer("karina", "kabid")
	fo.Expect("/kerjakan "+string(id), "Anda kerjakan hari ini")
	g.Asks(store.Call{Case: id, Role: "front_office", Why: store.CallBlocked})
	broken := spoiled{g.Store, id}
	g.App.Store, g.App.Desk.Store = broken, broken
	g.Now = g.Now.Add(4 * time.Hour)
	fo.Expect("tugas", string(id), "1 telepon menunggu")
	fo.Expect("telepon", "Pemohon "+string(id))
	kabid.Expect("terlambat", "FITRI CONTOH (1)", string(id))
	kabid.Expect("rekap", "1 terlambat")
	fo.Expect("/buka "+string(id), "tidak dapat dibaca", "hubungi admin")
	fo.Expect("/telepon "+string(id), "Sudah menelepon pemohon "+string(id))
	fo.Expect("1", "sudah ditelepon")
	kabid.Expect("ttd", "Tidak ada")
}

// TestPagesWithABadCase: the list of tasks goes on after a page that ends with a case
// which cannot be read.
func TestPagesWithABadCase(t *testing.T) {
	g, id := handlerstest.Applied(t)
	c, err := g.Store.Case(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	for n := 2; n <= wording.Page+2; n++ {
		c.ID, c.Version, c.Head = workflow.MakeCaseID("LKS", 2026, n), 0, ""
		change, err := workflowtest.Change(c, g.Now, "copy")
		if err != nil {
			t.Fatal(err)
		}
		change.Task = store.Task{Role: "front_office", Due: c.StepClock.Due, Label: "Yayasan Contoh", Keywords: "yayasan contoh"}
		if _, err := g.Store.Commit(t.Context(), g.Now, store.UnitOfWork{Cases: []store.CaseChange{change}}); err != nil {
			t.Fatal(err)
		}
	}
	last, next := workflow.MakeCaseID("LKS", 2026, wording.Page), workflow.MakeCaseID("LKS", 2026, wording.Page+1)
	broken := spoiled{g.Store, last}
	g.App.Store, g.App.Desk.Store = broken, broken
	fo := g.Officer("fitri", "front_office")
	fo.Expect("tugas", string(last))
	fo.Expect("/tugas "+string(last), string(next))
	fo.Expect("cari contoh", string(next))
}

// TestOwnListWithABadCase: an applicant sees his other cases, and can act on them.
func TestOwnListWithABadCase(t *testing.T) {
	g, bad := handlerstest.Applied(t)
	g.ApplyOnceMore()
	broken := spoiled{g.Store, bad}
	g.App.Store, g.App.Desk.Store = broken, broken
	g.Expect("status", "1. Yayasan", "2. "+string(bad), "tidak dapat dibaca")
	g.Expect("tarik", "tarik")
}

// TestHistoryWithABadEntry: an entry that cannot be read is shown as that.
func TestHistoryWithABadEntry(t *testing.T) {
	g, id := handlerstest.Applied(t)
	fo := g.Officer("fitri", "front_office")
	fo.Expect("/kerjakan "+string(id), "Anda kerjakan hari ini")
	broken := lossy{g.Store}
	g.App.Store, g.App.Desk.Store = broken, broken
	fo.Expect("riwayat "+string(id), "1. tidak dapat dibaca", "2. Senin", "tidak cocok")
}

// lossy is a store in which the first entry of each history cannot be read.
type lossy struct{ *sqlitestore.Store }

func (s lossy) History(ctx context.Context, id workflow.CaseID) ([]workflow.Entry, error) {
	entries, err := s.Store.History(ctx, id)
	if len(entries) > 0 {
		entries[0] = workflow.ReadEntry([]byte("{"), entries[0].Hash)
	}
	return entries, err
}
