package letters_test

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/letters"
	"izinbot/workflow/sop"
)

// at gives an instant in Western Indonesian Time.
func at(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15.04", s, time.FixedZone("WIB", 7*3600))
	if err != nil {
		panic(err)
	}
	return t
}

func text(s string) workflow.Text { return workflow.Text{ID: s} }

func officer(role workflow.Role, name, title string) workflow.Actor {
	return workflow.Actor{
		Officer: workflow.OfficerID(role), Role: role, Name: name, Title: title,
		Rank: "Pembina (IV/a)", NIP: "19000000 000000 0 000",
	}
}

func kadis() workflow.Actor {
	return officer("kadis", "Contoh Kepala Dinas", "Kepala Dinas Penanaman Modal, Pelayanan Terpadu Satu Pintu dan Ketenagakerjaan")
}

func kabid() workflow.Actor {
	return officer("kabid", "Contoh Kepala Bidang", "Kepala Bidang Pelayanan")
}

func backoffice() workflow.Actor {
	return officer("backoffice", "Contoh Kepala Seksi", "Kepala Seksi Pelayanan II")
}

func frontOffice() workflow.Actor {
	return officer("front_office", "Contoh Petugas Loket", "Petugas Front Office")
}

func teamHead() workflow.Actor {
	return officer("tim_teknis", "Contoh Ketua Tim", "Kepala Bidang Rehabilitasi Sosial")
}

// sampleSOP is a procedure of the same shape as the real one.
func sampleSOP() *workflow.SOP {
	return &workflow.SOP{
		Ref: workflow.SOPRef{Name: "contoh", Version: "1"}, Code: "LKS",
		Permit: text("Izin Teknis LKS Asing"),
		LegalBasis: []string{
			"Peraturan Menteri Dalam Negeri Nomor 52 Tahun 2011;",
			"Peraturan Daerah Kabupaten Dairi Nomor 4 Tahun 2019;",
			"Peraturan Bupati Dairi Nomor 15 Tahun 2019;",
			"Peraturan Bupati Dairi Nomor 13 Tahun 2020;",
		},
		ServiceTime: workflow.Budget{N: 10, Unit: workflow.Day}, CharterBasis: "Keputusan Bupati Dairi Nomor 345/067/VI/2020",
		ReplyTime: workflow.Budget{N: 14, Unit: workflow.Day},
		Roles: []workflow.RoleDef{
			{Role: "kadis", Name: text("Kadis"), Title: kadis().Title},
			{Role: "kabid", Name: text("Kabid Pelayanan"), Title: kabid().Title},
		},
		Steps: sampleSteps(), Documents: sampleDocuments(), Form: sampleForm(),
		Letters: []workflow.LetterDef{
			{Kind: "klarifikasi", Title: "KLARIFIKASI BERKAS PERMOHONAN"},
			{Kind: "resi", Title: "RESI PENERIMAAN BERKAS"},
			{Kind: "disposisi", Title: "LEMBAR DISPOSISI"},
			{Kind: "permintaan_rekomendasi", Title: "SURAT PERMINTAAN REKOMENDASI", About: "Permintaan Rekomendasi Teknis Izin LKS Asing", Register: workflow.RegisterOutgoing},
			{Kind: "perintah_tugas", Title: "SURAT PERINTAH TUGAS", Register: workflow.RegisterOutgoing},
			{Kind: "berita_acara", Title: "BERITA ACARA PENINJAUAN LAPANGAN"},
			{Kind: "rekomendasi", Title: "REKOMENDASI TIM TEKNIS"},
			{Kind: "surat_penolakan", Title: "SURAT PENOLAKAN IZIN", About: "Penolakan Permohonan Izin Teknis LKS Asing", Register: workflow.RegisterOutgoing},
			{Kind: "surat_izin", Title: "SURAT IZIN TEKNIS LEMBAGA KESEJAHTERAAN SOSIAL ASING", Register: workflow.RegisterPermits},
			{Kind: "skrd", Title: "SURAT KETETAPAN RETRIBUSI DAERAH"},
		},
	}
}

