package handlers_test

import (
	"strings"
	"testing"

	"izinbot/handlers/apply"
	"izinbot/handlers/handlerstest"
)

// Whoever says in his own words that there is nothing to say has not named a proxy of
// that name, for whom papers would then be needed.
func TestNothingIsNoAnswer(t *testing.T) {
	for _, said := range []string{"lewati", "LEWATI.", "skip", "no", "none", "Tidak ada", "tdk ada", "gak ada", "-", "n/a"} {
		t.Run(said, func(t *testing.T) {
			g := handlerstest.NewOffice(t, nil).Guest("ani")
			g.Begin()
			g.FillForm(handlerstest.AnswersLKS()[:16]...)
			g.Expect(said, "Dokumen 1 dari 14 · A1")
		})
	}
}

func TestNeededAnswerIsNotSkipped(t *testing.T) {
	g := handlerstest.NewOffice(t, nil).Guest("ani")
	g.Begin()
	for _, said := range []string{"lewati", "skip", "Lewati saja"} {
		g.Expect(said, "Nama lembaga diperlukan, jadi tidak bisa dilewati", "SIMPAN", "1/19 Nama lembaga")
	}
	g.Expect("Yayasan Contoh", "2/19")
	g.Expect("/simpan", "LANJUTKAN")
}

func TestExtraDocumentIsPassedOverInWords(t *testing.T) {
	g := handlerstest.NewOffice(t, nil).Guest("ani")
	g.Begin()
	g.FillForm(handlerstest.AnswersLKS()...)
	g.Expect("belum ada", "berkas A1", "SIMPAN")
	for range 14 {
		d := handlerstest.Open[apply.Application](g)
		doc, _, _ := d.Uploads(g.App.Desk.Library.Current()).Open(&d.UploadState)
		g.Send(g.PDF(string(doc.Code)+".pdf", 2))
		if doc.Code == "A1" {
			g.PassLetter()
		}
		if doc.Expires {
			g.Say("31/12/2027")
		}
	}
	g.Lacks(g.Say("hm"), "diperlukan sekarang")
	g.Expect("tidak ada", "F2")
	g.Expect("no", "Ringkasan")
}

// A command's bare word is obeyed where it cannot be the answer.
func TestCommandWhereOnlyAChoiceFits(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	g := o.Guest("ani")
	g.Say("/ajukan")
	g.Expect("pengaduan", "tulis pengaduan")
	g.Say("batal")
	g.Say("/ajukan baru")
	g.Expect("ya", "1/19")
	g.Expect("setuju", "belum kami catat", "1/19")
	g.FillForm(handlerstest.AnswersLKS()...)
	g.Expect("syarat", "Dokumen yang diperlukan", "Dokumen 1 dari 14")
	g.Expect("lengkapi", "sedang menunggu dokumen", "Dokumen 1 dari 14")
}

// Free words are answered with the two or three choices that are likeliest meant.
// TestAdviceInTheFormIsNoAnswer types what the form itself advises, where any text is an
// answer: it is done, and the question stays.
func TestAdviceInTheFormIsNoAnswer(t *testing.T) {
	g := handlerstest.NewOffice(t, nil).Guest("ani")
	g.Begin()
	for _, word := range []string{"SYARAT", "kontak", "*Kontak*", "bahasa"} {
		g.Say(word)
		g.Expect("???", "1/19")
	}
	g.Expect("english", "1/19")
	g.Expect("requirements", "1/19")
	g.Expect("Syarat Contoh Foundation", "2/19") // a name with the word in it
}

func TestLikeliestMeant(t *testing.T) {
	for said, first := range map[string]string{
		"berkas saya udah sampe mana ya?": "1 Cek status",
		"gmn caranya?":                    "1 Syarat",
		"biayanya berapa min":             "1 Syarat",
		"mau urus izin dong":              "1 Ajukan izin",
		"petugasnya minta uang":           "1 Pengaduan",
		"bisa bicara dengan orang?":       "1 Kontak",
	} {
		g := handlerstest.NewOffice(t, nil).Guest("ani")
		got := g.Expect(said, "Mungkin ini", first)
		if n := strings.Count(got, "\n"); n > 6 {
			t.Errorf("%q: %d lines:\n%s", said, n, got)
		}
	}
	g := handlerstest.NewOffice(t, nil).Guest("ani")
	g.Expect("english", "We now speak English")
	g.Expect("where is my application?", "1 Check status")
	g.Expect("How much does it cost?", "1 Requirements")
	g.Expect("can I talk to a human?", "1 Contact")
	g.Expect("thanks!", "You are welcome")
	g.Expect("thank you very much", "You are welcome")
	g.Expect("qwerty", "did not understand", "1 Apply")
}

func TestHelpInTheMiddleIsShort(t *testing.T) {
	g := handlerstest.NewOffice(t, nil).Guest("ani")
	g.Begin()
	got := g.Expect("bantuan", "KEMBALI", "SIMPAN", "telepon (0000) 000000", "BANTUAN SEMUA", "1/19 Nama lembaga")
	g.Lacks(got, "/keberatan")
	g.Expect("bantuan semua", "/keberatan –", "1/19 Nama lembaga")
}

func TestFileThatNobodyAskedFor(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	g := o.Guest("ani")
	got := g.Send(g.PDF("a.pdf", 1))
	g.Wants(got, "belum kami simpan", "1 Ajukan izin")
	g.Lacks(got, "belum kami pahami")
}

func TestOfficerSeesAllAnswers(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	g := o.Guest("ani")
	g.Begin()
	g.FillForm(handlerstest.AnswersLKS()...)
	g.SendDocuments()
	g.Say("kirim")
	fo := o.Officer("fo", "front_office")
	c := g.OnlyCase()
	fo.Say("buka " + string(c.ID))
	fo.Expect("Isian permohonan", "Nomor identitas pimpinan: X0000000", "Telepon: +6280000000000", "Mitra lokal: LKS Contoh Dairi", "14 dokumen")
	fo.Say("batal")
	fo.Expect("isian "+string(c.ID), "Nomor identitas pimpinan: X0000000")
	g.Expect("/isian "+string(c.ID), "hanya untuk petugas")
}

func TestBackInACheck(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	g := o.Guest("ani")
	g.Begin()
	g.FillForm(handlerstest.AnswersLKS()...)
	g.SendDocuments()
	g.Say("kirim")
	fo := o.Officer("fo", "front_office")
	fo.Say("buka " + string(g.OnlyCase().ID))
	fo.Expect("A1", "A1: sesuai?")
	fo.Expect("tidak sesuai", "apa yang salah")
	fo.Expect("kembali", "A1: sesuai?")
	fo.Lacks(fo.Expect("kembali", "14 dokumen"), "tidak bisa mundur")
	fo.Say("minta dokumen lain")
	fo.Expect("F1", "belum dikirim")
	fo.Lacks(fo.Expect("kembali", "14 dokumen"), "tidak bisa mundur")
	fo.Expect("kembali", "tidak bisa mundur")
	fo.Expect("batal", "Penilaian yang sudah diberikan tersimpan")
}
