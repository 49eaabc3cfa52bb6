package apply_test

import (
	"regexp"
	"strings"
	"testing"

	"izinbot/bot"
	"izinbot/handlers/apply"
	"izinbot/handlers/handlerstest"
)

func TestApplicationFromConsentToSubmission(t *testing.T) {
	g := handlerstest.NewOffice(t, nil).Guest("ani")
	g.Begin()
	g.FillForm(handlerstest.AnswersLKS()...)
	got := g.Say("/status") // always works, and the question stays
	g.Wants(got, "Belum ada permohonan", "Dokumen 1 dari 14 · A1", `ketik "selesai" bila sudah`)

	g.Wants(g.Send(g.Photo("surat.jpg", 640, 480, 1)), "Foto terlalu kecil untuk dibaca (640×480). Kirim ulang minimal 1200 piksel, atau sebagai dokumen.")
	g.Wants(g.Send(g.Photo("satu.jpg", 1600, 1200, 2), g.Photo("dua.jpg", 1600, 1200, 3)), "2 berkas untuk A1: satu.jpg, dua.jpg.", "1 Selesai")
	g.Wants(g.Say("selesai"), "A1 diterima: 2 berkas.", "18/19 Nomor surat permohonan")
	g.Wants(g.PassLetter(), "Dokumen 2 dari 14 · A2", "1 Tambah berkas untuk A1")
	g.Wants(g.Send(g.PDF("paspor.pdf", 12)), "A2 diterima: paspor.pdf, 12 halaman.", "Dokumen 3 dari 14 · B1")

	got = g.SendDocuments()
	g.Wants(got, "Ringkasan · Izin Teknis LKS Asing", "• Nama lembaga: Yayasan Contoh", "• Kecamatan: Sidikalang",
		"paspor.pdf, 12 halaman", "berlaku sampai Jumat, 31 Desember 2027", "1 Kirim", "2 Ubah data", "3 Ganti dokumen", "4 Simpan dulu")

	got = g.Say("1")
	g.Wants(got, "Permohonan diterima Front Office pukul 10.12 WIB. Kelengkapan diperiksa paling lambat 13.12 WIB. Kami kabari di sini.")
	g.Lacks(got, "LKS-2026")
	c := g.OnlyCase()
	if c.Form["jenis_identitas"] != "paspor" || c.Form["titik_lokasi"] == "" || len(c.Documents) != 14 || c.Step != 2 {
		t.Errorf("case %+v", c)
	}
	if len(c.Documents[0].Files) != 2 || c.Documents[0].Files[0].Type != "image/jpeg" {
		t.Errorf("A1 holds %+v", c.Documents[0])
	}

	got = g.Expect("status", "Yayasan Contoh", "Sedang diperiksa kelengkapannya, paling lambat 13.12 WIB.")
	g.Lacks(got, "LKS-2026")
	if g.State().Open != nil || len(g.State().Drafts) != 0 {
		t.Error("the application is still open")
	}
}

func TestLateSubmissionNamesTheDay(t *testing.T) {
	g := handlerstest.NewOffice(t, nil).Guest("ani")
	g.Now = handlerstest.Monday().AddDate(0, 0, 4).Add(5 * 3600e9) // Friday 15.12
	g.Begin()
	g.FillForm(handlerstest.AnswersLKS()...)
	g.SendDocuments()
	g.Expect("kirim", "pukul 15.12 WIB", "paling lambat Senin 30 Nov 08.12 WIB")
}

func TestProxyNeedsHisPapers(t *testing.T) {
	g := handlerstest.NewOffice(t, nil).Guest("ani")
	g.Begin()
	answers := handlerstest.AnswersLKS()
	answers[len(answers)-1] = "Contoh Kuasa"
	g.FillForm(answers...)
	g.Wants(g.Send(g.PDF("a1.pdf", 1)), "A1 diterima: a1.pdf, 1 halaman.")
	g.Wants(g.PassLetter(), "Dokumen 2 dari 15 · A2")
	g.Wants(g.Send(g.PDF("a2.pdf", 1)), "Dokumen 3 dari 15 · A3 Surat kuasa")
	g.Wants(g.Send(g.PDF("a3.pdf", 1)), "Dokumen 4 dari 15 · B1")
}