func sampleSteps() []workflow.Step {
	next := func(to int) []workflow.Branch { return []workflow.Branch{{Outcome: workflow.OutcomeNext, To: to}} }
	return []workflow.Step{
		{No: 1, Activity: "Menyampaikan Permohonan", Kind: workflow.KindSubmit, Then: next(2)},
		{No: 2, Activity: "Menerima dan memeriksa kelengkapan berkas", Kind: workflow.KindCheck},
		{No: 3, Activity: "Memberikan Resi Penerimaan Berkas", Kind: workflow.KindIssue, Then: next(4)},
		{No: 4, Activity: "Mengentri berkas permohonan", Kind: workflow.KindIssue, Then: next(6), Fields: []workflow.Field{
			{Key: "sifat", Label: text("Sifat"), Type: workflow.FieldChoice, Options: []workflow.Option{{Key: "segera", Label: text("Segera")}}},
			{Key: "rak", Label: text("Rak arsip"), Type: workflow.FieldText},
		}},
		{No: 6, Activity: "Koordinasi Tim Teknis", Kind: workflow.KindCoordinate, Signer: "kadis", Then: next(7)},
		{
			No: 7, Activity: "Peninjauan lapangan", Kind: workflow.KindVisit, Time: workflow.Budget{N: 2, Unit: workflow.Day}, Then: next(8),
			Checklist: []workflow.CheckItem{
				{Key: "alamat", Text: "Kantor/panti ada di alamat yang dinyatakan"},
				{Key: "kegiatan", Text: "Kegiatan sesuai dengan proposal"},
				{Key: "sarana", Text: "Sarana dan prasarana layak"},
			},
		},
		{No: 8, Activity: "Pemberian Rekomendasi", Kind: workflow.KindRecommend, Time: workflow.Budget{N: 3, Unit: workflow.Day}},
		{No: 9, Activity: "Pembuatan Surat Penolakan Izin", Kind: workflow.KindDraft, Then: next(12)},
		{No: 12, Activity: "Penandatanganan Surat Penolakan", Kind: workflow.KindSign, Role: "kadis"},
		{No: 17, Activity: "Mencetak Izin dan Pemberian Paraf", Kind: workflow.KindDraft, Then: next(18)},
		{No: 18, Activity: "Pemberian Paraf", Kind: workflow.KindInitial, Role: "kabid", Then: next(20)},
		{No: 20, Activity: "Penandatanganan Surat Izin", Kind: workflow.KindSign, Role: "kadis"},
	}
}

func sampleDocuments() []workflow.DocDef {
	return []workflow.DocDef{
		{Code: "A1", Name: text("Surat permohonan kepada Kepala Dinas, bermeterai"), Need: workflow.NeedAlways},
		{Code: "A3", Name: text("Surat kuasa dan KTP penerima kuasa"), Need: workflow.NeedIfProxy},
		{Code: "B1", Name: text("Bukti badan hukum dan akta pendirian yang dilegalisasi di negara asal"), Need: workflow.NeedAlways, Note: text("dengan terjemahan tersumpah")},
		{Code: "B2", Name: text("AD/ART"), Need: workflow.NeedAlways},
		{Code: "C1", Name: text("Izin Kementerian Luar Negeri"), Need: workflow.NeedAlways, Expires: true},
		{Code: "C2", Name: text("MoU / izin Kementerian Sosial"), Need: workflow.NeedAlways, Expires: true},
		{Code: "F1", Name: text("Daftar tenaga asing dan RPTKA/visa"), Need: workflow.NeedIfExists},
	}
}

