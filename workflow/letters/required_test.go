package letters_test

import (
	"bytes"
	"fmt"
	"os/exec"
	"strings"
	"testing"

	"izinbot/workflow"
	"izinbot/workflow/letters"
)

// required are the items that docs/sop/aturan.md and the procedure want of each letter, with the
// text by which each is found in the sample case. {key} stands for an answer of the applicant.
func required() map[workflow.LetterKind]map[string]string {
	return map[workflow.LetterKind]map[string]string{
		"klarifikasi": {
			"round": "Putaran : ke-2", "document": "1. A3 Surat kuasa|1. B1 Bukti badan hukum", "what is wrong": "Halaman 3 tidak terbaca.",
			"how to mend": "Kirim ulang hasil pindaian yang jelas", "missing document": "B2 AD/ART Belum ada. Mohon dikirim",
			"day to answer by": "paling lambat Jumat, 11 Desember 2026", "officer": "Contoh Petugas Loket", "pause": "waktu pelayanan berhenti",
		},
		"resi": {
			"number": "Nomor resi LKS-2026-00042-7", "time received": "Berkas masuk : Senin, 23 November 2026, 10.12 WIB", "body": "Lembaga/pemohon : {nama_lembaga}",
			"applicant": "Penanggung jawab : {pimpinan}", "checklist": "A1 Surat permohonan kepada Kepala Dinas, bermeterai wajib ada, 2 hlm.",
			"officer": "Contoh Petugas Loket", "start": "Mulai dihitung Senin, 23 November 2026, 11.30 WIB", "due": "Selesai paling lambat Senin, 7 Desember 2026, 16.00 WIB",
			"tariff": "{tarif}", "extortion": "laporkan pungutan liar", "status page": "https://izin.dpmptspk.contoh/s/LKS-2026-00042-7", "complaint": "Pengaduan:",
		},
		"disposisi": {
			"index": "Indeks Kode Nomor urut Tanggal penyelesaian Sosial 460 LKS-2026-00042-7 7 Desember 2026", "summary": "Isi ringkas : Permohonan Izin Teknis",
			"from": "Asal surat : {nama_lembaga}", "date": "Tanggal surat : 23 November 2026", "number": "Nomor : resi LKS-2026-00042-7",
			"instruction": "Mohon diproses sesuai ketentuan.", "forwarded to": "Kepala Seksi Pelayanan II", "routing": "Menerima dan memeriksa kelengkapan", "paraf": "23/11/2026 11.20 CPL",
		},
		"permintaan_rekomendasi": {
			"number": "Nomor : 460/007/DPMPTSPK/XI/2026", "urgency": "Sifat : Segera", "enclosures": "Lampiran : 4 (empat) dokumen", "subject": "Hal : Permintaan Rekomendasi",
			"addressee": "Yth. Kepala Dinas Sosial Kabupaten Dairi", "town": "di – Sidikalang", "basis": "Peraturan Bupati Dairi Nomor 13 Tahun 2020 tentang", "summary": "Nama lembaga : {nama_lembaga}",
			"due": "Senin, 7 Desember 2026", "list": "Lampiran Surat Nomor 460/007/DPMPTSPK/XI/2026 tanggal 26 November 2026", "signatory": "{penandatangan}",
		},
		"perintah_tugas": {
			"number": "NOMOR: 460/007/DPMPTSPK/XI/2026", "Dasar": "Dasar : 1. ", "MEMERINTAHKAN": "MEMERINTAHKAN:", "Kepada": "Kepada : No. Nama, NIP Pangkat/Gol. Jabatan 1. Contoh Ketua Tim NIP. 19000000 000000 0 000 Pembina (IV/a) Kepala Bidang",
			"Untuk": "Untuk : 1. Melakukan peninjauan lapangan", "place": "bertempat di {lokasi}", "date and days": "pada Rabu, 2 Desember 2026 selama 1 (satu) hari", "report": "melaporkannya kepada Kepala Dinas", "signatory": "{penandatangan}",
		},
		"berita_acara": {
			"date in words": "Pada hari ini Rabu tanggal dua bulan Desember tahun dua ribu dua puluh enam", "team": "1. Contoh Ketua Tim", "object": "Lembaga/pemohon : {nama_lembaga}", "address": "Lokasi kegiatan : {lokasi}",
			"coordinates": "Koordinat yang dinyatakan : 2,74512° LU, 98,31234° BT", "distance": "120 m", "checks": "Papan nama terpasang sesuai", "fault": "Ruang bermain belum ada tidak sesuai",
			"photo's time": "Foto 1: diambil 02/12/2026 10.06 WIB", "photo's hash": "SHA-256 a1b2c3d4", "statement": "Ruang bermain selesai dibangun", "conclusion": "kecuali ruang bermain",
			"team's approval": "Contoh Anggota Tim Tim Teknis disetujui secara elektronik", "applicant's approval": "Pemohon disetujui secara elektronik, 02/12/2026 15.00 WIB",
		},
		"rekomendasi": {
			"number": "NOMOR: 01/TIMTEK/XII/2026", "request": "Surat Permintaan Rekomendasi Nomor 460/007/DPMPTSPK/XI/2026 tanggal 26 November 2026", "visit report": "Berita Acara Peninjauan Lapangan tanggal 2 Desember 2026",
			"assessment": "1. Legalitas lembaga Lengkap dan berlaku", "outcome": "DIREKOMENDASIKAN", "reason and article": "(Pasal 10 Perbup Dairi 13/2020)", "head of the team": "Ketua Tim Teknis, Disetujui secara elektronik",
		},
		"surat_penolakan": {
			"number": "Nomor : 460/008/DPMPTSPK/XII/2026", "addressee": "Yth. {pimpinan} {nama_lembaga}", "address": "di – {alamat}", "reason and article": "1. Izin Kementerian Luar Negeri berakhir sebelum program dimulai Pasal 5 Perda Dairi 4/2019",
			"mend": "Perpanjang izin Kementerian Luar Negeri", "apply again": "mengajukan permohonan kembali", "objection": "21 (dua puluh satu) hari kerja", "appeal": "banding kepada Bupati Dairi paling lama 10 (sepuluh) hari kerja",
			"complaint": "Pengaduan disampaikan melalui", "signatory": "{penandatangan}",
		},
		"surat_izin": {
			"title": "SURAT IZIN TEKNIS LEMBAGA KESEJAHTERAAN SOSIAL ASING", "number": "NOMOR: 503/003/DPMPTSPK/XII/2026", "Dasar": "Dasar : 1. Undang-Undang Nomor 11 Tahun 2009 tentang Kesejahteraan Sosial", "Memperhatikan": "Memperhatikan : 1. Permohonan {nama_lembaga}",
			"to whom": "MEMBERIKAN IZIN KEPADA: Nama lembaga : {nama_lembaga}", "provisions": "Dengan ketentuan: 1. Melaksanakan kegiatan", "condition": "Ruang bermain selesai paling lambat Februari 2027", "valid until": "Berlaku sampai dengan : 30 Juni 2028",
			"not beyond the papers": "Izin Kementerian Luar Negeri (30 Juni 2028)", "not the Minister's": "tidak menggantikan izin", "place": "Ditetapkan di Sidikalang", "signatory": "{penandatangan}", "tembusan": "Tembusan: 1. Bupati Dairi",
		},
		"skrd": {
			"payer": "Nama : {nama_lembaga}", "payer's number": "NPWRD : R-LKS-2026-00042-7", "year": "Tahun : 2026", "due": "Jatuh tempo : ", "amount": "Rp 1.250.000", "in words": "Terbilang: Satu juta dua ratus lima puluh ribu rupiah", "account": "Bank CONTOH",
		},
	}
}