// TestFileThatNobodyHasAnyMore: networks forget files; the person is told, and asked
// for that very document again.
func TestFileThatNobodyHasAnyMore(t *testing.T) {
	g := handlerstest.NewOffice(t, nil).Guest("ani")
	g.Begin()
	g.FillForm(handlerstest.AnswersLKS()...)
	g.Wants(g.Send(bot.InboundFile{Name: "a1.pdf", Problem: bot.FileGone}), "tidak bisa diambil", "kirim ulang", "A1")
	g.Wants(g.Send(g.PDF("a1.pdf", 1)), "A1 diterima: a1.pdf")
}

func TestWrongInputChangesNothing(t *testing.T) {
	g := handlerstest.NewOffice(t, nil).Guest("ani")
	exe := g.File("akta.pdf", []byte("MZ\x90\x00 CONTOH"))
	empty := g.File("kosong.pdf", nil)
	wrong := []bot.Inbound{
		{Text: strings.Repeat("a", 5000)},
		{Text: "😀😀😀"},
		{Other: "voice"},
		{Choice: "zz:o.1"},
		{Files: []bot.InboundFile{exe}},
		{Files: []bot.InboundFile{empty}},
		{Files: []bot.InboundFile{{Name: "besar.pdf", Problem: bot.FileTooLarge}}},
		{Files: []bot.InboundFile{{Name: "hilang.pdf", Key: strings.Repeat("0", 64)}}},
	}
	try := func(stage string, more ...bot.Inbound) {
		t.Helper()
		before := g.Answers()
		for _, in := range append(more, wrong...) {
			if got := g.Tell(in); len(got) < 20 {
				t.Errorf("%s: %.20q is answered %q", stage, in.Text, got)
			}
			if after := g.Answers(); after != before {
				t.Fatalf("%s: %.20q changed\n%s\nto\n%s", stage, in.Text, before, after)
			}
		}
	}
	g.Begin()
	try("a text question")
	g.FillForm(handlerstest.AnswersLKS()[:4]...)
	try("a choice", bot.Inbound{Text: "9"})
	g.FillForm(handlerstest.AnswersLKS()[4:7]...)
	try("an e-mail", bot.Inbound{Text: "bukan e-mail"}, bot.Inbound{Location: &bot.Location{Lat: 1, Lon: 2}})
	g.FillForm(handlerstest.AnswersLKS()[7:12]...)
	try("a place", bot.Inbound{Text: "entah"})
	g.FillForm(handlerstest.AnswersLKS()[12:]...)
	try("a document", bot.Inbound{Text: "selesai"}, bot.Inbound{Location: &bot.Location{}})
	for handlerstest.Open[apply.Application](g).Doc == "" {
		d := handlerstest.Open[apply.Application](g)
		if _, expiry, _ := d.Uploads(g.App.Desk.Library.Current()).Open(&d.UploadState); expiry {
			break
		}
		g.Send(g.PDF(strings.Repeat("x", len(d.Documents)+1)+".pdf", 1))
	}
	try("a date", bot.Inbound{Text: "31/02/2027"}, bot.Inbound{Text: "22/11/2026"}, bot.Inbound{Files: []bot.InboundFile{g.PDF("y.pdf", 1)}})
	g.SendDocuments()
	try("the summary", bot.Inbound{Text: "mungkin"})
	g.Say("2")
	try("the groups", bot.Inbound{Text: "77"})
	g.Say("1")
	try("the fields")
	g.Say("kembali")
	g.Say("3")
	try("the list of documents", bot.Inbound{Text: "Z9"})
}

