package handlers_test

import (
	"testing"

	"izinbot/handlers/handlerstest"
	"izinbot/handlers/mycases"
	"izinbot/workflow"
)

// No order can send anybody to a visit yesterday, or for no day.
func TestDayOfTheVisit(t *testing.T) {
	g, id := handlerstest.Verified(t)
	bo := g.Officer("bo", "backoffice")
	g.Officer("tim", "tim_teknis")
	bo.Expect("buka "+string(id), "1/4 Tanggal kunjungan")
	bo.Expect("22/11/2026", "tidak boleh Minggu, 22 November 2026, karena sudah lewat", "1/4")
	bo.Expect("23/11/2026", "2/4 Lama kunjungan")
	bo.Expect("0", "Lama kunjungan (hari) paling sedikit 1", "2/4")
	bo.Expect("2", "3/4")
	bo.Expect("kembali", "2/4", "1 Tetap: 2")
	bo.Expect("1", "3/4") // a day, not the choice that stands first
	bo.Expect("kembali", "1 Tetap: 1")
}

func TestBackInAVisit(t *testing.T) {
	tim, id := handlerstest.Visiting(t)
	tim.Expect("kunjungan "+string(id), "Kirim lokasi")
	tim.Expect("kembali", "tidak bisa mundur", "Kirim lokasi")
	tim.Expect("1", "Kirim foto")
	tim.Expect("kembali", "Kirim lokasi")
	tim.Say("1")
	tim.Expect("selesai", "Daftar periksa 1/8")
	tim.Expect("kembali", "Kirim foto")
	tim.Expect("selesai", "Daftar periksa 1/8")
	tim.Expect("ya", "Daftar periksa 2/8")
	tim.Expect("catatan", "Tulis catatannya")
	tim.Expect("kembali", "Daftar periksa 2/8", "1 Ya")
	tim.Expect("kembali", "Daftar periksa 1/8")
	tim.Expect("kembali", "tidak bisa mundur", "Daftar periksa 1/8")
	tim.Expect("tidak", "Daftar periksa 2/8")
	for range 7 {
		tim.Say("ya")
	}
	tim.Expect("kembali", "Daftar periksa 8/8")
	tim.Expect("ya", "Apa kesimpulan")
	tim.Expect("Sesuai berkas", "pernyataan pemohon")
	tim.Expect("kembali", "Apa kesimpulan")
	tim.Say("Sesuai berkas")
	tim.Expect("lewati", "1 Buat berita acara")
	tim.Expect("kembali", "pernyataan pemohon")
	tim.Expect("lewati", "✗ Kantor/panti ada di alamat", "Kesimpulan: Sesuai berkas")
}

// What the office waits for stands first wherever the applicant turns up.
func TestMenuStartsWithWhatIsWaitedFor(t *testing.T) {
	g, id := handlerstest.Applied(t)
	g.Act(id, "front_office", workflow.Judge{Documents: handlerstest.Codes(g.OnlyCase())[:1], Reason: "Tidak terbaca"},
		workflow.Judge{Documents: handlerstest.Codes(g.OnlyCase())[1:], OK: true}, workflow.Clarify{})
	g.Expect("halo", "1 Lengkapi sekarang")
	g.Wants(g.Send(g.PDF("a1.pdf", 1)), "belum kami simpan", "1 Lengkapi sekarang")
	g.Expect("berapa lama?", "1 Lengkapi sekarang", "2 Syarat")
	g.Expect("1", "A1")

	g, id = handlerstest.Visited(t)
	g.Expect("halo", "1 Setuju", "2 Keberatan")
	g.Expect("2", "keliru")
	if c := g.OnlyCase(); c.ID != id || !mycases.AwaitsAgreement(nil, c) {
		t.Error("agreed")
	}
}

func TestOfficersHelpStartsWithTheirCommands(t *testing.T) {
	fo := handlerstest.NewOffice(t, nil).Officer("fo", "front_office")
	fo.Expect("bantuan", "/kembali – mundur satu pertanyaan\n/tugas –")
}
