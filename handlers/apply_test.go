package handlers

import (
	"regexp"
	"strings"
	"testing"

	"izinbot/bot"
	"izinbot/handlers/apply"
	"izinbot/workflow"
)

// answersLKS are answers to the form of the embedded procedure, in its order; "1"
// picks the first choice of a question.
func answersLKS() []string {
	return []string{
		"Yayasan Contoh", "Belanda", "yayasan", "Contoh Pimpinan", "2", "X0000000",
		"Jl. Contoh No. 1, Medan", "kantor@contoh.example", "+62 800 0000 0000",
		"Jl. Contoh No. 2", "Sidikalang", "Desa Contoh", "2.74,98.32", "Anak", "LKS Contoh Dairi",
		"Januari 2027 – Desember 2027", "lewati",
	}
}

// begin opens an application up to the form.
func (g *guest) begin() {
	g.t.Helper()
	g.expect("/mulai", "Selamat datang di layanan perizinan DPMPTSPK. Layanan ini gratis.",
		"1 Ajukan izin", "2 Cek status", "3 Syarat", "4 Pengaduan", "5 English")
	g.expect("1", "Izin Teknis LKS Asing — 10 hari kerja, tarif Rp 0.", "1 Setuju dan lanjut", "2 Baca syarat dulu", "3 Batal")
	g.expect("1", "1/17 Nama lembaga")
}

func (g *guest) fillForm(answers ...string) {
	g.t.Helper()
	for _, a := range answers {
		g.say(a)
	}
}

// sendDocuments sends a PDF for every document that is asked for, and skips what
// may be skipped.
func (g *guest) sendDocuments() string {
	g.t.Helper()
	var got string
	for range 40 {
		def := g.app.Desk.Library.Current()
		d := g.state().Open
		doc, expiry, open := apply.ApplicationUploads(def, d).Open(d)
		switch {
		case !open:
			return got
		case expiry:
			got = g.say("31/12/2027")
		case doc.Need == workflow.NeedIfExists:
			got = g.say("Lewati")
		default:
			got = g.send(g.pdf(string(doc.Code)+".pdf", 2))
		}
	}
	g.t.Fatal("the documents never end")
	return ""
}

func TestApplicationFromConsentToSubmission(t *testing.T) {
	g := newOffice(t, nil).guest("ani")
	g.begin()
	g.fillForm(answersLKS()...)
	got := g.say("/status") // always works, and the question stays
	g.wants(got, "Belum ada permohonan", "Dokumen 1 dari 14 · A1", `ketik "selesai" bila sudah`)

	g.wants(g.send(g.photo("surat.jpg", 640, 480, 1)), "Foto terlalu kecil untuk dibaca (640×480). Kirim ulang minimal 1200 piksel, atau sebagai dokumen.")
	g.wants(g.send(g.photo("satu.jpg", 1600, 1200, 2), g.photo("dua.jpg", 1600, 1200, 3)), "A1: 2 berkas tersimpan", "1 Selesai")
	g.wants(g.say("selesai"), "A1 diterima: 2 berkas.", "Dokumen 2 dari 14 · A2", "1 Tambah berkas untuk A1")
	g.wants(g.send(g.pdf("paspor.pdf", 12)), "A2 diterima: paspor.pdf, 12 halaman.", "Dokumen 3 dari 14 · B1")

	got = g.sendDocuments()
	g.wants(got, "Ringkasan · Izin Teknis LKS Asing", "• Nama lembaga: Yayasan Contoh", "• Kecamatan: Sidikalang",
		"paspor.pdf, 12 halaman", "berlaku sampai Jumat, 31 Desember 2027", "1 Kirim", "2 Ubah data", "3 Ganti dokumen", "4 Simpan dulu")

	got = g.say("1")
	g.wants(got, "Permohonan diterima Front Office pukul 10.12 WIB. Kelengkapan diperiksa paling lambat 13.12 WIB. Kami kabari di sini.")
	g.lacks(got, "LKS-2026")
	c := g.onlyCase()
	if c.Form["jenis_identitas"] != "paspor" || c.Form["titik_lokasi"] == "" || len(c.Documents) != 14 || c.Step != 2 {
		t.Errorf("case %+v", c)
	}
	if len(c.Documents[0].Files) != 2 || c.Documents[0].Files[0].Type != "image/jpeg" {
		t.Errorf("A1 holds %+v", c.Documents[0])
	}

	got = g.expect("status", "Yayasan Contoh", "Sedang diperiksa kelengkapannya, paling lambat 13.12 WIB.")
	g.lacks(got, "LKS-2026")
	if g.state().Open != nil || g.state().Saved != nil {
		t.Error("the application is still open")
	}
}