func TestDocumentsKnowAFileAgain(t *testing.T) {
	g := handlerstest.NewOffice(t, nil).Guest("ani")
	g.Begin()
	g.FillForm(handlerstest.AnswersLKS()...)
	same := g.PDF("sama.pdf", 1)
	g.Send(same)
	g.PassLetter()
	g.Wants(g.Send(same), "Berkas ini sama dengan yang dikirim untuk A1", "A2 diterima")
	g.Say("Tambah berkas untuk A2")
	g.Wants(g.Send(same), "Berkas ini sudah ada di A2")
	g.Wants(g.Send(g.PDF("lain.pdf", 1)), "2 berkas untuk A2")
	g.Wants(g.Say("selesai"), "A2 diterima: 2 berkas.", "B1")
	g.Wants(g.Send(g.PDF("b.pdf", 1), g.File("c.exe", []byte("MZ"))), "c.exe: Ini program", "1 berkas untuk B1")
}

// TestExpiryIsCorrected sends the same file again to correct the date that was typed for it.
func TestExpiryIsCorrected(t *testing.T) {
	g := handlerstest.NewOffice(t, nil).Guest("ani")
	g.Begin()
	g.FillForm(handlerstest.AnswersLKS()...)
	g.SendDocuments()
	file := g.PDF("c1.pdf", 1)
	for _, date := range []string{"31/12/2026", "30/11/2027"} {
		g.Expect("3", "Dokumen mana yang diganti?")
		g.Say("8")
		g.Wants(g.Send(file), "berlaku sampai tanggal berapa?")
		g.Expect(date, "Ringkasan")
	}
}

func TestApplicationSurvivesRestartAndPause(t *testing.T) {
	g := handlerstest.NewOffice(t, nil).Guest("ani")
	g.Begin()
	g.FillForm(handlerstest.AnswersLKS()[:3]...)
	_, source, err := handlerstest.SOPSource()
	if err != nil {
		t.Fatal(err)
	}
	g.Start(source)
	g.Wants(g.Say("Contoh Pimpinan"), "5/19 Jenis identitas pimpinan")

	g.Expect("simpan", "Isian dan dokumen tersimpan")
	g.Expect("halo", "1 Lanjutkan permohonan", "2 Ajukan izin")
	g.Expect("lanjutkan", "5/19 Jenis identitas pimpinan")
	g.FillForm(handlerstest.AnswersLKS()[4:]...)
	g.Send(g.Photo("a.jpg", 1600, 1200, 1))
	g.Start(source)
	g.Wants(g.Say("selesai"), "A1 diterima: a.jpg.")
	g.Expect("batal", "Isian dan dokumen tersimpan")
	g.Expect("ajukan", "Ada permohonan yang belum dikirim", "1 Lanjutkan permohonan", "2 Mulai dari awal")
	g.Expect("1", "18/19 Nomor surat permohonan")
	g.Expect("/ajukan baru", "Setuju dan lanjut")
	g.Expect("1", "1/19 Nama lembaga")
}

func TestBackGoesThroughFormAndDocuments(t *testing.T) {
	g := handlerstest.NewOffice(t, nil).Guest("ani")
	g.Begin()
	g.Expect("kembali", "tidak bisa mundur", "1/19")
	g.Say("Yayasan Contoh")
	g.Expect("kembali", "1/19 Nama lembaga", "1 Tetap: Yayasan Contoh")
	g.Expect("1", "2/19 Negara asal")
	g.FillForm(handlerstest.AnswersLKS()[1:]...)
	g.Send(g.Photo("a.jpg", 1600, 1200, 1))
	g.Expect("kembali", "Dokumen 1 dari 14") // the photo is put away
	if n := len(handlerstest.Open[apply.Application](g).Files); n != 0 {
		t.Errorf("%d files left", n)
	}
	g.Expect("kembali", "17/19 Nama penerima kuasa")
	g.Expect("lewati", "Dokumen 1 dari 14")
	g.Send(g.PDF("a1.pdf", 1))
	g.Expect("kembali", "Dokumen 1 dari 14", "Yang sekarang: a1.pdf, 1 halaman", "1 Biarkan yang sekarang")
	g.Expect("1", "18/19 Nomor surat permohonan")
	g.Expect("lewati", "19/19 Tanggal surat permohonan")
	g.Expect("kembali", "18/19 Nomor surat permohonan")
	g.Expect("lewati", "19/19 Tanggal surat permohonan")
	g.Expect("lewati", "Dokumen 2 dari 14")
	g.Expect("kembali", "Dokumen 1 dari 14", "1 Biarkan yang sekarang")
	g.Expect("1", "Dokumen 2 dari 14")
}