// circumstance is a case of a kind that letters must stand, and what they say of it besides.
type circumstance struct {
	name   string
	kinds  []workflow.LetterKind // nil: all
	change func(*workflow.SOP, *workflow.Case, *workflow.Letter)
	more   []string
}

func circumstances() []circumstance {
	const tariff = 1_250_000
	signed := []workflow.LetterKind{"permintaan_rekomendasi", "perintah_tugas", "surat_penolakan", "surat_izin"}
	var reasons, hashes []string
	for i := range 20 {
		reasons = append(reasons, fmt.Sprintf("%d. Alasan nomor %d yang ditulis tim", i+4, i+1))
	}
	for i := range 30 {
		hashes = append(hashes, fmt.Sprintf("Foto %d:", i+1))
	}
	return []circumstance{
		{name: "granted", change: func(*workflow.SOP, *workflow.Case, *workflow.Letter) {}},
		{
			name: "refused", kinds: []workflow.LetterKind{"rekomendasi", "surat_penolakan"}, change: func(_ *workflow.SOP, c *workflow.Case, _ *workflow.Letter) {
				c.Recommendation.Outcome = workflow.OutcomeNotRecommended
			},
		},
		{name: "tariff", change: func(def *workflow.SOP, _ *workflow.Case, _ *workflow.Letter) { def.Tariff = tariff }},
		{
			name: "stand-in", kinds: signed, more: []string{"Plh. Kepala Dinas"},
			change: func(_ *workflow.SOP, _ *workflow.Case, l *workflow.Letter) {
				l.Signed.By.Acting, l.Signed.By.Name = "Plh.", "Contoh Sekretaris"
			},
		},
		{name: "names of 190 letters", change: func(_ *workflow.SOP, c *workflow.Case, _ *workflow.Letter) {
			for _, key := range []string{"nama_lembaga", "pimpinan", "alamat", "lokasi", "mitra", "bidang"} {
				c.Form[key] = strings.TrimSpace((key + strings.Repeat(" Contoh Panjang", 13))[:190])
			}
		}},
		{
			name: "20 reasons", kinds: []workflow.LetterKind{"rekomendasi", "surat_penolakan"}, more: reasons,
			change: func(_ *workflow.SOP, _ *workflow.Case, l *workflow.Letter) {
				l.Fields["alasan"] = "Izin Kementerian Luar Negeri berakhir sebelum program dimulai | Pasal 5 Perda Dairi 4/2019\nDua | Pasal 10 Perbup Dairi 13/2020\nTiga | Pasal 6"
				for i := range 20 {
					l.Fields["alasan"] += fmt.Sprintf("\nAlasan nomor %d yang ditulis tim | Pasal %d Perbup Dairi 13/2020", i+1, i+1)
				}
			},
		},
		{
			name: "30 photos", kinds: []workflow.LetterKind{"berita_acara"}, more: hashes,
			change: func(_ *workflow.SOP, c *workflow.Case, _ *workflow.Letter) {
				for i := 4; i < 30; i++ {
					c.Visit.Photos = append(c.Visit.Photos, c.Visit.Photos[i%3])
				}
			},
		},
	}
}

