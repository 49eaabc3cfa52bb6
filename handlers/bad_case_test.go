package handlers

import (
	"context"
	"testing"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/casework"
	"izinbot/workflow/sqlitestore"
)

// spoiled is a store in which a case cannot be read.
type spoiled struct {
	*sqlitestore.Store
	bad workflow.CaseID
}

func (s spoiled) Case(ctx context.Context, id workflow.CaseID) (workflow.Case, error) {
	if id == s.bad {
		return workflow.Case{}, workflow.Refuse(workflow.CodeUnavailable, "case")
	}
	return s.Store.Case(ctx, id)
}

// TestListsWithABadCase: what cannot be read is listed as that, and the rest as ever.
func TestListsWithABadCase(t *testing.T) {
	g, id := applied(t)
	fo, kabid := g.officer("fitri", "front_office"), g.officer("karina", "kabid")
	fo.expect("/kerjakan "+string(id), "Anda kerjakan hari ini")
	g.asks(casework.Call{Case: id, Role: "front_office", Why: casework.CallBlocked})
	broken := spoiled{g.store, id}
	g.app.Store, g.app.Desk.Store = broken, broken
	g.now = g.now.Add(4 * time.Hour)
	fo.expect("tugas", string(id), "1 telepon menunggu")
	fo.expect("telepon", "Pemohon "+string(id))
	kabid.expect("terlambat", "FITRI CONTOH (1)", string(id))
	kabid.expect("rekap", "1 terlambat")
	fo.expect("/buka "+string(id), "tidak dapat dibaca", "hubungi admin")
	fo.expect("/telepon "+string(id), "Sudah menelepon pemohon "+string(id))
	fo.expect("1", "sudah ditelepon")
	kabid.expect("ttd", "Tidak ada")
}