func sampleForm() []workflow.Field {
	return []workflow.Field{
		{Key: "nama_lembaga", Label: text("Nama lembaga"), Meaning: workflow.MeansBody},
		{Key: "negara", Label: text("Negara asal"), Meaning: workflow.MeansCountry},
		{Key: "bentuk", Label: text("Bentuk hukum"), Type: workflow.FieldChoice, Options: []workflow.Option{{Key: "yayasan", Label: text("Yayasan (foundation)")}}},
		{Key: "pimpinan", Label: text("Kepala perwakilan"), Meaning: workflow.MeansHead},
		{Key: "nomor_id", Label: text("Nomor identitas"), Meaning: workflow.MeansIDNumber},
		{Key: "alamat", Label: text("Alamat kantor di Indonesia"), Meaning: workflow.MeansAddress},
		{Key: "lokasi", Label: text("Lokasi kegiatan di Kabupaten Dairi"), Meaning: workflow.MeansSite},
		{Key: "titik", Label: text("Koordinat lokasi"), Type: workflow.FieldCoordinates, Meaning: workflow.MeansSiteCoordinates},
		{Key: "surel", Label: text("Surel"), Type: workflow.FieldEmail, Meaning: workflow.MeansEmail},
		{Key: "telepon", Label: text("Telepon"), Type: workflow.FieldPhone, Meaning: workflow.MeansPhone},
		{Key: "bidang", Label: text("Bidang pelayanan sosial"), Meaning: workflow.MeansField},
		{Key: "mitra", Label: text("Mitra lokal"), Meaning: workflow.MeansPartner},
		{Key: "periode", Label: text("Jangka waktu program"), Meaning: workflow.MeansPeriod},
		{Key: "kuasa", Label: text("Penerima kuasa"), Meaning: workflow.MeansProxy},
	}
}

func sampleAnswers() workflow.Answers {
	return workflow.Answers{
		"nama_lembaga": "Voorbeeld Zorg Bond (CONTOH)", "negara": "Contohland", "bentuk": "yayasan",
		"pimpinan": "Jóhanna Ćontohová", "nomor_id": "X0000000", "alamat": "Jalan Contoh Nomor 1, Jakarta Pusat",
		"lokasi": "Jalan Misal Nomor 2, Desa Contoh, Kecamatan Sidikalang", "titik": "2.74512,98.31234",
		"surel": "kontak@lembaga.contoh", "telepon": "0800000000", "bidang": "Perlindungan anak",
		"mitra": "Yayasan Mitra Contoh", "periode": "Januari 2027 sampai Desember 2028",
	}
}

// sampleCase is a case that has been through everything up to the permit.
func sampleCase() workflow.Case {
	ok := &workflow.Verdict{OK: true}
	file := func(n int) []workflow.File { return []workflow.File{{SHA256: "00", Pages: n}} }
	return workflow.Case{
		ID: "LKS-2026-00042-7", Submitted: at("2026-11-23 10.12"), Form: sampleAnswers(), Round: 2,
		Documents: []workflow.Document{
			{Code: "A1", Files: file(2), Verdict: ok},
			{Code: "B1", Files: file(12), Verdict: &workflow.Verdict{Reason: "Halaman 3 tidak terbaca. Kirim ulang hasil pindaian yang jelas."}},
			{Code: "C1", Files: file(1), Expiry: "2028-06-30", Verdict: ok},
			{Code: "C2", Files: file(4), Expiry: "2028-12-31", Verdict: ok},
		},
		ServiceClock: workflow.Clock{Start: at("2026-11-23 11.30"), Due: at("2026-12-07 16.00")},
		ReplyClock:   workflow.Clock{Due: at("2026-12-11 16.30")},
		Letters: []workflow.Letter{
			sampleLetter("resi"), sampleLetter("permintaan_rekomendasi"), sampleLetter("perintah_tugas"),
			sampleLetter("berita_acara"), sampleLetter("rekomendasi"),
		},
		Visit:          sampleVisit(),
		Recommendation: &workflow.Recommendation{Outcome: workflow.OutcomeRecommended, Fields: sampleLetter("rekomendasi").Fields},
		Trail: []workflow.Run{
			{Step: 1, By: workflow.Actor{Role: "pemohon", Name: "Jóhanna Ćontohová"}, Clock: workflow.Clock{Stop: at("2026-11-23 10.12")}},
			{Step: 2, By: frontOffice(), Clock: workflow.Clock{Stop: at("2026-11-23 11.20")}},
			{Step: 3, By: frontOffice(), Clock: workflow.Clock{Stop: at("2026-11-23 11.30")}},
		},
	}
}