// TestRequiredItemsAreFound takes the text in the order in which it is drawn, where the cells of a
// table come one after the other.
func TestRequiredItemsAreFound(t *testing.T) {
	items, allKinds := required(), kinds()
	for _, is := range circumstances() {
		kinds := is.kinds
		if kinds == nil {
			kinds = allKinds
		}
		for _, kind := range kinds {
			def, c, l := sampleSOP(), sampleCase(), sampleLetter(kind)
			is.change(def, &c, &l)
			tariff := "Tarif Rp 0"
			if kind == "skrd" {
				def.Tariff = 1_250_000
			}
			if def.Tariff > 0 {
				tariff = "Tarif Rp 1.250.000, dibayar menurut SKRD"
			}
			signatory := ""
			if l.Signed != nil {
				signatory = l.Signed.By.Name + " Pembina (IV/a) NIP. "
			}
			got := drawnText(t, def, c, l)
			if len(items[kind]) == 0 {
				t.Errorf("nothing is required of %s", kind)
			}
			pairs := []string{"{tarif}", tariff, "{penandatangan}", signatory}
			for key, v := range c.Form {
				pairs = append(pairs, "{"+key+"}", v)
			}
			fill := strings.NewReplacer(pairs...)
			for item, want := range items[kind] {
				if !containsAny(got, strings.Split(fill.Replace(want), "|")) {
					t.Errorf("%s, %s: %s (%q) is missing in\n%s", is.name, kind, item, fill.Replace(want), got)
				}
			}
			for _, want := range is.more {
				if !strings.Contains(got, want) {
					t.Errorf("%s, %s: %q is missing", is.name, kind, want)
				}
			}
		}
	}
}

func containsAny(text string, wanted []string) bool {
	for _, w := range wanted {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

// drawnText is a letter's text as it is drawn, without the ends of pages.
func drawnText(t *testing.T, def *workflow.SOP, c workflow.Case, l workflow.Letter) string {
	t.Helper()
	pdf, err := drawer(t).Draw(t.Context(), def, c, l, letters.Addressee)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "pdftotext", "-raw", "-", "-")
	cmd.Stdin = bytes.NewReader(pdf)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var body strings.Builder
	for page := range strings.SplitSeq(string(out), "\f") {
		before, _, _ := strings.Cut(page, "Dokumen ini di")
		body.WriteString(before)
	}
	return strings.Join(strings.Fields(body.String()), " ")
}
