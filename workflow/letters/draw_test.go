package letters_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"izinbot/workflow"
	"izinbot/workflow/letters"
)

// draw draws a letter of the sample case, keeps it as an artifact (go test
// -artifacts) and gives its text on one line as pdftotext reads it.
func draw(t *testing.T, sop *workflow.SOP, c workflow.Case, l workflow.Letter, copied letters.Copy) string {
	t.Helper()
	pdf, err := drawer(t).Draw(t.Context(), sop, c, l, copied)
	if err != nil {
		t.Fatalf("draw %s: %v", l.Kind, err)
	}
	return read(t, string(l.Kind), pdf)
}

func read(t *testing.T, name string, pdf []byte) string {
	t.Helper()
	file := filepath.Join(t.ArtifactDir(), name+".pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), "pdftotext", "-layout", file, "-").CombinedOutput()
	if err != nil {
		t.Fatalf("pdftotext: %v: %s", err, out)
	}
	return strings.Join(strings.Fields(string(out)), " ")
}

func mustContain(t *testing.T, got string, want ...string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(got, w) {
			t.Errorf("%q is missing in\n%s", w, got)
		}
	}
}

func mustLack(t *testing.T, got string, unwanted ...string) {
	t.Helper()
	for _, w := range unwanted {
		if strings.Contains(got, w) {
			t.Errorf("%q must not be in\n%s", w, got)
		}
	}
}

