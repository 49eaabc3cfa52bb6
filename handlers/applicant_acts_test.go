package handlers

import (
	"strings"
	"testing"

	"izinbot/bot"
	"izinbot/workflow"
)

// applied is a guest whose application is with Front Office.
func applied(tb testing.TB) (*guest, workflow.CaseID) {
	tb.Helper()
	g := newOffice(tb, nil).guest("ani")
	g.begin()
	g.fillForm(answersLKS()...)
	g.sendDocuments()
	g.expect("kirim", "Permohonan diterima")
	return g, g.onlyCase().ID
}

func TestClarificationIsAnsweredInPlace(t *testing.T) {
	g, id := applied(t)
	g.act(id, "front_office",
		workflow.Judge{Documents: codes(g.onlyCase()), OK: true},
		workflow.Judge{Documents: []workflow.DocCode{"B1"}, Reason: "Tidak terbaca CONTOH"},
		workflow.Judge{Documents: []workflow.DocCode{"C1"}, Reason: "Kedaluwarsa CONTOH"},
		workflow.Clarify{})
	g.wants(transcript(g.sent[g.chat]), "Lengkapi sekarang")
	got := g.expect("status", "Mohon lengkapi dokumen B1, C1 paling lambat Jumat 11 Des 16.30 WIB", "1 Lengkapi sekarang")
	g.lacks(got, string(id)+" ·")
	g.expect("1", "Dokumen 1 dari 2 · B1", "Catatan petugas: Tidak terbaca CONTOH")
	before := g.answers()
	g.wants(g.send(g.photo("kecil.jpg", 300, 200, 1)), "terlalu kecil")
	g.expect("apa?", "Yang diperlukan sekarang berkas B1")
	if g.answers() != before {
		t.Error("wrong input changed the answer")
	}
	g.wants(g.send(g.pdf("b1.pdf", 4)), "B1 diterima: b1.pdf, 4 halaman.", "Dokumen 2 dari 2 · C1", "Catatan petugas: Kedaluwarsa CONTOH")
	g.wants(g.send(g.pdf("c1.pdf", 1)), "berlaku sampai tanggal berapa")
	g.expect("20/11/2026", "sudah tidak berlaku setelah Jumat, 20 November 2026")
	g.expect("31/12/2027", "B1", "C1", "Semua yang diminta sudah ada", "1 Kirim", "2 Ganti dokumen", "3 Batal")
	g.expect("2", "Dokumen mana yang diganti?")
	g.expect("kembali", "Semua yang diminta sudah ada")
	g.say("ganti dokumen")
	g.expect("1", "Yang sekarang: b1.pdf")
	g.wants(g.send(g.pdf("b1 baru.pdf", 5)), "b1 baru.pdf, 5 halaman", "Semua yang diminta sudah ada")
	g.expect("1", "Front Office memeriksanya paling lambat 13.12 WIB")
	c := g.onlyCase()
	if d, _ := c.Document("B1"); c.Step != 2 || d.Files[0].Name != "b1 baru.pdf" {
		t.Errorf("step %d, B1 %+v", c.Step, d)
	}
	g.expect("/lengkapi "+string(id), "tidak sedang menunggu dokumen")
}

// TestTheEndOfAClarificationIsTold opens an answer, and the case is closed
// meanwhile.
func TestTheEndOfAClarificationIsTold(t *testing.T) {
	g, id := applied(t)
	g.act(id, "front_office", workflow.Judge{Documents: codes(g.onlyCase()), OK: true},
		workflow.Judge{Documents: []workflow.DocCode{"B1"}, Reason: "Tidak terbaca CONTOH"}, workflow.Clarify{})
	g.say("lengkapi")
	g.now = g.onlyCase().ReplyClock.Due
	work := g.app.Desk.Begin("expire", g.now)
	if r, err := work.Do(t.Context(), id, workflow.Command{Actor: workflow.System(), Act: workflow.Expire{}}); err != nil || r.Refused != nil {
		t.Fatal(err, r.Refused)
	}
	if _, err := g.store.Commit(t.Context(), g.now, work.Unit()); err != nil {
		t.Fatal(err)
	}
	g.wants(g.send(g.pdf("b1.pdf", 1)), "tidak sedang menunggu dokumen")
	g.expect("status", "Ditutup karena berkas tidak dilengkapi")
}

// visited brings a case to the point where the applicant must approve the report.
func visited(t *testing.T) (*guest, workflow.CaseID) {
	t.Helper()
	g, id := applied(t)
	g.act(id, "front_office", workflow.Judge{Documents: codes(g.onlyCase()), OK: true}, workflow.Pass{}, workflow.Issue{},
		workflow.Issue{Fields: workflow.Answers{"indeks": "LKS", "kode": "503", "sifat": "biasa", "diteruskan_kepada": "Ka Seksi", "instruksi": "Proses"}})
	g.act(id, "backoffice", workflow.Judge{Documents: codes(g.onlyCase()), OK: true}, workflow.Pass{},
		workflow.Propose{
			Fields: workflow.Answers{"tanggal_kunjungan": "2026-11-26", "lama_hari": "1", "tim": "o-tim_teknis", "hal_pemeriksaan": "Semua"},
			Team:   []workflow.Actor{{Officer: "o-tim_teknis", Role: "tim_teknis", Name: "Petugas CONTOH"}},
		})
	g.act(id, "kadis", workflow.Sign{})
	acts := []workflow.Act{workflow.StartVisit{}}
	step, _ := g.app.Desk.Library.Current().Step(7)
	for _, item := range step.Checklist {
		acts = append(acts, workflow.Find{Item: item.Key, OK: true})
	}
	g.act(id, "tim_teknis", append(acts, workflow.Report{Conclusion: "Sesuai"})...)
	return g, id
}

