package account_test

import (
	"strings"
	"testing"
	"time"

	"izinbot/handlers/handlerstest"
	"izinbot/workflow"
)

// TestStandInByTheAdmin: an admin names a stand-in for somebody else, and ends it.
func TestStandInByTheAdmin(t *testing.T) {
	g, _ := handlerstest.Applied(t)
	admin := g.Officer("adi", workflow.RoleAdmin)
	kabid := g.Officer("karina", "kabid")
	deputy := g.Officer("saut", "sekretaris")
	admin.Expect("plh", "Petugas yang diwakili", "KARINA CONTOH")
	g.Lacks(admin.Say("KARINA CONTOH"), "1 KARINA CONTOH")
	admin.Expect("SAUT CONTOH", "Jenis", "1 Plh. (pelaksana harian)")
	admin.Expect("Plh.", "Mulai")
	admin.Say("23/11/2026")
	admin.Expect("24/11/2026", "Simpan?", "KARINA CONTOH", "SAUT CONTOH")
	admin.Expect("1", "Tersimpan: Plh.")
	g.Wants(handlerstest.Transcript(g.Sent[deputy.Chat]), "KARINA CONTOH diwakili oleh Anda sebagai Plh. Kabid Pelayanan, Senin 23 Nov sampai Selasa 24 Nov")
	g.Wants(handlerstest.Transcript(g.Sent[kabid.Chat]), "Anda diwakili oleh SAUT CONTOH sebagai Plh. Kabid Pelayanan")
	all, err := g.Store.Delegations(t.Context(), g.Now)
	if err != nil || len(all) != 1 || all[0].Principal != "o-karina" || all[0].Deputy != "o-saut" || all[0].Role != "kabid" {
		t.Fatalf("delegations %+v, %v", all, err)
	}
	deputy.Expect("plh akhiri "+all[0].ID, "tidak ditemukan")
	admin.Expect("plh akhiri "+all[0].ID, "diakhiri")
	g.Wants(handlerstest.Transcript(g.Sent[deputy.Chat]), "tidak lagi Plh. Kabid Pelayanan")
}

// TestStandInByTheOfficialHimself: from the first day to the last the stand-in has his
// tasks and his power, not before and not after; nobody need end it.
func TestStandInByTheOfficialHimself(t *testing.T) {
	g, _ := handlerstest.Applied(t)
	kabid, deputy := g.Officer("karina", "kabid"), g.Officer("saut", "ksb_umum")
	kabid.Expect("plh", "Pengganti")
	kabid.Say("SAUT CONTOH")
	kabid.Say("1")
	kabid.Say("24/11/2026")
	kabid.Say("25/11/2026")
	kabid.Expect("1", "Tersimpan: Plh. dari Selasa 24 Nov sampai Rabu 25 Nov")
	g.Wants(handlerstest.Transcript(g.Sent[deputy.Chat]), "KARINA CONTOH diwakili oleh Anda")
	if n := len(g.Sent[kabid.Chat]); n != 1 {
		t.Errorf("who named the stand-in hears it in %d messages", n)
	}
	for day, allowed := range map[int]bool{23: false, 24: true, 25: true, 26: false} {
		g.Now = time.Date(2026, 11, day, 9, 0, 0, 0, workflow.WIB())
		if got := deputy.Say("rekap"); strings.Contains(got, "Front Office: 1 terbuka") != allowed {
			t.Errorf("on the %dth he sees what a Kabid sees: %v\n%s", day, !allowed, got)
		}
	}
}