func TestLateSubmissionNamesTheDay(t *testing.T) {
	g := newOffice(t, nil).guest("ani")
	g.now = monday().AddDate(0, 0, 4).Add(5 * 3600e9) // Friday 15.12
	g.begin()
	g.fillForm(answersLKS()...)
	g.sendDocuments()
	g.expect("kirim", "pukul 15.12 WIB", "paling lambat Senin 30 Nov 08.12 WIB")
}

func TestProxyNeedsHisPapers(t *testing.T) {
	g := newOffice(t, nil).guest("ani")
	g.begin()
	answers := answersLKS()
	answers[len(answers)-1] = "Contoh Kuasa"
	g.fillForm(answers...)
	g.wants(g.send(g.pdf("a1.pdf", 1)), "A1 diterima: a1.pdf, 1 halaman.", "Dokumen 2 dari 15 · A2")
	g.wants(g.send(g.pdf("a2.pdf", 1)), "Dokumen 3 dari 15 · A3 Surat kuasa")
	g.wants(g.send(g.pdf("a3.pdf", 1)), "Dokumen 4 dari 15 · B1")
}

// TestFileThatNobodyHasAnyMore: networks forget files; the person is told, and asked
// for that very document again.
func TestFileThatNobodyHasAnyMore(t *testing.T) {
	g := newOffice(t, nil).guest("ani")
	g.begin()
	g.fillForm(answersLKS()...)
	g.wants(g.send(bot.File{Name: "a1.pdf", Problem: bot.FileGone}), "tidak bisa diambil", "kirim ulang", "A1")
	g.wants(g.send(g.pdf("a1.pdf", 1)), "A1 diterima: a1.pdf")
}

func TestWrongInputChangesNothing(t *testing.T) {
	g := newOffice(t, nil).guest("ani")
	exe := g.file("akta.pdf", []byte("MZ\x90\x00 CONTOH"))
	empty := g.file("kosong.pdf", nil)
	wrong := []bot.Inbound{
		{Text: strings.Repeat("a", 5000)},
		{Text: "😀😀😀"},
		{Other: "voice"},
		{Choice: "zz:o.1"},
		{Files: []bot.File{exe}},
		{Files: []bot.File{empty}},
		{Files: []bot.File{{Name: "besar.pdf", Problem: bot.FileTooLarge}}},
		{Files: []bot.File{{Name: "hilang.pdf", Key: strings.Repeat("0", 64)}}},
	}
	try := func(stage string, more ...bot.Inbound) {
		t.Helper()
		before := g.answers()
		for _, in := range append(more, wrong...) {
			if got := g.tell(in); len(got) < 20 {
				t.Errorf("%s: %.20q is answered %q", stage, in.Text, got)
			}
			if after := g.answers(); after != before {
				t.Fatalf("%s: %.20q changed\n%s\nto\n%s", stage, in.Text, before, after)
			}
		}
	}
	g.begin()
	try("a text question")
	g.fillForm(answersLKS()[:4]...)
	try("a choice", bot.Inbound{Text: "9"})
	g.fillForm(answersLKS()[4:7]...)
	try("an e-mail", bot.Inbound{Text: "bukan e-mail"}, bot.Inbound{Location: &bot.Location{Lat: 1, Lon: 2}})
	g.fillForm(answersLKS()[7:12]...)
	try("a place", bot.Inbound{Text: "entah"})
	g.fillForm(answersLKS()[12:]...)
	try("a document", bot.Inbound{Text: "selesai"}, bot.Inbound{Location: &bot.Location{}})
	for g.state().Open.Doc == "" {
		d := g.state().Open
		if _, expiry, _ := apply.ApplicationUploads(g.app.Desk.Library.Current(), d).Open(d); expiry {
			break
		}
		g.send(g.pdf(strings.Repeat("x", len(d.Documents)+1)+".pdf", 1))
	}
	try("a date", bot.Inbound{Text: "31/02/2027"}, bot.Inbound{Text: "22/11/2026"}, bot.Inbound{Text: "23/11/2026"}, bot.Inbound{Files: []bot.File{g.pdf("y.pdf", 1)}})
	g.sendDocuments()
	try("the summary", bot.Inbound{Text: "mungkin"})
	g.say("2")
	try("the groups", bot.Inbound{Text: "77"})
	g.say("1")
	try("the fields")
	g.say("kembali")
	g.say("3")
	try("the list of documents", bot.Inbound{Text: "Z9"})
}

