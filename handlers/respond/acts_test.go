package respond_test

import (
	"strings"
	"testing"

	"izinbot/bot"
	"izinbot/handlers/handlerstest"
	"izinbot/workflow"
)

func TestClarificationIsAnsweredInPlace(t *testing.T) {
	g, id := handlerstest.Applied(t)
	g.Act(id, "front_office",
		workflow.Judge{Documents: handlerstest.Codes(g.OnlyCase()), OK: true},
		workflow.Judge{Documents: []workflow.DocCode{"B1"}, Reason: "Tidak terbaca CONTOH"},
		workflow.Judge{Documents: []workflow.DocCode{"C1"}, Reason: "Kedaluwarsa CONTOH"},
		workflow.Clarify{})
	g.Wants(handlerstest.Transcript(g.Sent[g.Chat]), "Lengkapi sekarang")
	got := g.Expect("status", "Mohon lengkapi dokumen B1, C1 paling lambat Jumat 11 Des 16.30 WIB", "1 Lengkapi sekarang")
	g.Lacks(got, string(id)+" ·")
	g.Expect("1", "Dokumen 1 dari 2 · B1", "Catatan petugas: Tidak terbaca CONTOH")
	before := g.Answers()
	g.Wants(g.Send(g.Photo("kecil.jpg", 300, 200, 1)), "terlalu kecil")
	g.Expect("apa?", "Yang diperlukan sekarang berkas B1")
	if g.Answers() != before {
		t.Error("wrong input changed the answer")
	}
	g.Wants(g.Send(g.PDF("b1.pdf", 4)), "B1 diterima: b1.pdf, 4 halaman.", "Dokumen 2 dari 2 · C1", "Catatan petugas: Kedaluwarsa CONTOH")
	g.Wants(g.Send(g.PDF("c1.pdf", 1)), "berlaku sampai tanggal berapa")
	g.Expect("20/11/2026", "sudah tidak berlaku setelah Jumat, 20 November 2026")
	g.Expect("31/12/2027", "B1", "C1", "Semua yang diminta sudah ada", "1 Kirim", "2 Ganti dokumen", "3 Batal")
	g.Expect("2", "Dokumen mana yang diganti?")
	g.Expect("kembali", "Semua yang diminta sudah ada")
	g.Say("ganti dokumen")
	g.Expect("1", "Yang sekarang: b1.pdf")
	g.Wants(g.Send(g.PDF("b1 baru.pdf", 5)), "b1 baru.pdf, 5 halaman", "Semua yang diminta sudah ada")
	g.Expect("1", "Front Office memeriksanya paling lambat 13.12 WIB")
	c := g.OnlyCase()
	if d, _ := c.Document("B1"); c.Step != 2 || d.Files[0].Name != "b1 baru.pdf" {
		t.Errorf("step %d, B1 %+v", c.Step, d)
	}
	g.Expect("/lengkapi "+string(id), "tidak sedang menunggu dokumen")
}

// TestTheEndOfAClarificationIsTold opens an answer, and the case is closed
// meanwhile.
func TestTheEndOfAClarificationIsTold(t *testing.T) {
	g, id := handlerstest.Applied(t)
	g.Act(id, "front_office", workflow.Judge{Documents: handlerstest.Codes(g.OnlyCase()), OK: true},
		workflow.Judge{Documents: []workflow.DocCode{"B1"}, Reason: "Tidak terbaca CONTOH"}, workflow.Clarify{})
	g.Say("lengkapi")
	g.Now = g.OnlyCase().ReplyClock.Due
	work := g.App.Desk.Begin("expire", g.Now)
	if r, err := work.Do(t.Context(), id, workflow.Command{Actor: workflow.System(), Act: workflow.Expire{}}); err != nil || r.Refused != nil {
		t.Fatal(err, r.Refused)
	}
	if _, err := g.Store.Commit(t.Context(), g.Now, work.Unit()); err != nil {
		t.Fatal(err)
	}
	g.Wants(g.Send(g.PDF("b1.pdf", 1)), "tidak sedang menunggu dokumen")
	g.Expect("status", "Ditutup karena berkas tidak dilengkapi")
}

func TestReportIsObjectedToThenAgreed(t *testing.T) {
	g, id := handlerstest.Visited(t)
	team := g.Officer("tim_teknis", "tim_teknis")
	g.Expect("status", "Berita acara menunggu persetujuan", "1 Setuju", "2 Keberatan")
	g.Expect("2", "Apa yang keliru dalam berita acara?")
	g.Expect("x", "terlalu singkat", "Apa yang keliru")
	g.Expect("Alamatnya keliru CONTOH", "Ini yang kami terima", "Alamatnya keliru CONTOH")
	g.Wants(g.Send(g.PDF("bukti.pdf", 1)), "Berkas: bukti.pdf (1 hlm.)")
	g.Expect("kirim", "diteruskan kepada Tim Teknis", "1 Setuju")
	mail := handlerstest.Transcript(g.Sent[team.Chat])
	g.Wants(mail, "Keberatan pemohon atas berita acara "+string(id), "Alamatnya keliru CONTOH", "1 Buka")

	g.Expect("setuju", "Persetujuan Bapak/Ibu dicatat pukul 10.12 WIB. Berikutnya: Tim Teknis.")
	if c := g.OnlyCase(); c.Step != 8 {
		t.Errorf("step %d", c.Step)
	}
	g.Expect("/setuju "+string(id), "Sudah dilakukan")
	g.Say("status")
	g.Expect("setuju", "Tidak ada berita acara yang sedang menunggu")
}

