package books_test

import (
	"testing"

	"izinbot/handlers/handlerstest"
	"izinbot/workflow"
)

// TestBooksInChat: whoever keeps the books chooses one and a month, and gets it as files.
func TestBooksInChat(t *testing.T) {
	g, _ := handlerstest.At(t, 22, workflow.OutcomeRecommended)
	ksb := g.Officer("umum", "ksb_umum")
	ksb.Expect("buku", "Buku yang mana?", "1 Surat Masuk", "2 Surat Keluar", "3 Penomoran Izin", "4 Ekspedisi", "5 Permohonan", "6 Klarifikasi")
	ksb.Expect("2", "Buku Agenda Surat Keluar", "1 November 2026", "2 Oktober 2026", "tahun 2026")
	ksb.Expect("1", "Buku Agenda Surat Keluar, November 2026: 2 baris, 0 batal")
	for _, m := range g.Sent[ksb.Chat] {
		if len(m.Files) != 2 || m.Files[0].Name != "Buku Agenda Surat Keluar 2026-11.pdf" || m.Files[1].Name != "Buku Agenda Surat Keluar 2026-11.xlsx" {
			t.Errorf("%+v", m.Files)
		}
	}
	ksb.Expect("buku surat masuk bulan ini", "Buku Agenda Surat Masuk, November 2026: 1 baris, 0 batal")
	ksb.Expect("buku penomoran izin bulan ini", "Buku Agenda Penomoran Izin, November 2026: 1 baris")
	ksb.Expect("buku surat keluar 2027", "Periodenya belum jelas")
	ksb.Expect("buku kas", "Buku itu tidak ada", "Ekspedisi")
	g.Officer("kepala", "kadis").Expect("/buku ekspedisi 2026", "Buku Ekspedisi, tahun 2026: 0 baris")
	g.Officer("sekre", "sekretaris").Expect("register permohonan november", "Daftar Permohonan, November 2026: 1 baris")
}

// TestBooksAreNotForEverybody: neither for other officers nor for applicants.
func TestBooksAreNotForEverybody(t *testing.T) {
	g, _ := handlerstest.Applied(t)
	for name, role := range map[string]workflow.Role{"fitri": "front_office", "karina": "kabid"} {
		o := g.Officer(name, role)
		g.Lacks(o.Say("/buku surat_keluar 2026-11"), "baris", "Buku yang mana")
	}
	g.Lacks(g.Say("/buku surat_keluar 2026-11"), "baris", "Buku yang mana")
}