func TestReportIsObjectedToThenAgreed(t *testing.T) {
	g, id := visited(t)
	team := g.officer("tim_teknis", "tim_teknis")
	g.expect("status", "Berita acara menunggu persetujuan", "1 Setuju", "2 Keberatan")
	g.expect("2", "Apa yang keliru dalam berita acara?")
	g.wants(g.send(g.pdf("x.pdf", 1)), "tulis dengan kata-kata", "Apa yang keliru")
	g.expect("x", "terlalu singkat")
	g.expect("Alamatnya keliru CONTOH", "diteruskan kepada Tim Teknis", "1 Setuju")
	mail := transcript(g.sent[team.chat])
	g.wants(mail, "Keberatan pemohon atas berita acara "+string(id), "Alamatnya keliru CONTOH", "1 Buka")

	g.expect("setuju", "Persetujuan Bapak/Ibu dicatat pukul 10.12 WIB. Berikutnya: Tim Teknis.")
	if c := g.onlyCase(); c.Step != 8 {
		t.Errorf("step %d", c.Step)
	}
	g.expect("/setuju "+string(id), "Sudah dilakukan")
	g.say("status")
	g.expect("setuju", "Tidak ada berita acara yang sedang menunggu")
}

func TestReceiptEndsWithASurvey(t *testing.T) {
	g, id := visited(t)
	g.say("setuju")
	g.act(id, "tim_teknis", workflow.Recommend{Outcome: workflow.OutcomeRecommended, Fields: workflow.Answers{"penilaian": "Legalitas | baik"}})
	g.act(id, "backoffice", workflow.Issue{}, workflow.Draft{Fields: workflow.Answers{"ketentuan": "Satu", "berlaku_sampai": "2027-12-31"}})
	g.act(id, "kabid", workflow.Initial{})
	g.act(id, "sekretaris", workflow.Initial{})
	g.act(id, "kadis", workflow.Sign{})
	g.act(id, "ksb_umum", workflow.Record{})
	g.act(id, "front_office", workflow.Deliver{Means: workflow.MeansChat})
	g.wants(transcript(g.sent[g.chat]), "1 Sudah diterima")
	g.expect("terima kasih", "Sama-sama")
	g.expect("survei", "Tidak ada layanan yang sedang menunggu penilaian")
	g.expect("status", "pilih Sudah diterima", "1 Sudah diterima")
	g.expect("1", "Dicatat: surat diterima Senin, 23 November 2026, 10.12 WIB.", "9 pertanyaan singkat", "1 Beri penilaian")

	g.expect("1", "1/9 Bagaimana menurut Bapak/Ibu: kesesuaian persyaratan", "1 Tidak baik", "4 Sangat baik")
	g.expect("5", "Pilih salah satu", "1/9")
	g.expect("4", "2/9")
	g.expect("kembali", "1/9")
	for range 9 {
		g.say("3")
	}
	g.expect("Tetap ramah CONTOH", "Terima kasih. Penilaian Bapak/Ibu membantu")
	s := g.onlyCase().Survey
	if s == nil || s.Answer.Scores[0] != 3 || s.Answer.Scores[8] != 3 || s.Answer.Comment != "Tetap ramah CONTOH" {
		t.Errorf("survey %+v", s)
	}
	g.expect("/survei "+string(id), "Tidak ada layanan yang sedang menunggu penilaian")
	g.expect("/tarik "+string(id), "Boleh kami tahu alasannya")
}

func TestComplaintReachesHeadAndAdministratorOnce(t *testing.T) {
	o := newOffice(t, nil)
	g := o.guest("ani")
	g.expect("pengaduan", "tulis pengaduan dalam satu pesan")
	g.expect("Petugas meminta uang CONTOH", "belum ada petugas yang bisa dihubungi", "loket pengaduan DPMPTSPK")

	head := o.officer("kadis", "kadis", workflow.RoleAdmin)
	clerk := o.officer("front_office", "front_office")
	g.expect("/pengaduan Petugas meminta uang CONTOH", "diteruskan kepada Kadis dan admin")
	got := o.sent[head.chat]
	if len(got) != 1 || !strings.Contains(got[0].Text, "Petugas meminta uang CONTOH") {
		t.Errorf("the head got %+v", got)
	}
	if len(o.sent[clerk.chat]) != 0 {
		t.Error("the clerk got the complaint")
	}
	g.say("/pengaduan")
	before := g.answers()
	g.expect(strings.Repeat("a", 5000), "Terlalu panjang (5000 huruf, paling banyak 1000)")
	g.expect("😀😀😀", "terlalu singkat")
	g.expect("abc\x07def", "tidak terbaca")
	g.expect("Yayasan \u202eHOTNOC", "tidak terbaca")
	if g.answers() != before {
		t.Error("wrong input changed the dialogue")
	}
}