func sampleVisit() *workflow.Visit {
	mark := func(when string) workflow.Mark { return workflow.Mark{By: teamHead(), At: at(when)} }
	member := workflow.Mark{By: officer("tim_teknis", "Contoh Anggota Tim", "Pekerja Sosial"), At: at("2026-12-02 14.10")}
	place := &workflow.Coordinates{Lat: 2.7452, Lon: 98.3125}
	return &workflow.Visit{
		Started: mark("2026-12-02 10.02"),
		CheckIns: []workflow.CheckIn{
			{Coordinates: *place, Distance: 120, Mark: mark("2026-12-02 10.04")},
			{Coordinates: workflow.Coordinates{Lat: 2.7612, Lon: 98.3288}, Distance: 2431, Mark: mark("2026-12-02 11.30")},
		},
		Photos: []workflow.Photo{
			{File: workflow.File{SHA256: strings.Repeat("a1b2c3d4", 8)}, Taken: at("2026-12-02 10.06"), Coordinates: place, Mark: mark("2026-12-02 10.09")},
			{File: workflow.File{SHA256: strings.Repeat("deadbeef", 8)}, Mark: mark("2026-12-02 10.11")},
			{File: workflow.File{SHA256: strings.Repeat("e5f60718", 8)}, Mark: mark("2026-12-02 10.11")},
			{File: workflow.File{SHA256: strings.Repeat("00000000", 8)}, Mark: mark("2026-12-02 10.12")},
		},
		Findings: []workflow.Finding{
			{Item: "alamat", OK: true, Note: "Papan nama terpasang", Mark: mark("2026-12-02 10.20")},
			{Item: "kegiatan", OK: false, Note: "Ruang bermain belum ada", Mark: mark("2026-12-02 10.30")},
		},
		Statement:  "Ruang bermain selesai dibangun pada Februari 2027.",
		Conclusion: "Kantor dan kegiatan sesuai dengan permohonan, kecuali ruang bermain.",
		Approved:   []workflow.Mark{mark("2026-12-02 14.02"), member},
		Agreed:     &workflow.Mark{By: workflow.Actor{Role: "pemohon", Name: "Jóhanna Ćontohová"}, At: at("2026-12-02 15.00")},
	}
}

const sampleTeam = "Contoh Ketua Tim | Pembina (IV/a) | 19000000 000000 0 000 | Kepala Bidang Rehabilitasi Sosial\n" +
	"Contoh Anggota Tim | Penata (III/c) | 19000000 000000 0 001 | Pekerja Sosial"

func number(text string) *workflow.Number { return &workflow.Number{Text: text} }