func TestDocumentsKnowAFileAgain(t *testing.T) {
	g := newOffice(t, nil).guest("ani")
	g.begin()
	g.fillForm(answersLKS()...)
	same := g.pdf("sama.pdf", 1)
	g.send(same)
	g.wants(g.send(same), "Berkas ini sama dengan yang dikirim untuk A1", "A2 diterima")
	g.say("Tambah berkas untuk A2")
	g.wants(g.send(same), "Berkas ini sudah ada di A2")
	g.wants(g.send(g.pdf("lain.pdf", 1)), "A2: 2 berkas tersimpan")
	g.wants(g.say("selesai"), "A2 diterima: 2 berkas.", "B1")
	g.wants(g.send(g.pdf("b.pdf", 1), g.file("c.exe", []byte("MZ"))), "c.exe: Ini program", "B1: 1 berkas tersimpan")
}

func TestApplicationSurvivesRestartAndPause(t *testing.T) {
	g := newOffice(t, nil).guest("ani")
	g.begin()
	g.fillForm(answersLKS()[:3]...)
	_, source, err := sopSource()
	if err != nil {
		t.Fatal(err)
	}
	g.start(source)
	g.wants(g.say("Contoh Pimpinan"), "5/17 Jenis identitas pimpinan")

	g.expect("simpan", "Isian dan dokumen tersimpan")
	g.expect("halo", "1 Lanjutkan permohonan", "2 Ajukan izin")
	g.expect("lanjutkan", "5/17 Jenis identitas pimpinan")
	g.fillForm(answersLKS()[4:]...)
	g.send(g.photo("a.jpg", 1600, 1200, 1))
	g.start(source)
	g.wants(g.say("selesai"), "A1 diterima: a.jpg.")
	g.expect("batal", "Isian dan dokumen tersimpan")
	g.expect("ajukan", "Ada permohonan yang belum dikirim", "1 Lanjutkan permohonan", "2 Mulai dari awal")
	g.expect("1", "Dokumen 2 dari 14")
	g.expect("/ajukan baru", "Setuju dan lanjut")
	g.expect("1", "1/17 Nama lembaga")
}

func TestBackGoesThroughFormAndDocuments(t *testing.T) {
	g := newOffice(t, nil).guest("ani")
	g.begin()
	g.expect("kembali", "tidak bisa mundur", "1/17")
	g.say("Yayasan Contoh")
	g.expect("kembali", "1/17 Nama lembaga", "1 Tetap: Yayasan Contoh")
	g.expect("1", "2/17 Negara asal")
	g.fillForm(answersLKS()[1:]...)
	g.send(g.photo("a.jpg", 1600, 1200, 1))
	g.expect("kembali", "Dokumen 1 dari 14") // the photo is put away
	if n := len(g.state().Open.Files); n != 0 {
		t.Errorf("%d files left", n)
	}
	g.expect("kembali", "17/17 Nama penerima kuasa")
	g.expect("lewati", "Dokumen 1 dari 14")
	g.send(g.pdf("a1.pdf", 1))
	g.expect("kembali", "Dokumen 1 dari 14", "Yang sekarang: a1.pdf, 1 halaman", "1 Biarkan yang sekarang")
	g.expect("1", "Dokumen 2 dari 14")
}

