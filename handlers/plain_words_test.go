package handlers

import (
	"strings"
	"testing"

	"izinbot/handlers/apply"
)

// Whoever says in his own words that there is nothing to say has not named a proxy of
// that name, for whom papers would then be needed.
func TestNothingIsNoAnswer(t *testing.T) {
	for _, said := range []string{"lewati", "LEWATI.", "skip", "no", "none", "Tidak ada", "tdk ada", "gak ada", "-", "n/a"} {
		t.Run(said, func(t *testing.T) {
			g := newOffice(t, nil).guest("ani")
			g.begin()
			g.fillForm(answersLKS()[:16]...)
			g.expect(said, "Dokumen 1 dari 14 · A1")
		})
	}
}

func TestNeededAnswerIsNotSkipped(t *testing.T) {
	g := newOffice(t, nil).guest("ani")
	g.begin()
	for _, said := range []string{"lewati", "skip", "Lewati saja"} {
		g.expect(said, "Nama lembaga diperlukan, jadi tidak bisa dilewati", "SIMPAN", "1/17 Nama lembaga")
	}
	g.expect("Yayasan Contoh", "2/17")
	g.expect("/simpan", "LANJUTKAN")
}

func TestExtraDocumentIsPassedOverInWords(t *testing.T) {
	g := newOffice(t, nil).guest("ani")
	g.begin()
	g.fillForm(answersLKS()...)
	g.expect("belum ada", "berkas A1", "SIMPAN")
	for range 14 {
		d := g.state().Open
		doc, _, _ := apply.ApplicationUploads(g.app.Desk.Library.Current(), d).Open(d)
		g.send(g.pdf(string(doc.Code)+".pdf", 2))
		if doc.Expires {
			g.say("31/12/2027")
		}
	}
	g.lacks(g.say("hm"), "diperlukan sekarang")
	g.expect("tidak ada", "F2")
	g.expect("no", "Ringkasan")
}

// A command's bare word is obeyed where it cannot be the answer.
func TestCommandWhereOnlyAChoiceFits(t *testing.T) {
	o := newOffice(t, nil)
	g := o.guest("ani")
	g.say("/ajukan")
	g.expect("pengaduan", "tulis pengaduan")
	g.say("batal")
	g.say("/ajukan baru")
	g.expect("ya", "1/17")
	g.expect("setuju", "2/17") // here it may be the answer
	g.say("kembali")
	g.fillForm(answersLKS()...)
	g.expect("syarat", "Dokumen yang diperlukan", "Dokumen 1 dari 14")
	g.expect("lengkapi", "sedang menunggu dokumen", "Dokumen 1 dari 14")
}

// Free words are answered with the two or three choices that are likeliest meant.
func TestLikeliestMeant(t *testing.T) {
	for said, first := range map[string]string{
		"berkas saya udah sampe mana ya?": "1 Cek status",
		"gmn caranya?":                    "1 Syarat",
		"biayanya berapa min":             "1 Syarat",
		"mau urus izin dong":              "1 Ajukan izin",
		"petugasnya minta uang":           "1 Pengaduan",
		"bisa bicara dengan orang?":       "1 Kontak",
	} {
		g := newOffice(t, nil).guest("ani")
		got := g.expect(said, "Mungkin ini", first)
		if n := strings.Count(got, "\n"); n > 6 {
			t.Errorf("%q: %d lines:\n%s", said, n, got)
		}
	}
	g := newOffice(t, nil).guest("ani")
	g.expect("english", "We now speak English")
	g.expect("where is my application?", "1 Check status")
	g.expect("How much does it cost?", "1 Requirements")
	g.expect("can I talk to a human?", "1 Contact")
	g.expect("thanks!", "You are welcome")
	g.expect("thank you very much", "You are welcome")
	g.expect("qwerty", "did not understand", "1 Apply")
}

func TestHelpInTheMiddleIsShort(t *testing.T) {
	g := newOffice(t, nil).guest("ani")
	g.begin()
	got := g.expect("bantuan", "KEMBALI", "SIMPAN", "telepon (0000) 000000", "BANTUAN SEMUA", "1/17 Nama lembaga")
	g.lacks(got, "/keberatan")
	g.expect("bantuan semua", "/keberatan –", "1/17 Nama lembaga")
}

func TestFileThatNobodyAskedFor(t *testing.T) {
	o := newOffice(t, nil)
	g := o.guest("ani")
	got := g.send(g.pdf("a.pdf", 1))
	g.wants(got, "belum kami simpan", "1 Ajukan izin")
	g.lacks(got, "belum kami pahami")
}

func TestOfficerSeesAllAnswers(t *testing.T) {
	o := newOffice(t, nil)
	g := o.guest("ani")
	g.begin()
	g.fillForm(answersLKS()...)
	g.sendDocuments()
	g.say("kirim")
	fo := o.officer("fo", "front_office")
	c := g.onlyCase()
	fo.say("buka " + string(c.ID))
	fo.expect("Isian permohonan", "Nomor identitas pimpinan: X0000000", "Telepon: +6280000000000", "Mitra lokal: LKS Contoh Dairi", "14 dokumen")
	fo.say("batal")
	fo.expect("isian "+string(c.ID), "Nomor identitas pimpinan: X0000000")
	g.expect("/isian "+string(c.ID), "hanya untuk petugas")
}

func TestBackInACheck(t *testing.T) {
	o := newOffice(t, nil)
	g := o.guest("ani")
	g.begin()
	g.fillForm(answersLKS()...)
	g.sendDocuments()
	g.say("kirim")
	fo := o.officer("fo", "front_office")
	fo.say("buka " + string(g.onlyCase().ID))
	fo.expect("A1", "A1: sesuai?")
	fo.expect("tidak sesuai", "apa yang salah")
	fo.expect("kembali", "A1: sesuai?")
	fo.lacks(fo.expect("kembali", "14 dokumen"), "tidak bisa mundur")
	fo.say("minta dokumen lain")
	fo.expect("F1", "belum dikirim")
	fo.lacks(fo.expect("kembali", "14 dokumen"), "tidak bisa mundur")
	fo.expect("kembali", "tidak bisa mundur")
	fo.expect("batal", "Penilaian yang sudah diberikan tersimpan")
}