// sampleLetter is a finished letter of a kind.
func sampleLetter(kind workflow.LetterKind) workflow.Letter {
	signed := &workflow.Mark{By: kadis(), At: at("2026-11-26 09.15")}
	l := workflow.Letter{ID: workflow.LetterID(kind), Kind: kind, Revision: 1, Status: workflow.LetterFinal}
	l.Made = workflow.Mark{By: backoffice(), At: at("2026-11-25 14.00")}
	switch kind {
	case "klarifikasi":
		l.Step, l.Made = 2, workflow.Mark{By: frontOffice(), At: at("2026-11-23 11.05")}
	case "resi", "skrd":
		l.Step, l.Made = 3, workflow.Mark{By: frontOffice(), At: at("2026-11-23 11.30")}
	case "disposisi":
		l.Step, l.Made = 4, workflow.Mark{By: frontOffice(), At: at("2026-11-23 12.00")}
		l.Fields = workflow.Answers{
			"indeks": "Sosial", "kode": "460", "sifat": "segera", "diteruskan_kepada": "Kepala Seksi Pelayanan II",
			"instruksi": "Mohon diproses sesuai ketentuan.\nPerhatikan masa berlaku izin Kementerian Luar Negeri.", "rak": "R-07",
		}
	case "permintaan_rekomendasi", "perintah_tugas":
		l.Step, l.Signed, l.Number = 6, signed, number("460/007/DPMPTSPK/XI/2026")
		l.Fields = workflow.Answers{
			"tanggal_kunjungan": "2026-12-02", "lama_hari": "1", "tim": "o1\no2", "tim_nama": sampleTeam,
			"hal_pemeriksaan": "keberadaan kantor\nkesesuaian kegiatan dengan proposal",
		}
	case "berita_acara":
		l.Step, l.Made = 7, workflow.Mark{By: teamHead(), At: at("2026-12-02 13.40")}
	case "rekomendasi":
		l.Step, l.Made = 8, workflow.Mark{By: teamHead(), At: at("2026-12-03 10.00")}
		l.Fields = workflow.Answers{
			"nomor_rekomendasi": "01/TIMTEK/XII/2026",
			"penilaian":         "Legalitas lembaga | Lengkap dan berlaku\nProgram | Sesuai kebutuhan daerah\nSarana | Cukup, ruang bermain menyusul",
			"alasan":            "Program sesuai kebutuhan daerah | Pasal 10 Perbup Dairi 13/2020",
			"syarat":            "Ruang bermain selesai paling lambat Februari 2027\nMelapor setiap enam bulan",
		}
	case "surat_penolakan":
		l.Step, l.Signed, l.Number = 9, signed, number("460/008/DPMPTSPK/XII/2026")
		l.Initials = sampleInitials()
		l.Fields = workflow.Answers{
			"alasan":    "Izin Kementerian Luar Negeri berakhir sebelum program dimulai | Pasal 5 Perda Dairi 4/2019\nLokasi tidak sesuai dengan permohonan | Pasal 7 Perbup Dairi 13/2020",
			"perbaikan": "Perpanjang izin Kementerian Luar Negeri\nSesuaikan lokasi kegiatan",
		}
	case "surat_izin":
		l.Step, l.Signed, l.Number = 17, signed, number("503/003/DPMPTSPK/XII/2026")
		l.Initials = sampleInitials()
		l.Fields = workflow.Answers{
			"ketentuan":      "Melaksanakan kegiatan sesuai proposal dan peraturan perundang-undangan\nMenyampaikan laporan tertulis setiap enam bulan kepada Kepala Dinas",
			"berlaku_sampai": "2028-06-30",
		}
	}
	return l
}

func sampleInitials() []workflow.Mark {
	deputy := kabid()
	deputy.Acting = "Plh."
	return []workflow.Mark{{By: backoffice(), At: at("2026-12-04 08.10")}, {By: deputy, At: at("2026-12-04 09.40")}}
}

// samplePhotos are gradients, by the first
// character of their key.
var samplePhotos = sync.OnceValue(func() map[byte][]byte {
	return map[byte][]byte{'a': gradient(120), 'd': gradient(60), 'e': gradient(200)}
})

func gradient(blue byte) []byte {
	img := image.NewRGBA(image.Rect(0, 0, 1200, 900))
	for y := range 900 {
		for x := range 1200 {
			img.Set(x, y, color.RGBA{R: byte(x / 5), G: byte(y / 4), B: blue, A: 255})
		}
	}
	var buf bytes.Buffer
	if err := jpeg.Encode(&buf, img, nil); err != nil {
		panic(err)
	}
	return buf.Bytes()
}

// photoStore has the sample photos and nothing else.
func photoStore(_ context.Context, key string) (io.ReadCloser, error) {
	src, ok := samplePhotos()[key[0]]
	if !ok {
		return nil, workflow.Refuse(workflow.CodeNotFound, "file")
	}
	return io.NopCloser(bytes.NewReader(src)), nil
}

// sampleDrawer is the one drawer that the tests share, as the program does.
var sampleDrawer = sync.OnceValues(func() (*letters.Drawer, error) {
	office, err := letters.DefaultOffice()
	return letters.New(office, letters.Config{Open: photoStore}), err
})

func drawer(tb testing.TB) *letters.Drawer {
	tb.Helper()
	d, err := sampleDrawer()
	if err != nil {
		tb.Fatal(err)
	}
	return d
}

// kinds are those that a procedure can name: each of them must be drawn.
func kinds() []workflow.LetterKind { return sop.LetterKinds() }
