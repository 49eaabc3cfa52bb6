package handlers_test

import (
	"strings"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/handlers/apply"
	"izinbot/handlers/handlerstest"
)

// TestACorrectionIsNoNextAnswer: what says that the answer before was wrong is asked about, also
// after "one moment" and whenever it comes.
func TestACorrectionIsNoNextAnswer(t *testing.T) {
	for _, test := range []struct {
		said, value string // "": no correction
	}{
		{"eh Belgia", "Belgia"},
		{"maaf, maksud saya Belgia", "Belgia"},
		{"Belgia maksudnya", "Belgia"},
		{"ralat: Belgia", "Belgia"},
		{"*Belgia", "Belgia"},
		{"Belgia*", "Belgia"},
		{"salah, harusnya Belgia", "Belgia"},
		{"bukan Belanda tapi Belgia", "Belgia"},
		{"I mean Belgium", "Belgia"},
		{"sorry, it should be Belgia", "Belgia"},
		{"yang benar Belgia ya", "Belgia"},
		{"yayasan", ""},
		{"*yayasan*", ""},
		{"perkumpulan bukan yayasan", ""},
	} {
		g := handlerstest.NewOffice(t, nil).Guest("ani")
		g.Begin()
		g.FillForm("Yayasan Contoh", "Belanda", "sebentar ya")
		g.Now = g.Now.Add(20 * time.Minute)
		got := g.Say(test.said)
		answers := handlerstest.Open[apply.Application](g).Answers
		switch {
		case test.value == "" && answers["bentuk_hukum"] == "":
			t.Errorf("%q is no answer:\n%s", test.said, got)
		case test.value == "":
		case answers["bentuk_hukum"] != "" || !strings.Contains(got, "1 Ya, ganti: "+test.value[:4]):
			t.Errorf("%q: stored %v, answered\n%s", test.said, answers, got)
		}
	}
	g := handlerstest.NewOffice(t, nil).Guest("ani")
	g.Begin()
	g.FillForm("Yayasan Contoh", "Belanda", "sebentar ya")
	g.Expect("eh Belgia", "Negara asal sudah terisi: Belanda. Ganti?", "3/19", "1 Ya, ganti: Belgia", "2 Ya: “eh Belgia”")
	g.Expect("1", "3/19")
	if got := handlerstest.Open[apply.Application](g).Answers; got["negara_asal"] != "Belgia" || len(got) != 2 {
		t.Errorf("stored %v", got)
	}
}

// TestACorrectionOfAConclusionIsNoStatement, whenever it comes.
func TestACorrectionOfAConclusionIsNoStatement(t *testing.T) {
	tim := atStatement(t)
	tim.Say("sebentar ya")
	tim.Now = tim.Now.Add(time.Minute)
	tim.Expect("maksud saya atap bocor", "lanjutan kesimpulan, atau jawaban untuk pernyataan pemohon?")
}

// atStatement gives an officer in a visit who is asked for the applicant's statement.
func atStatement(t *testing.T) *handlerstest.Guest {
	t.Helper()
	tim, id := handlerstest.Visiting(t)
	tim.Say("kunjungan " + string(id))
	tim.Say("1")
	tim.Say("selesai")
	for range 8 {
		tim.Say("ya")
	}
	tim.Expect("Lembaga ada di alamat", "pernyataan pemohon")
	return tim
}