// facts lists the texts that each kind must say, apart from what every letter says.
func facts() map[workflow.LetterKind][]string {
	return map[workflow.LetterKind][]string{
		"klarifikasi": {
			"KLARIFIKASI BERKAS PERMOHONAN", "Putaran : ke-2", "B1", "Halaman 3 tidak terbaca", "B2", "Belum ada",
			"paling lambat Jumat, 11 Desember 2026, pukul 16.30 WIB", "Contoh Petugas Loket", "14 (empat belas) hari kerja",
		},
		"resi": {
			"RESI PENERIMAAN BERKAS", "LKS-2026-00042-7", "Voorbeeld Zorg Bond (CONTOH)", "Jóhanna Ćontohová",
			"10 (sepuluh) hari kerja", "Senin, 7 Desember 2026, 16.00 WIB", "Tarif Rp 0, laporkan pungutan liar",
			"ada, 2 hlm.", "belum ada", "https://izin.dpmptspk.contoh/s/LKS-2026-00042-7", "Pengaduan:", "Contoh Petugas Loket",
		},
		"disposisi": {
			"LEMBAR DISPOSISI", "Sosial", "460", "7 Desember 2026", "bidang perlindungan anak, lokasi Jalan Misal Nomor 2", "resi LKS-2026-00042-7", "Segera",
			"Kepala Seksi Pelayanan II", "Mohon diproses sesuai ketentuan.", "Rak arsip : R-07", "23/11/2026 11.20", "CPL",
		},
		"permintaan_rekomendasi": {
			"Nomor : 460/007/DPMPTSPK/XI/2026", "Hal : Permintaan Rekomendasi Teknis", "Lampiran : 4 (empat) dokumen",
			"Yth. Kepala Dinas Sosial Kabupaten Dairi", "di – Sidikalang", "Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik", "Peraturan Bupati Dairi Nomor 13 Tahun 2020 tentang", "Rabu, 2 Desember 2026 selama 1 (satu) hari",
			"Senin, 7 Desember 2026", "Lampiran Surat Nomor 460/007/DPMPTSPK/XI/2026 tanggal 26 November 2026", "Daftar dokumen", "1 berkas, 12 hlm.", "Contoh Kepala Dinas", "Sidikalang, 26 November 2026",
		},
		"perintah_tugas": {
			"SURAT PERINTAH TUGAS", "NOMOR: 460/007/DPMPTSPK/XI/2026", "Dasar", "MEMERINTAHKAN:", "Kepada", "Untuk",
			"Contoh Ketua Tim", "Penata (III/c)", "NIP. 19000000 000000 0 001", "Pekerja Sosial", "Memeriksa keberadaan kantor.",
			"melaporkannya kepada Kepala Dinas", "Ditetapkan di Sidikalang", "pada tanggal 26 November 2026",
		},
		"berita_acara": {
			"Pada hari ini Rabu tanggal dua bulan Desember tahun dua ribu dua puluh enam (02-12-2026)", "pukul 10.02 WIB",
			"Surat Perintah Tugas Nomor 460/007/DPMPTSPK/XI/2026", "2,74512° LU, 98,31234° BT", "120 m", "2,4 km",
			"Papan nama terpasang", "tidak sesuai", "belum diperiksa", "Foto 1: diambil 02/12/2026 10.06 WIB", "SHA-256 a1b2c3d4 a1b2c3d4",
			"(foto tidak dapat ditampilkan)", "Ruang bermain selesai dibangun", "kecuali ruang bermain",
			"disetujui secara elektronik, 02/12/2026 14.10 WIB", "Pemohon disetujui secara elektronik, 02/12/2026 15.00 WIB",
		},
		"rekomendasi": {
			"NOMOR: 01/TIMTEK/XII/2026", "Surat Permintaan Rekomendasi Nomor 460/007/DPMPTSPK/XI/2026", "Berita Acara Peninjauan Lapangan tanggal 2 Desember 2026",
			"Legalitas lembaga Lengkap dan berlaku", "DIREKOMENDASIKAN DENGAN SYARAT", "(Pasal 10 Perbup Dairi 13/2020)",
			"Melapor setiap enam bulan", "Ketua Tim Teknis", "Contoh Ketua Tim",
		},
		"surat_penolakan": {
			"Nomor : 460/008/DPMPTSPK/XII/2026", "Yth. Jóhanna Ćontohová", "di – Jalan Contoh Nomor 1, Jakarta Pusat", "DITOLAK", "Pasal 5 Perda Dairi 4/2019", "Perpanjang izin",
			"mengajukan permohonan kembali", "21 (dua puluh satu) hari kerja", "banding kepada Bupati Dairi paling lama 10 (sepuluh) hari kerja",
			"Tembusan:", "Contoh Kepala Dinas", "Pembina (IV/a)", "NIP. 19000000 000000 0 000",
		},
		"surat_izin": {
			"SURAT IZIN TEKNIS LEMBAGA KESEJAHTERAAN SOSIAL ASING", "NOMOR: 503/003/DPMPTSPK/XII/2026", "Memperhatikan",
			"Rekomendasi Tim Teknis Nomor 01/TIMTEK/XII/2026 tanggal 3 Desember", "MEMBERIKAN IZIN KEPADA", "Negara asal : Contohland", "Yayasan (foundation)",
			"Berlaku sampai dengan : 30 Juni 2028", "Izin Kementerian Luar Negeri (30 Juni 2028)", "tidak menggantikan izin",
			"Peraturan Menteri Sosial Nomor 5 Tahun 2024", "Ditetapkan di Sidikalang", "Tembusan:", "Undang-Undang Nomor 11 Tahun 2009 tentang Kesejahteraan Sosial",
			"Ruang bermain selesai paling lambat Februari 2027", // a condition of the recommendation
		},
		"skrd": {
			"SURAT KETETAPAN RETRIBUSI DAERAH", "Rp 1.250.000", "Satu juta dua ratus lima puluh ribu rupiah", "laporkan pungutan liar",
			"NPWRD : R-LKS-2026-00042-7", "Tahun : 2026", "Jatuh tempo", "Bank CONTOH nomor 000-00-00000-0",
		},
	}
}