func TestSummaryIsEditedInPlace(t *testing.T) {
	g := newOffice(t, nil).guest("ani")
	g.begin()
	g.fillForm(answersLKS()...)
	g.sendDocuments()
	g.expect("ubah data", "Bagian mana yang diubah?", "1 Lembaga", "2 Pimpinan")
	g.expect("1", "1 Nama lembaga: Yayasan Contoh", "2 Negara asal: Belanda", "4 Kembali")
	g.expect("2", "2/17 Negara asal", "1 Tetap: Belanda")
	g.expect("Norwegia", "Ringkasan", "Negara asal: Norwegia")
	g.say("2")
	g.say("Pimpinan")
	g.expect("2", "Jenis identitas pimpinan")
	g.expect("kembali", "Ringkasan", "Jenis identitas pimpinan: Paspor")

	got := g.expect("ganti dokumen", "Dokumen mana yang diganti?", "Berikutnya")
	g.lacks(got, "F1")
	g.expect("Berikutnya", "F1 Daftar tenaga asing dan RPTKA/visa (belum ada)")
	g.expect("C1", "Dokumen 8 dari 14 · C1", "Yang sekarang: C1.pdf, 2 halaman", "1 Biarkan yang sekarang")
	g.wants(g.send(g.pdf("c1 baru.pdf", 3)), "C1 diterima: c1 baru.pdf, 3 halaman.", "berlaku sampai tanggal berapa")
	g.expect("1 Januari 2028", "C1 berlaku sampai Sabtu, 1 Januari 2028.", "Ringkasan", "c1 baru.pdf, 3 halaman, berlaku sampai Sabtu, 1 Januari 2028")
	g.expect("1", "Permohonan diterima")
	c := g.onlyCase()
	if d, _ := c.Document("C1"); d.Expiry != "2028-01-01" || d.Files[0].Pages != 3 {
		t.Errorf("C1 is %+v", d)
	}
	if c.Form["negara_asal"] != "Norwegia" {
		t.Errorf("country is %q", c.Form["negara_asal"])
	}
}

func TestApplicationInEnglishHasNoIndonesianLeft(t *testing.T) {
	g := newOffice(t, nil).guest("ani")
	g.say("/start")
	g.expect("5", "We now speak English", "1 Apply for a permit", "5 Bahasa Indonesia")
	var all strings.Builder
	for _, said := range append([]string{"1", "1"}, "Yayasan Contoh", "the Netherlands", "foundation", "Contoh Head", "1", "X0000000",
		"Jl. Contoh No. 1", "office@contoh.example", "+62 800 0000 0000", "Jl. Contoh", "Sitinjo", "Desa Contoh", "skip", "Children",
		"LKS Contoh", "2027", "skip") {
		all.WriteString(g.say(said))
	}
	g.wants(all.String(), "10 working days, tariff Rp 0", "1/17 Name of the organisation", "Document 1 of 14 · A1 Letter of application")
	if bad := regexp.MustCompile(`(?i)\b(kirim|ketik|silakan|dokumen|berkas|misalnya|lewati)\b`).FindString(all.String()); bad != "" {
		t.Errorf("%q in\n%s", bad, all.String())
	}
}

// TestAnotherProcedure runs the applicant's part of a procedure of another permit
// through the same code.
func TestAnotherProcedure(t *testing.T) {
	g := newOffice(t, otherProcedure(t)).guest("ani")
	g.say("mulai")
	g.expect("1", "Izin Reklame — 3 hari kerja, tarif Rp 0.")
	g.fillForm("1", "Toko CONTOH", "Jl. Contoh No. 3")
	g.expect("1", "Dokumen 1 dari 1 · R1 Gambar reklame")
	g.wants(g.send(g.pdf("gambar.pdf", 1)), "Dokumen tambahan, bila ada · R2", "Lewati")
	g.expect("lewati", "Ringkasan · Izin Reklame", "Ukuran: Sampai 4 m²")
	g.expect("1", "Permohonan diterima Loket pukul 10.12 WIB. Kelengkapan diperiksa paling lambat 11.12 WIB.")
	g.expect("status", "Toko CONTOH")
	g.lacks(g.say("syarat"), "LKS")
}
