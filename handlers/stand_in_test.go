package handlers

import (
	"strings"
	"testing"
	"time"

	"izinbot/workflow"
)

// TestStandInByTheAdmin: an admin names a stand-in for somebody else, and ends it.
func TestStandInByTheAdmin(t *testing.T) {
	g, _ := applied(t)
	admin := g.officer("adi", workflow.RoleAdmin)
	kabid := g.officer("karina", "kabid")
	deputy := g.officer("saut", "sekretaris")
	admin.expect("plh", "Petugas yang diwakili", "KARINA CONTOH")
	g.lacks(admin.say("KARINA CONTOH"), "1 KARINA CONTOH")
	admin.expect("SAUT CONTOH", "Jenis", "1 Plh. (pelaksana harian)")
	admin.expect("Plh.", "Mulai")
	admin.say("23/11/2026")
	admin.expect("24/11/2026", "Simpan?", "KARINA CONTOH", "SAUT CONTOH")
	admin.expect("1", "Tersimpan: Plh.")
	g.wants(transcript(g.sent[deputy.chat]), "KARINA CONTOH diwakili oleh Anda sebagai Plh. Kabid Pelayanan, Senin 23 Nov sampai Selasa 24 Nov")
	g.wants(transcript(g.sent[kabid.chat]), "Anda diwakili oleh SAUT CONTOH sebagai Plh. Kabid Pelayanan")
	all, err := g.store.Delegations(t.Context(), g.now)
	if err != nil || len(all) != 1 || all[0].Principal != "o-karina" || all[0].Deputy != "o-saut" || all[0].Role != "kabid" {
		t.Fatalf("delegations %+v, %v", all, err)
	}
	deputy.expect("plh akhiri "+all[0].ID, "tidak ditemukan")
	admin.expect("plh akhiri "+all[0].ID, "diakhiri")
	g.wants(transcript(g.sent[deputy.chat]), "tidak lagi Plh. Kabid Pelayanan")
}

// TestStandInByTheOfficialHimself: from the first day to the last the stand-in has his
// tasks and his power, not before and not after; nobody need end it.
func TestStandInByTheOfficialHimself(t *testing.T) {
	g, _ := applied(t)
	kabid, deputy := g.officer("karina", "kabid"), g.officer("saut", "ksb_umum")
	kabid.expect("plh", "Pengganti")
	kabid.say("SAUT CONTOH")
	kabid.say("1")
	kabid.say("24/11/2026")
	kabid.say("25/11/2026")
	kabid.expect("1", "Tersimpan: Plh. dari Selasa 24 Nov sampai Rabu 25 Nov")
	g.wants(transcript(g.sent[deputy.chat]), "KARINA CONTOH diwakili oleh Anda")
	if n := len(g.sent[kabid.chat]); n != 1 {
		t.Errorf("who named the stand-in hears it in %d messages", n)
	}
	for day, allowed := range map[int]bool{23: false, 24: true, 25: true, 26: false} {
		g.now = time.Date(2026, 11, day, 9, 0, 0, 0, workflow.WIB())
		if got := deputy.say("rekap"); strings.Contains(got, "Front Office: 1 terbuka") != allowed {
			t.Errorf("on the %dth he sees what a Kabid sees: %v\n%s", day, !allowed, got)
		}
	}
}