func TestEveryKindSaysWhatItMust(t *testing.T) {
	want := facts()
	for _, kind := range kinds() {
		t.Run(string(kind), func(t *testing.T) {
			sop := sampleSOP()
			if kind == "skrd" {
				sop.Tariff = 1_250_000
			}
			got := draw(t, sop, sampleCase(), sampleLetter(kind), letters.Addressee)
			if len(want[kind]) == 0 {
				t.Fatal("no facts to look for")
			}
			mustContain(t, got, want[kind]...)
			head := []string{"DINAS PENANAMAN MODAL", "Jalan Contoh Nomor 00"}
			if kind == "rekomendasi" { // that of the Tim Teknis
				head = []string{"DINAS SOSIAL", "Jalan Contoh Nomor 01"}
			}
			mustContain(t, got, head...)
			mustContain(t, got, "PEMERINTAH KABUPATEN DAIRI", "halaman 1 dari",
				"UU ITE Pasal 5 ayat 1", "https://izin.dpmptspk.contoh/v/LKS-2026-00042-7/"+string(kind))
			mustLack(t, got, "DRAF", "PARAF HIERARKI", "ARSIP", "X0000000", "0800000000", "%!")
		})
	}
}

func TestSameInputSameBytes(t *testing.T) {
	one := drawer(t)
	office, err := letters.DefaultOffice()
	if err != nil {
		t.Fatal(err)
	}
	two := letters.New(office, letters.Config{Open: photoStore})
	for _, kind := range kinds() {
		sop := sampleSOP()
		sop.Tariff = 5
		first, err1 := one.Draw(t.Context(), sop, sampleCase(), sampleLetter(kind), letters.Archive)
		second, err2 := two.Draw(t.Context(), sop, sampleCase(), sampleLetter(kind), letters.Archive)
		if err := errors.Join(err1, err2); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first, second) {
			t.Errorf("%s differs from one drawing to the next", kind)
		}
		if now := regexp.MustCompile(`CreationDate \(([^)]*)`).FindSubmatch(first); now == nil {
			t.Errorf("%s has no creation date", kind)
		}
	}
}

// TestPhotosInTheSameOrder is apart because the library keeps images in a map.
func TestPhotosInTheSameOrder(t *testing.T) {
	var first []byte
	for i := range 4 {
		pdf, err := drawer(t).Draw(t.Context(), sampleSOP(), sampleCase(), sampleLetter("berita_acara"), letters.Addressee)
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			first = pdf
		}
		if !bytes.Equal(first, pdf) {
			t.Fatalf("drawing %d differs", i+1)
		}
	}
}

func TestDraftAndArchive(t *testing.T) {
	for _, kind := range []workflow.LetterKind{"permintaan_rekomendasi", "perintah_tugas", "surat_penolakan", "surat_izin"} {
		l := sampleLetter(kind)
		l.Status, l.Signed, l.Revision, l.Initials = workflow.LetterDraft, nil, 2, sampleInitials()
		addressee := draw(t, sampleSOP(), sampleCase(), l, letters.Addressee)
		mustContain(t, addressee, "DRAF – revisi 2", "belum berlaku", "Kepala Dinas Penanaman Modal", "…")
		mustLack(t, addressee, "PARAF HIERARKI", "Contoh Kepala Dinas", "Ditandatangani secara elektronik")
		archive := draw(t, sampleSOP(), sampleCase(), l, letters.Archive)
		mustContain(t, archive, "ARSIP", "PARAF HIERARKI", "Contoh Kepala Seksi", "Plh. Kepala Bidang Pelayanan", "04/12/2026 09.40")
	}
}

func TestArchiveOfUnsignedKindHasNoParafBox(t *testing.T) {
	got := draw(t, sampleSOP(), sampleCase(), sampleLetter("resi"), letters.Archive)
	mustContain(t, got, "ARSIP")
	mustLack(t, got, "PARAF HIERARKI")
}

func TestVoidLetterSaysSo(t *testing.T) {
	l := sampleLetter("surat_izin")
	l.Status = workflow.LetterVoid
	mustContain(t, draw(t, sampleSOP(), sampleCase(), l, letters.Addressee), "BATAL", "tidak berlaku")
}

