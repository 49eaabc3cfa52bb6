package supervise_test

import (
	"strings"
	"testing"

	"izinbot/handlers/handlerstest"
	"izinbot/workflow"
	"izinbot/workflow/store"
)

// TestCallOfAnApplicant: it stands in the list of tasks until somebody has made it,
// and its result in the case's history.
func TestCallOfAnApplicant(t *testing.T) {
	g, id := handlerstest.Applied(t)
	fo, colleague, kabid := g.Officer("fitri", "front_office"), g.Officer("ferdi", "front_office"), g.Officer("karina", "kabid")
	g.Lacks(fo.Say("tugas"), "telepon")
	fo.Expect("telepon", "Tidak ada telepon yang menunggu")
	g.Asks(store.Call{Case: id, Role: "front_office", Why: store.CallBlocked})
	fo.Expect("tugas", string(id), "1 telepon menunggu", "Telepon yang menunggu")
	g.Lacks(kabid.Say("tugas"), "telepon")
	fo.Expect("telepon", "Pemohon "+string(id), "bot diblokir, sejak Jumat 20 Nov")
	fo.Expect("1", "Sudah menelepon pemohon "+string(id), "+62", "@", "Sudah tersambung", "Belum tersambung")
	fo.Expect("Belum tersambung", "tetap ada dalam daftar")
	colleague.Expect("/telepon "+string(id), "Sudah menelepon")
	fo.Expect("/telepon "+strings.ToLower(string(id)), "Sudah menelepon")
	fo.Expect("x", "Sudah menelepon") // too short for a note
	fo.Expect("Akan membuka chat sore ini", string(id)+" sudah ditelepon")
	colleague.Expect("1", "sudah dilakukan")
	colleague.Expect("telepon", "Tidak ada telepon yang menunggu")
	fo.Expect("riwayat "+string(id), "menelepon pemohon: Akan membuka chat sore ini")
	if entries, err := g.Store.History(t.Context(), id); err != nil || len(entries) != 2 {
		t.Errorf("%d entries, %v", len(entries), err)
	}
}

// TestCallOfAnOfficer is his superior's, and in no case's history.
func TestCallOfAnOfficer(t *testing.T) {
	g, _ := handlerstest.Applied(t)
	g.Officer("fitri", "front_office")
	kabid := g.Officer("karina", "kabid")
	g.Asks(store.Call{Officer: "o-fitri", Role: "kabid", Why: store.CallNoAnswer})
	kabid.Expect("tugas", "1 telepon menunggu")
	kabid.Expect("1", "FITRI CONTOH (sudah dicoba berkali-kali")
	kabid.Expect("1", "Sudah menelepon FITRI CONTOH?")
	kabid.Expect("1", "FITRI CONTOH sudah ditelepon")
	g.Lacks(kabid.Say("tugas"), "telepon menunggu")
	kabid.Expect("/telepon o-nobody", "sudah dilakukan, atau tidak perlu lagi")
}

// TestCallByTheAdmin, where nobody else is there: he has no part in the case.
func TestCallByTheAdmin(t *testing.T) {
	g, id := handlerstest.Applied(t)
	admin := g.Officer("adi", workflow.RoleAdmin)
	g.Asks(store.Call{Case: id, Role: workflow.RoleAdmin, Why: store.CallNotThere})
	admin.Expect("/telepon "+string(id), "Sudah menelepon pemohon")
	admin.Expect("1", "sudah ditelepon")
	if entries, err := g.Store.History(t.Context(), id); err != nil || len(entries) != 1 {
		t.Errorf("%d entries, %v", len(entries), err)
	}
	g.Guest("ani").Expect("telepon", "untuk petugas")
}

// TestCallOfAClosedCase is no longer to be made.
func TestCallOfAClosedCase(t *testing.T) {
	g, id := handlerstest.Applied(t)
	fo := g.Officer("fitri", "front_office")
	g.Asks(store.Call{Case: id, Role: "front_office", Why: store.CallBlocked})
	fo.Expect("telepon", string(id))
	g.Say("/tarik " + string(id))
	g.Say("CONTOH: tidak jadi")
	g.Say("1")
	if c := g.OnlyCase(); c.Open() {
		t.Fatalf("the case is open: %+v", c.Stage)
	}
	fo.Expect("telepon", "Tidak ada telepon yang menunggu")
}