// TestALateBubbleAtAQuestionWithAForm: words that come right after an answer are offered as its
// rest where the question asks for a choice, a date or a number.
func TestALateBubbleAtAQuestionWithAForm(t *testing.T) {
	g := handlerstest.NewOffice(t, nil).Guest("ani")
	g.Begin()
	g.FillForm("Yayasan Contoh", "Belanda", "yayasan", "Budi")
	g.Expect("Santoso", "pilih salah satu", "5/19", "1 Lanjutan Nama pimpinan", "2 KTP")
	g.Expect("S.H.", "1 Lanjutan Nama pimpinan")
	g.Expect("1", "5/19")
	g.Expect("paspor", "6/19")
	g.Expect("M.Hum.", "6/19", "1 Lanjutan Nama pimpinan")
	g.Expect("1", "6/19")
	if got := handlerstest.Open[apply.Application](g).Answers["nama_pimpinan"]; got != "Budi Santoso S.H. M.Hum." {
		t.Errorf("the name is %q", got)
	}
	g.Say("X0000000")
	g.Say("Jl. Contoh No. 1")
	g.Expect("lantai dua", "8/19", "1 Lanjutan Alamat kantor")
	g.Now = g.Now.Add(time.Minute)
	if got := g.Say("lantai tiga"); strings.Contains(got, "Lanjutan") {
		t.Errorf("a minute later:\n%s", got)
	}
	g = handlerstest.NewOffice(t, nil).Guest("ani")
	g.Begin()
	g.Say("Siap")
	g.Expect("1", "2/19") // "Siap" is the name
	g.Expect("dan Sedia", "1 Lanjutan Nama lembaga")
}

// TestALateBubbleOfAComplaint: a word that ends it and is followed by more ends nothing, and what
// comes after it was sent begins an addition.
func TestALateBubbleOfAComplaint(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	head := o.Officer("kadis", "kadis")
	g := o.Guest("ani")
	got := g.Bubbles(handlerstest.Texts("PENGADUAN", "Petugas minta uang", "sudah", "tiga kali")...)
	g.Wants(got, "Ini yang kami terima:\nPetugas minta uang\nsudah\ntiga kali")
	if len(o.Sent[head.Chat]) != 0 {
		t.Error("it was sent in the middle")
	}
	g.App.Quiet = 0
	g.Expect("kirim", "sudah diteruskan")
	g.Now = g.Now.Add(30 * time.Second)
	g.Expect("namanya Budi CONTOH", "Ini yang kami terima:\nnamanya Budi CONTOH", "tambahan", "1 Kirim")
	g.Send(g.Photo("bukti.jpg", 640, 480, 3))
	g.Expect("kirim", "sudah diteruskan")
	if mail := o.Sent[head.Chat]; len(mail) != 1 || !strings.Contains(mail[0].Text, "namanya Budi CONTOH") || len(mail[0].Files) != 1 {
		t.Errorf("the head got %+v", mail)
	}
	g.Wants(g.Send(g.Photo("lagi.jpg", 640, 480, 5)), "Berkas: lagi.jpg", "1 Kirim")
	g.Say("batal")
	g.Now = g.Now.Add(time.Hour)
	g.Lacks(g.Say("namanya Budi CONTOH"), "Ini yang kami terima")
}

// TestAComplaintThatIsLeftIsNotLostWithoutAWord: another dialogue begins, or it is cancelled.
func TestAComplaintThatIsLeftIsNotLostWithoutAWord(t *testing.T) {
	g := handlerstest.NewOffice(t, nil).Guest("ani")
	g.Say("pengaduan jalan rusak")
	g.Expect("/ajukan", "belum dikirim", "jalan rusak", "Lanjut?")
}