func TestReceiptEndsWithASurvey(t *testing.T) {
	g, id := handlerstest.Visited(t)
	g.Say("setuju")
	g.Act(id, "tim_teknis", workflow.Recommend{Outcome: workflow.OutcomeRecommended, Fields: workflow.Answers{"penilaian": "Legalitas | baik"}})
	g.Act(id, "backoffice", workflow.Issue{}, workflow.Draft{Fields: workflow.Answers{"ketentuan": "Satu", "berlaku_sampai": "2027-12-31"}})
	g.Act(id, "kabid", workflow.Initial{})
	g.Act(id, "sekretaris", workflow.Initial{})
	g.Act(id, "kadis", workflow.Sign{})
	g.Act(id, "ksb_umum", workflow.Record{})
	g.Act(id, "front_office", workflow.Deliver{Means: workflow.MeansChat})
	g.Wants(handlerstest.Transcript(g.Sent[g.Chat]), "1 Sudah diterima")
	g.Expect("terima kasih", "Sama-sama")
	g.Expect("survei", "Tidak ada layanan yang sedang menunggu penilaian")
	g.Expect("status", "pilih Sudah diterima", "1 Sudah diterima")
	g.Expect("1", "Dicatat: surat diterima Senin, 23 November 2026, 10.12 WIB.", "9 pertanyaan singkat", "1 Beri penilaian")

	g.Expect("1", "1/9 Bagaimana menurut Bapak/Ibu: kesesuaian persyaratan", "1 Tidak baik", "4 Sangat baik")
	g.Expect("5", "Pilih salah satu", "1/9")
	g.Expect("4", "2/9")
	g.Expect("kembali", "1/9")
	for range 9 {
		g.Say("3")
	}
	g.Expect("Tetap ramah CONTOH", "Terima kasih. Penilaian Bapak/Ibu membantu")
	s := g.OnlyCase().Survey
	if s == nil || s.Answer.Scores[0] != 3 || s.Answer.Scores[8] != 3 || s.Answer.Comment != "Tetap ramah CONTOH" {
		t.Errorf("survey %+v", s)
	}
	g.Expect("/survei "+string(id), "Tidak ada layanan yang sedang menunggu penilaian")
	g.Expect("/tarik "+string(id), "sudah selesai dan tidak bisa diubah lagi")
}

func TestComplaintReachesHeadAndAdministratorOnce(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	g := o.Guest("ani")
	g.Expect("pengaduan", "tulis pengaduan, boleh dalam beberapa pesan")
	g.Expect("Petugas meminta uang CONTOH", "Ini yang kami terima:\nPetugas meminta uang CONTOH", "1 Kirim", "2 Tulis ulang", "3 Batal")
	g.Expect("kirim", "belum ada petugas yang bisa dihubungi", "loket pengaduan DPMPTSPK")

	head := o.Officer("kadis", "kadis", workflow.RoleAdmin)
	clerk := o.Officer("front_office", "front_office")
	g.Expect("/pengaduan Petugas meminta uang CONTOH", "Ini yang kami terima")
	g.Expect("itu saja", "diteruskan kepada Kadis dan admin")
	got := o.Sent[head.Chat]
	if len(got) != 1 || !strings.Contains(got[0].Text, "Petugas meminta uang CONTOH") {
		t.Errorf("the head got %+v", got)
	}
	if len(o.Sent[clerk.Chat]) != 0 {
		t.Error("the clerk got the complaint")
	}
	g.Say("/pengaduan")
	before := g.Answers()
	g.Expect("😀😀😀", "terlalu singkat")
	g.Expect("\u202e\x07", "terlalu singkat")
	if g.Answers() != before {
		t.Error("wrong input changed the dialogue")
	}
}

// TestWordsThatAreNeverPrintedMayHaveAnySign: only what stands on letters is bound
// to what these can print.
func TestWordsThatAreNeverPrintedMayHaveAnySign(t *testing.T) {
	g, id := handlerstest.Applied(t)
	head := g.Officer("kadis", "kadis")
	g.Say("/pengaduan Sudah lama menunggu 😢 مؤسسة")
	g.Expect("1", "diteruskan kepada Kadis")
	g.Wants(handlerstest.Transcript(g.Sent[head.Chat]), "Sudah lama menunggu 😢 مؤسسة")
	g.Expect("tarik", "alasannya")
	g.Expect("Salah kirim 🙏", "Tarik Yayasan Contoh")
	g.Expect("1", "sudah ditarik")
	g.Expect("/survei "+string(id), "1/9", "Tidak baik")
	for range workflow.SurveyElements {
		g.Say("4")
	}
	g.Expect("Terima kasih 👍", "Terima kasih")
	if c := g.OnlyCase(); c.Survey == nil || c.Survey.Answer.Comment != "Terima kasih 👍" {
		t.Errorf("survey %+v", c.Survey)
	}
}

