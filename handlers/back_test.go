package handlers

import (
	"testing"

	"izinbot/handlers/mycases"
	"izinbot/workflow"
)

// verified brings a case to the coordination of the Tim Teknis.
func verified(t *testing.T) (*guest, workflow.CaseID) {
	t.Helper()
	g, id := applied(t)
	g.act(id, "front_office", workflow.Judge{Documents: codes(g.onlyCase()), OK: true}, workflow.Pass{}, workflow.Issue{},
		workflow.Issue{Fields: workflow.Answers{"indeks": "LKS", "kode": "503", "sifat": "biasa", "diteruskan_kepada": "Ka Seksi", "instruksi": "Proses"}})
	g.act(id, "backoffice", workflow.Judge{Documents: codes(g.onlyCase()), OK: true}, workflow.Pass{})
	return g, id
}

// No order can send anybody to a visit yesterday, or for no day.
func TestDayOfTheVisit(t *testing.T) {
	g, id := verified(t)
	bo := g.officer("bo", "backoffice")
	g.officer("tim", "tim_teknis")
	bo.expect("buka "+string(id), "1/4 Tanggal kunjungan")
	bo.expect("22/11/2026", "tidak boleh Minggu, 22 November 2026, karena sudah lewat", "1/4")
	bo.expect("23/11/2026", "2/4 Lama kunjungan")
	bo.expect("0", "Lama kunjungan (hari) paling sedikit 1", "2/4")
	bo.expect("2", "3/4")
}

func TestBackInAVisit(t *testing.T) {
	g, id := verified(t)
	g.act(id, "backoffice", workflow.Propose{
		Fields: workflow.Answers{"tanggal_kunjungan": "2026-11-26", "lama_hari": "1", "tim": "o-tim_teknis", "hal_pemeriksaan": "Semua"},
		Team:   []workflow.Actor{{Officer: "o-tim_teknis", Role: "tim_teknis", Name: "Petugas CONTOH"}},
	})
	g.act(id, "kadis", workflow.Sign{})
	tim := g.officer("tim", "tim_teknis")
	tim.expect("kunjungan "+string(id), "Kirim lokasi")
	tim.expect("kembali", "tidak bisa mundur", "Kirim lokasi")
	tim.expect("1", "Kirim foto")
	tim.expect("kembali", "Kirim lokasi")
	tim.say("1")
	tim.expect("selesai", "Daftar periksa 1/8")
	tim.expect("kembali", "Kirim foto")
	tim.expect("selesai", "Daftar periksa 1/8")
	tim.expect("ya", "Daftar periksa 2/8")
	tim.expect("catatan", "Tulis catatannya")
	tim.expect("kembali", "Daftar periksa 2/8", "1 Ya")
	tim.expect("kembali", "Daftar periksa 1/8")
	tim.expect("kembali", "tidak bisa mundur", "Daftar periksa 1/8")
	tim.expect("tidak", "Daftar periksa 2/8")
	for range 7 {
		tim.say("ya")
	}
	tim.expect("kembali", "Daftar periksa 8/8")
	tim.expect("ya", "Apa kesimpulan")
	tim.expect("Sesuai berkas", "pernyataan pemohon")
	tim.expect("kembali", "Apa kesimpulan")
	tim.say("Sesuai berkas")
	tim.expect("lewati", "1 Buat berita acara")
	tim.expect("kembali", "pernyataan pemohon")
	tim.expect("lewati", "✗ Kantor/panti ada di alamat", "Kesimpulan: Sesuai berkas")
}

// What the office waits for stands first wherever the applicant turns up.
func TestMenuStartsWithWhatIsWaitedFor(t *testing.T) {
	g, id := applied(t)
	g.act(id, "front_office", workflow.Judge{Documents: codes(g.onlyCase())[:1], Reason: "Tidak terbaca"},
		workflow.Judge{Documents: codes(g.onlyCase())[1:], OK: true}, workflow.Clarify{})
	g.expect("halo", "1 Lengkapi sekarang")
	g.wants(g.send(g.pdf("a1.pdf", 1)), "belum kami simpan", "1 Lengkapi sekarang")
	g.expect("berapa lama?", "1 Lengkapi sekarang", "2 Syarat")
	g.expect("1", "A1")

	g, id = visited(t)
	g.expect("halo", "1 Setuju", "2 Keberatan")
	g.expect("2", "keliru")
	if c := g.onlyCase(); c.ID != id || !mycases.AwaitsAgreement(nil, c) {
		t.Error("agreed")
	}
}

func TestOfficersHelpStartsWithTheirCommands(t *testing.T) {
	fo := newOffice(t, nil).officer("fo", "front_office")
	fo.expect("bantuan", "/kembali – mundur satu pertanyaan\n/tugas –")
}