// TestWordsThatAreNeverPrintedMayHaveAnySign: only what stands on letters is bound
// to what these can print.
func TestWordsThatAreNeverPrintedMayHaveAnySign(t *testing.T) {
	g, id := applied(t)
	head := g.officer("kadis", "kadis")
	g.expect("/pengaduan Sudah lama menunggu 😢 مؤسسة", "diteruskan kepada Kadis")
	g.wants(transcript(g.sent[head.chat]), "Sudah lama menunggu 😢 مؤسسة")
	g.expect("tarik", "alasannya")
	g.expect("Salah kirim 🙏", "Tarik Yayasan Contoh")
	g.expect("1", "sudah ditarik")
	g.expect("/survei "+string(id), "1/9", "Tidak baik")
	for range workflow.SurveyElements {
		g.say("4")
	}
	g.expect("Terima kasih 👍", "Terima kasih")
	if c := g.onlyCase(); c.Survey == nil || c.Survey.Answer.Comment != "Terima kasih 👍" {
		t.Errorf("survey %+v", c.Survey)
	}
}

// TestWhatWasSentForAClarificationIsKept leaves the answer half-way: by batal, by
// another dialogue, and by a case that asks anew.
func TestWhatWasSentForAClarificationIsKept(t *testing.T) {
	g, id := applied(t)
	g.clarify(id)
	g.expect("lengkapi", "Dokumen 1 dari 2 · B1")
	g.lacks(g.say("batal"), "tersimpan")
	g.say("lengkapi")
	g.send(g.pdf("b1.pdf", 4))
	g.expect("batal", "Berkas yang sudah dikirim tersimpan", "Ketik LENGKAPI")
	g.expect("lengkapi", "Dokumen 2 dari 2 · C1")
	g.send(g.pdf("c1.pdf", 1))
	g.expect("/pengaduan", "tulis pengaduan")
	g.say("batal")
	g.expect("/lengkapi "+string(id), "C1", "berlaku sampai tanggal berapa")
	g.say("31/12/2027")
	g.expect("1", "Front Office memeriksanya")
	if s := g.state(); len(s.Mends) != 0 || s.Open != nil {
		t.Errorf("left: %+v", s)
	}
	if d, _ := g.onlyCase().Document("B1"); d.Files[0].Name != "b1.pdf" {
		t.Errorf("B1 %+v", d)
	}
}

func TestInformationAndLanguage(t *testing.T) {
	g := newOffice(t, nil).guest("ani")
	g.expect("syarat", "Izin Teknis LKS Asing: 10 hari kerja sejak resi, tarif Rp 0 (Keputusan Bupati Dairi",
		"• A3 Surat kuasa dan KTP penerima kuasa (bila dikuasakan)", "(bila ada)", "1 Ajukan izin")
	g.expect("privasi", "UU 27/2022", "Yang melihat", "jadwal retensi arsip")
	g.begin()
	g.expect("/syarat", "• A1", "1/17 Nama lembaga") // the question comes again
	g.expect("/privacy", "UU 27/2022", "1/17 Nama lembaga")
	g.expect("/english", "We now speak English", "1/17 Name of the organisation")
	g.expect("/bahasa", "bahasa Indonesia", "1/17 Nama lembaga")
	g.expect("bantuan semua", "/ajukan – mengajukan izin", "/status <nomor resi> –")
	g.lacks(g.say("bantuan semua"), "/tugas", "/english")
	g.expect("/tugas", "hanya untuk petugas")
	g.say("batal")
	g.wants(g.send(g.pdf("x.pdf", 1)), "Berkas itu belum kami simpan", "Lanjutkan permohonan")
	g.expect("apa ya", "belum kami pahami", "Ajukan izin")
	g.wants(g.tell(bot.Inbound{Other: "voice"}), "Pesan suara")
	g.wants(g.tell(bot.Inbound{Other: bot.OtherUnreadable}), "kirim sekali lagi")
	g.wants(g.tell(bot.Inbound{Other: bot.OtherViewOnce}), "Foto sekali lihat")
	g.wants(g.tell(bot.Inbound{Other: bot.OtherContact}), "Kontak itu milik orang lain")
	g.wants(g.tell(bot.Inbound{Other: bot.OtherEdited}), "tidak bisa diubah di sini")
	group := g.tell(bot.Inbound{Other: bot.OtherGroup})
	g.wants(group, "hanya melayani percakapan pribadi")
	g.lacks(group, "Ajukan izin")
}

func TestOfficersMenuStartsWithTheirTasks(t *testing.T) {
	o := newOffice(t, nil)
	o.officer("kadis", "kadis").expect("mulai", "1 Daftar tugas", "2 Ajukan izin")
}