// TestLetterIsAskedAboutOnceItIsSent: its number and date, which may be left out; a day to come
// is none. They stand in the summary and before the officers, with the number of the agenda.
func TestLetterIsAskedAboutOnceItIsSent(t *testing.T) {
	g := handlerstest.NewOffice(t, nil).Guest("ani")
	g.Begin()
	g.FillForm(handlerstest.AnswersLKS()...)
	g.Wants(g.Send(g.PDF("a1.pdf", 1)), "A1 diterima", "18/19 Nomor surat permohonan", "1 Lewati")
	g.Expect("12/2026", "19/19 Tanggal surat permohonan", "1 Lewati")
	g.Expect("23 Desember 2026", "Rabu, 23 Desember 2026 belum tiba", "19/19")
	g.Expect("20 November 2026", "Dokumen 2 dari 14")
	g.SendDocuments()
	g.Expect("ubah data", "Surat permohonan")
	g.Expect("Surat permohonan", "Nomor surat permohonan: 12/2026")
	g.Expect("kembali", "Nomor surat permohonan: 12/2026", "Tanggal surat permohonan: Jumat, 20 November 2026")
	g.Expect("kirim", "Permohonan diterima")
	c := g.OnlyCase()
	if c.Agenda == nil || c.Agenda.Text != "001/SM/DPMPTSPK/XI/2026" {
		t.Fatalf("the agenda has %+v", c.Agenda)
	}
	fo := g.Officer("fitri", "front_office")
	fo.Expect("lihat "+string(c.ID), "Agenda surat masuk: 001/SM/DPMPTSPK/XI/2026", "Surat permohonan: nomor 12/2026, tanggal Jumat, 20 November 2026")
	fo.Expect("isian "+string(c.ID), "Nomor surat permohonan: 12/2026")
}

// TestFilesGoOnWithoutAnswersAboutTheLetter: a file that comes while they are asked is the next
// document, and the answers are asked for before the summary; as of a draft of before.
func TestFilesGoOnWithoutAnswersAboutTheLetter(t *testing.T) {
	g := handlerstest.NewOffice(t, nil).Guest("ani")
	g.Begin()
	g.FillForm(handlerstest.AnswersLKS()...)
	for _, code := range []string{"A1", "A2", "B1", "B2", "B3", "B4", "B5", "C1"} {
		g.Wants(g.Send(g.PDF(code+".pdf", 2)), code+" diterima")
	}
	g.Expect("31/12/2027", "C1 berlaku sampai", "18/19 Nomor surat permohonan")
	g.Send(g.PDF("C2.pdf", 2))
	g.Expect("31/12/2027", "C2 berlaku sampai")
	for _, code := range []string{"C3", "D1", "D2", "D3", "E1"} {
		g.Send(g.PDF(code+".pdf", 2))
	}
	g.Expect("tidak ada", "19/19 Tanggal surat permohonan")
	g.Expect("tidak ada", "F1")
	g.Say("lewati")
	g.Expect("lewati", "Ringkasan")
	g.Expect("kirim", "Permohonan diterima")
	if c := g.OnlyCase(); len(c.Documents) != 14 || c.Form["nomor_surat_permohonan"] != "" || c.Agenda == nil {
		t.Errorf("%d documents, %v, %v", len(c.Documents), c.Form, c.Agenda)
	}
}