// TestALateReasonIsKept: what comes while the withdrawal is to be confirmed belongs to its reason.
func TestALateReasonIsKept(t *testing.T) {
	g, id := handlerstest.Applied(t)
	g.Say("tarik " + string(id))
	g.Say("lembaga pindah")
	g.Expect("ke Medan tahun depan", "lembaga pindah", "ke Medan tahun depan", "Tarik Yayasan Contoh")
	g.Say("ya, tarik")
	h, err := g.Store.History(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	if last := string(h[len(h)-1].Command); !strings.Contains(last, `lembaga pindah\nke Medan tahun depan`) {
		t.Errorf("kept %s", last)
	}
}

// TestBubblesInAListAreAskedAbout: two messages are one item that was broken, or two.
func TestBubblesInAListAreAskedAbout(t *testing.T) {
	for _, test := range []struct {
		bubbles []string
		choose  string
		want    string
	}{
		{[]string{"Legalitas lembaga", "baik dan lengkap"}, "1", "Legalitas lembaga baik dan lengkap"},
		{[]string{"Legalitas baik", "Sarana baik"}, "2", `Legalitas baik\nSarana baik`},
		{[]string{"Legalitas lembaga | baik", "Sarana | baik"}, "", `Legalitas lembaga | baik\nSarana | baik`},
		{[]string{"1. Legalitas", "2. Sarana"}, "", `1. Legalitas\n2. Sarana`},
	} {
		g, id := handlerstest.At(t, 8, "")
		tim := g.Officer("tim", "tim_teknis")
		tim.Say("buka " + string(id))
		tim.Say("direkomendasikan")
		tim.Expect("lewati", "Penilaian")
		got := tim.Bubbles(handlerstest.Texts(test.bubbles...)...)
		tim.App.Quiet = 0
		if test.choose != "" {
			tim.Wants(got, "Satu butir, atau 2 butir?")
			tim.Say(test.choose)
		}
		if answers := tim.Answers(); !strings.Contains(answers, test.want) {
			t.Errorf("%q: stored %s:\n%s", test.bubbles, answers, got)
		}
	}
}

// TestWhatIsOfferedStaysOffered after a command that leaves the question open.
func TestWhatIsOfferedStaysOffered(t *testing.T) {
	g := handlerstest.NewOffice(t, nil).Guest("ani")
	g.Begin()
	g.Expect("Yayasan "+strings.Repeat("Kasih ", 60), "1 Potong di sini")
	g.Expect("bantuan", "1/19", "1 Potong di sini")
	g.Expect("/syarat", "1/19", "1 Potong di sini")
	g.Wants(g.Tell(bot.Inbound{Choice: "0:x"}), "1 Potong di sini")
	g.Expect("potong di sini", "2/19")
	g.Lacks(g.Say("bantuan"), "Potong")
}

// TestAnEditedAnswerIsAskedAbout: the new text of a message that was an answer may replace it, in
// the form and in the summary; of one that was not understood it is the answer.
func TestAnEditedAnswerIsAskedAbout(t *testing.T) {
	g := handlerstest.NewOffice(t, nil).Guest("ani")
	g.Begin()
	answers := handlerstest.AnswersLKS()
	edit := func(message, text string) string {
		return g.Tell(bot.Inbound{Other: bot.OtherEdited, Edits: message, Text: text})
	}
	g.Say(answers[0])
	g.Tell(bot.Inbound{Text: "Belanda", Message: "77"})
	g.Wants(edit("77", "Belgia"), "Negara asal sudah terisi: Belanda. Ganti?", "3/19", "1 Ya, ganti: Belgia")
	g.Expect("1", "3/19")
	g.Wants(edit("77", "Belgia"), "Negara asal: tidak ada yang berubah", "3/19")
	g.Wants(edit("78", "Belgia"), "tidak bisa diubah di sini", "3/19")
	g.FillForm(answers[2:7]...)
	g.Expect("kantor(at)contoh", "8/19")
	g.Wants(edit("0", "kantor@contoh.example"), "jawaban untuk E-mail?", "8/19", "1 Ya: kantor@contoh.example")
	id := g.NextID()
	g.Expect("kantor@contoh.example", "9/19")
	g.Wants(edit(id, "lain@contoh.example"), "9/19", "1 Ya, ganti: lain@contoh.example")
	g.FillForm(answers[8:]...)
	g.Wants(edit(id, "lain@contoh.example"), "Dokumen 1", "1 Ya, ganti: lain@contoh.example")
	g.Expect("1", "Dokumen 1")
	if got := handlerstest.Open[apply.Application](g).Answers; got["negara_asal"] != "Belgia" || got["email"] != "lain@contoh.example" {
		t.Errorf("stored %v", got)
	}
}
