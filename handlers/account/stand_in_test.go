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
	admin.Expect("1", "Tersimpan: SAUT CONTOH menjadi Plh.")
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
	g.Officer("kristin", "kadis")
	g.Lacks(kabid.Expect("plh", "1/4 Pengganti", "1 KRISTIN CONTOH (Kadis)", "2 SAUT CONTOH (Ksb. Umum)"), "KARINA")
	kabid.Say("SAUT CONTOH")
	kabid.Say("1")
	kabid.Say("24/11/2026")
	kabid.Say("25/11/2026")
	kabid.Expect("1", "Tersimpan: SAUT CONTOH menjadi Plh. dari Selasa 24 Nov sampai Rabu 25 Nov")
	g.Wants(handlerstest.Transcript(g.Sent[deputy.Chat]), "KARINA CONTOH diwakili oleh Anda", "Sekarang 0 tugas menunggu")
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

// TestOneMaySign: while a Plh. is there, both see the letter and he alone signs it; the official
// signs again once he has ended that (ADR 0060).
func TestOneMaySign(t *testing.T) {
	g, id := handlerstest.At(t, 20, workflow.OutcomeRecommended)
	kadis, deputy := g.Officer("kristin", "kadis"), g.Officer("saut", "sekretaris")
	signs, code := g.SetUpCodes("kristin"), g.SetUpCodes("saut")
	kadis.Expect("plh", "1/4 Pengganti", "1 SAUT CONTOH (Sekretaris)")
	kadis.Say("1")
	kadis.Say("1")
	kadis.Say("1")
	kadis.Say(g.Now.Format("02/01/2006"))
	kadis.Expect("Simpan", "SAUT CONTOH yang menandatangani")
	g.Wants(handlerstest.Transcript(g.Sent[deputy.Chat]), "Sekarang 1 tugas menunggu")

	kadis.Expect("tugas", string(id))
	got := kadis.Expect("buka "+string(id), "Langkah 20", "Selama diwakili Plh. SAUT CONTOH", "hanya SAUT CONTOH yang bertindak", "Lihat Plh./Plt.")
	g.Lacks(got, "Tanda tangan")
	kadis.Say("ttd")
	if kadis.Say(signs()); g.OnlyCase().Step != 20 {
		t.Fatal("the official signed beside his stand-in")
	}
	kadis.Expect("plh", "Plh. Kadis: SAUT CONTOH", "Akhiri sekarang")
	deputy.Expect("buka "+string(id), "1 Tanda tangan")
	deputy.Say("1")
	deputy.Expect(code(), "ditandatangani")
	if l, _ := g.OnlyCase().Letter(g.OnlyCase().Current); l.Signed.By.Acting != "Plh." || l.Signed.By.Name != "SAUT CONTOH" {
		t.Errorf("signed by %+v", l.Signed.By)
	}
}

// TestOfficialSignsAgain once he has ended the stand-in.
func TestOfficialSignsAgain(t *testing.T) {
	g, id := handlerstest.At(t, 20, workflow.OutcomeRecommended)
	kadis := g.Officer("kristin", "kadis")
	g.Officer("saut", "sekretaris")
	signs := g.SetUpCodes("kristin")
	kadis.Say("plh")
	kadis.Say("1")
	kadis.Say("1")
	kadis.Say("1")
	kadis.Say(g.Now.Format("02/01/2006"))
	kadis.Say("Simpan")
	all, err := g.Store.Delegations(t.Context(), g.Now)
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	kadis.Expect("plh akhiri "+all[0].ID, "diakhiri")
	kadis.Expect("buka "+string(id), "1 Tanda tangan")
	kadis.Say("1")
	kadis.Expect(signs(), "ditandatangani")
}
