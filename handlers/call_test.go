package handlers

import (
	"strings"
	"testing"

	"izinbot/workflow"
	"izinbot/workflow/casework"
	"izinbot/workflow/store"
)

// asks makes a call somebody's task.
func (o *office) asks(c casework.Call) casework.Call {
	o.t.Helper()
	c.Day = "2026-11-20"
	if _, err := o.store.Commit(o.t.Context(), o.now, store.UnitOfWork{Claims: c.Asked()}); err != nil {
		o.t.Fatal(err)
	}
	return c
}

// TestCallOfAnApplicant: it stands in the list of tasks until somebody has made it,
// and its result in the case's history.
func TestCallOfAnApplicant(t *testing.T) {
	g, id := applied(t)
	fo, colleague, kabid := g.officer("fitri", "front_office"), g.officer("ferdi", "front_office"), g.officer("karina", "kabid")
	g.lacks(fo.say("tugas"), "telepon")
	fo.expect("telepon", "Tidak ada telepon yang menunggu")
	g.asks(casework.Call{Case: id, Role: "front_office", Why: casework.CallBlocked})
	fo.expect("tugas", string(id), "1 telepon menunggu", "Telepon yang menunggu")
	g.lacks(kabid.say("tugas"), "telepon")
	fo.expect("telepon", "Pemohon "+string(id), "bot diblokir, sejak Jumat 20 Nov")
	fo.expect("1", "Sudah menelepon pemohon "+string(id), "+62", "@", "Sudah tersambung", "Belum tersambung")
	fo.expect("Belum tersambung", "tetap ada dalam daftar")
	colleague.expect("/telepon "+string(id), "Sudah menelepon")
	fo.expect("/telepon "+strings.ToLower(string(id)), "Sudah menelepon")
	fo.expect("x", "Sudah menelepon") // too short for a note
	fo.expect("Akan membuka chat sore ini", string(id)+" sudah ditelepon")
	colleague.expect("1", "sudah dilakukan")
	colleague.expect("telepon", "Tidak ada telepon yang menunggu")
	fo.expect("riwayat "+string(id), "menelepon pemohon: Akan membuka chat sore ini")
	if entries, err := g.store.History(t.Context(), id); err != nil || len(entries) != 2 {
		t.Errorf("%d entries, %v", len(entries), err)
	}
}

// TestCallOfAnOfficer is his superior's, and in no case's history.
func TestCallOfAnOfficer(t *testing.T) {
	g, _ := applied(t)
	g.officer("fitri", "front_office")
	kabid := g.officer("karina", "kabid")
	g.asks(casework.Call{Officer: "o-fitri", Role: "kabid", Why: casework.CallNoAnswer})
	kabid.expect("tugas", "1 telepon menunggu")
	kabid.expect("1", "FITRI CONTOH (sudah dicoba berkali-kali")
	kabid.expect("1", "Sudah menelepon FITRI CONTOH?")
	kabid.expect("1", "FITRI CONTOH sudah ditelepon")
	g.lacks(kabid.say("tugas"), "telepon menunggu")
	kabid.expect("/telepon o-nobody", "sudah dilakukan, atau tidak perlu lagi")
}

// TestCallByTheAdmin, where nobody else is there: he has no part in the case.
func TestCallByTheAdmin(t *testing.T) {
	g, id := applied(t)
	admin := g.officer("adi", workflow.RoleAdmin)
	g.asks(casework.Call{Case: id, Role: workflow.RoleAdmin, Why: casework.CallNotThere})
	admin.expect("/telepon "+string(id), "Sudah menelepon pemohon")
	admin.expect("1", "sudah ditelepon")
	if entries, err := g.store.History(t.Context(), id); err != nil || len(entries) != 1 {
		t.Errorf("%d entries, %v", len(entries), err)
	}
	g.guest("ani").expect("telepon", "untuk petugas")
}

// TestCallOfAClosedCase is no longer to be made.
func TestCallOfAClosedCase(t *testing.T) {
	g, id := applied(t)
	fo := g.officer("fitri", "front_office")
	g.asks(casework.Call{Case: id, Role: "front_office", Why: casework.CallBlocked})
	fo.expect("telepon", string(id))
	g.say("/tarik " + string(id))
	g.say("CONTOH: tidak jadi")
	g.say("1")
	if c := g.onlyCase(); c.Open() {
		t.Fatalf("the case is open: %+v", c.Stage)
	}
	fo.expect("telepon", "Tidak ada telepon yang menunggu")
}