// TestWhatWasSentForAClarificationIsKept leaves the answer half-way: by batal, by
// another dialogue, and by a case that asks anew.
func TestWhatWasSentForAClarificationIsKept(t *testing.T) {
	g, id := handlerstest.Applied(t)
	g.Clarify(id)
	g.Expect("lengkapi", "Dokumen 1 dari 2 · B1")
	g.Lacks(g.Say("batal"), "tersimpan")
	g.Say("lengkapi")
	g.Send(g.PDF("b1.pdf", 4))
	g.Expect("batal", "Berkas yang sudah dikirim tersimpan", "Ketik LENGKAPI")
	g.Expect("lengkapi", "Dokumen 2 dari 2 · C1")
	g.Send(g.PDF("c1.pdf", 1))
	g.Expect("/pengaduan", "tulis pengaduan")
	g.Say("batal")
	g.Expect("/lengkapi "+string(id), "C1", "berlaku sampai tanggal berapa")
	g.Say("31/12/2027")
	g.Expect("1", "Front Office memeriksanya")
	if s := g.State(); len(s.Drafts) != 0 || s.Open != nil {
		t.Errorf("left: %+v", s)
	}
	if d, _ := g.OnlyCase().Document("B1"); d.Files[0].Name != "b1.pdf" {
		t.Errorf("B1 %+v", d)
	}
}

func TestInformationAndLanguage(t *testing.T) {
	g := handlerstest.NewOffice(t, nil).Guest("ani")
	g.Expect("syarat", "Izin Teknis LKS Asing: 10 hari kerja sejak resi, tarif Rp 0 (Keputusan Bupati Dairi",
		"• A3 Surat kuasa dan KTP penerima kuasa (bila dikuasakan)", "(bila ada)", "1 Ajukan izin")
	g.Expect("privasi", "UU 27/2022", "Yang melihat", "jadwal retensi arsip")
	g.Begin()
	g.Expect("/syarat", "• A1", "1/19 Nama lembaga") // the question comes again
	g.Expect("/privacy", "UU 27/2022", "1/19 Nama lembaga")
	g.Expect("/english", "We now speak English", "1/19 Name of the organisation")
	g.Expect("/bahasa", "bahasa Indonesia", "1/19 Nama lembaga")
	g.Expect("bantuan semua", "/ajukan – mengajukan izin", "/status <nomor resi> –")
	g.Lacks(g.Say("bantuan semua"), "/tugas", "/english")
	g.Expect("/tugas", "hanya untuk petugas")
	g.Say("batal")
	g.Wants(g.Send(g.PDF("x.pdf", 1)), "Berkas itu belum kami simpan", "Lanjutkan permohonan")
	g.Expect("apa ya", "belum kami pahami", "Ajukan izin")
	g.Wants(g.Tell(bot.Inbound{Other: "voice"}), "Pesan suara")
	g.Wants(g.Tell(bot.Inbound{Other: bot.OtherUnreadable}), "kirim sekali lagi")
	g.Wants(g.Tell(bot.Inbound{Other: bot.OtherViewOnce}), "Foto sekali lihat")
	g.Wants(g.Tell(bot.Inbound{Other: bot.OtherContact}), "Kontak itu milik orang lain")
	g.Wants(g.Tell(bot.Inbound{Other: bot.OtherEdited}), "tidak bisa diubah di sini")
	group := g.Tell(bot.Inbound{Other: bot.OtherGroup})
	g.Wants(group, "hanya melayani percakapan pribadi")
	g.Lacks(group, "Ajukan izin")
}

func TestOfficersMenuStartsWithTheirTasks(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	o.Officer("kadis", "kadis").Expect("mulai", "1 Daftar tugas", "2 Ajukan izin")
}

// TestWithdrawalAfterTheSignatureIsRefusedAtOnce: nobody is asked for reasons in vain.
func TestWithdrawalAfterTheSignatureIsRefusedAtOnce(t *testing.T) {
	g, id := handlerstest.At(t, 21, workflow.OutcomeRecommended)
	for _, said := range []string{"tarik", "tarik " + string(id)} {
		got := g.Expect(said, "sudah ditandatangani oleh Petugas CONTOH", "tidak bisa ditarik lagi")
		g.Lacks(got, "alasannya", "Ya, tarik")
	}
	if g.State().Open != nil {
		t.Error("a dialogue is open")
	}
}

// TestSignatureDuringAWithdrawal: what is confirmed after the signature is refused too.
func TestSignatureDuringAWithdrawal(t *testing.T) {
	g, id := handlerstest.At(t, 20, workflow.OutcomeRecommended)
	g.Expect("tarik", "Boleh kami tahu alasannya")
	g.Expect("1", "Ya, tarik")
	g.Act(id, "kadis", workflow.Sign{})
	g.Expect("1", "tidak bisa ditarik lagi")
}