func TestSummaryIsEditedInPlace(t *testing.T) {
	g := handlerstest.NewOffice(t, nil).Guest("ani")
	g.Begin()
	g.FillForm(handlerstest.AnswersLKS()...)
	g.SendDocuments()
	g.Expect("ubah data", "Bagian mana yang diubah?", "1 Lembaga", "2 Pimpinan")
	g.Expect("1", "1 Nama lembaga: Yayasan Contoh", "2 Negara asal: Belanda", "4 Kembali")
	g.Expect("2", "2/19 Negara asal", "1 Tetap: Belanda")
	g.Expect("Norwegia", "Ringkasan", "Negara asal: Norwegia")
	g.Say("2")
	g.Say("Pimpinan")
	g.Expect("2", "Jenis identitas pimpinan")
	g.Expect("kembali", "Ringkasan", "Jenis identitas pimpinan: Paspor")

	got := g.Expect("ganti dokumen", "Dokumen mana yang diganti?", "Berikutnya")
	g.Lacks(got, "F1")
	g.Expect("Berikutnya", "F1 Daftar tenaga asing dan RPTKA/visa (belum ada)")
	g.Expect("C1", "Dokumen 8 dari 14 · C1", "Yang sekarang: C1.pdf, 2 halaman", "1 Biarkan yang sekarang")
	g.Wants(g.Send(g.PDF("c1 baru.pdf", 3)), "C1 diterima: c1 baru.pdf, 3 halaman.", "berlaku sampai tanggal berapa")
	g.Expect("1 Januari 2028", "C1 berlaku sampai Sabtu, 1 Januari 2028.", "Ringkasan", "c1 baru.pdf, 3 halaman, berlaku sampai Sabtu, 1 Januari 2028")
	g.Expect("1", "Permohonan diterima")
	c := g.OnlyCase()
	if d, _ := c.Document("C1"); d.Expiry != "2028-01-01" || d.Files[0].Pages != 3 {
		t.Errorf("C1 is %+v", d)
	}
	if c.Form["negara_asal"] != "Norwegia" {
		t.Errorf("country is %q", c.Form["negara_asal"])
	}
}

func TestApplicationInEnglishHasNoIndonesianLeft(t *testing.T) {
	g := handlerstest.NewOffice(t, nil).Guest("ani")
	g.Say("/start")
	g.Expect("5", "We now speak English", "1 Apply for a permit", "5 Bahasa Indonesia")
	var all strings.Builder
	for _, said := range append([]string{"1", "1"}, "Yayasan Contoh", "the Netherlands", "foundation", "Contoh Head", "2", "X0000000",
		"Jl. Contoh No. 1", "office@contoh.example", "+62 800 0000 0000", "Jl. Contoh", "Sitinjo", "Desa Contoh", "skip", "Children",
		"LKS Contoh", "January 2027 – December 2027", "skip") {
		all.WriteString(g.Say(said))
	}
	g.Wants(all.String(), "10 working days, tariff Rp 0", "1/19 Name of the organisation", "Document 1 of 14 · A1 Letter of application")
	if bad := regexp.MustCompile(`(?i)\b(kirim|ketik|silakan|dokumen|berkas|misalnya|lewati)\b`).FindString(all.String()); bad != "" {
		t.Errorf("%q in\n%s", bad, all.String())
	}
}

// TestAnotherProcedure runs the applicant's part of a procedure of another permit
// through the same code.
func TestAnotherProcedure(t *testing.T) {
	g := handlerstest.NewOffice(t, handlerstest.OtherProcedure(t)).Guest("ani")
	g.Say("mulai")
	g.Expect("1", "Izin Reklame — 3 hari kerja, tarif Rp 0.")
	g.FillForm("1", "Toko CONTOH", "Jl. Contoh No. 3")
	g.Expect("1", "Dokumen 1 dari 1 · R1 Gambar reklame")
	g.Wants(g.Send(g.PDF("gambar.pdf", 1)), "Dokumen tambahan, bila ada · R2", "Lewati")
	g.Expect("lewati", "Ringkasan · Izin Reklame", "Ukuran: Sampai 4 m²")
	g.Expect("1", "Permohonan diterima Loket pukul 10.12 WIB. Kelengkapan diperiksa paling lambat 11.12 WIB.")
	g.Expect("status", "Toko CONTOH")
	g.Lacks(g.Say("syarat"), "LKS")
}