func TestStandInSignsWithHisMark(t *testing.T) {
	l := sampleLetter("surat_izin")
	l.Signed.By.Acting, l.Signed.By.Name = "Plh.", "Contoh Sekretaris"
	mustContain(t, draw(t, sampleSOP(), sampleCase(), l, letters.Addressee), "Plh. Kepala Dinas", "Contoh Sekretaris")
}

func TestSignatureIsMarkedUnlessCertified(t *testing.T) {
	mustContain(t, draw(t, sampleSOP(), sampleCase(), sampleLetter("surat_izin"), letters.Addressee), "CONTOH – TIDAK SAH")
	office, err := letters.DefaultOffice()
	if err != nil {
		t.Fatal(err)
	}
	d := letters.New(office, letters.Config{Certified: true})
	for _, kind := range []workflow.LetterKind{"surat_izin", "rekomendasi", "berita_acara"} {
		pdf, err := d.Draw(t.Context(), sampleSOP(), sampleCase(), sampleLetter(kind), letters.Addressee)
		if err != nil {
			t.Fatal(err)
		}
		mustLack(t, read(t, "certified", pdf), "TIDAK SAH")
	}
}

func TestApplicantMissedTheVisit(t *testing.T) {
	c := sampleCase()
	c.Visit.Agreed = nil
	c.Visit.Absent = &workflow.Note{Text: "pemohon sakit", By: teamHead(), At: at("2026-12-02 15.00")}
	mustContain(t, draw(t, sampleSOP(), c, sampleLetter("berita_acara"), letters.Addressee),
		"tidak ada persetujuan: pemohon sakit (dicatat Contoh Ketua", "02/12/2026 15.00")
}

// TestNumberIsNoResiBeforeTheFileIsComplete (docs/sop/aturan.md, 1).
func TestNumberIsNoResiBeforeTheFileIsComplete(t *testing.T) {
	sop, c := sampleSOP(), sampleCase()
	l := sampleLetter("klarifikasi")
	mustContain(t, draw(t, sop, c, l, letters.Addressee), "Nomor resi : LKS-2026-00042-7")
	c.ServiceClock = workflow.Clock{}
	got := draw(t, sop, c, l, letters.Addressee)
	mustContain(t, got, "Nomor berkas : LKS-2026-00042-7")
	mustLack(t, got, "Nomor resi")
}

func TestNotRecommended(t *testing.T) {
	c := sampleCase()
	c.Recommendation.Outcome = workflow.OutcomeNotRecommended
	mustContain(t, draw(t, sampleSOP(), c, sampleLetter("rekomendasi"), letters.Addressee), "TIDAK DIREKOMENDASIKAN")
}

func TestSKRDOnlyAboveZero(t *testing.T) {
	_, err := drawer(t).Draw(t.Context(), sampleSOP(), sampleCase(), sampleLetter("skrd"), letters.Addressee)
	if !errors.Is(err, letters.ErrNoTariff) {
		t.Errorf("got %v", err)
	}
}

func TestUnknownKind(t *testing.T) {
	_, err := drawer(t).Draw(t.Context(), sampleSOP(), sampleCase(), workflow.Letter{Kind: "puisi"}, letters.Addressee)
	if !errors.Is(err, letters.ErrUnknownKind) {
		t.Errorf("got %v", err)
	}
}

func TestStoreFailureIsReported(t *testing.T) {
	office, _ := letters.DefaultOffice()
	broken := errors.New("disk")
	d := letters.New(office, letters.Config{Open: func(context.Context, string) (io.ReadCloser, error) { return nil, broken }})
	if _, err := d.Draw(t.Context(), sampleSOP(), sampleCase(), sampleLetter("berita_acara"), letters.Addressee); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}

// BenchmarkDraw takes letters as they usually are; the berita acara's time is
// that of unpacking its photos.
func BenchmarkDraw(b *testing.B) {
	d := drawer(b)
	for _, kind := range kinds() {
		sop, c := sampleSOP(), sampleCase()
		sop.Tariff = 1
		b.Run(string(kind), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := d.Draw(b.Context(), sop, c, sampleLetter(kind), letters.Addressee); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
