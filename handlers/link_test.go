package handlers

import (
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/handlers/account"
	"izinbot/handlers/session"
	"izinbot/workflow"
)

// on gives somebody's chat on a network.
func (o *office) on(network, name string) *guest { return &guest{o, bot.MakeAddress(network, name)} }

var codeShown = regexp.MustCompile(`[0-9A-Z]{4}-[0-9A-Z]{4}`)

// code asks for a linking code.
func (g *guest) code() string {
	g.t.Helper()
	return codeShown.FindString(g.expect("sambung", "Kode sambung: "))
}

// link links this chat with another by a code from there.
func (g *guest) link(other *guest) string {
	g.t.Helper()
	g.expect("sambung "+other.code(), "1 Ya, sambungkan", "2 Tidak")
	return g.expect("1", "tersambung")
}

// heard gives what a chat was told by the last message of anybody.
func (g *guest) heard() string { return transcript(g.sent[g.chat]) }

// apply submits an application from a new chat.
func (g *guest) apply() workflow.CaseID {
	g.t.Helper()
	g.begin()
	g.fillForm(answersLKS()...)
	g.sendDocuments()
	g.expect("1", "Permohonan diterima")
	return g.onlyCase().ID
}

// clarify has Front Office ask for B1 and C1 again.
func (g *guest) clarify(id workflow.CaseID) {
	g.t.Helper()
	g.act(id, "front_office",
		workflow.Judge{Documents: codes(g.onlyCase()), OK: true},
		workflow.Judge{Documents: []workflow.DocCode{"B1"}, Reason: "Tidak terbaca CONTOH"},
		workflow.Judge{Documents: []workflow.DocCode{"C1"}, Reason: "Kedaluwarsa CONTOH"},
		workflow.Clarify{})
}

func TestCaseBegunOnWhatsAppGoesOnInTelegram(t *testing.T) {
	o := newOffice(t, nil)
	wa, tg := o.on("whatsapp", "1@lid"), o.on("telegram", "2")
	id := wa.apply()
	tg.expect("status", "Belum ada permohonan")
	asked := tg.expect("sambung "+wa.code(), "chat WhatsApp atas nama Contoh Pimpinan", "Di sana ada 1 permohonan, di sini 0")
	o.lacks(asked, string(id))
	tg.expect("Ya, sambungkan", "Chat ini tersambung dengan chat WhatsApp")
	o.wants(wa.heard(), "Chat Telegram atas nama Pemohon CONTOH baru saja disambungkan", "Bukan saya")

	tg.expect("status", "Yayasan Contoh")
	wa.clarify(id)
	if tg.heard() == "" || wa.heard() != "" {
		t.Errorf("news went to\n%s\nand\n%s", tg.heard(), wa.heard())
	}
	wa.expect("lengkapi", "Dokumen 1 dari 2 · B1")
	wa.say("batal")
	tg.expect("tarik", "akan ditarik")
	tg.expect("Tanpa alasan", "Permohonan ditutup")
	tg.expect("1", "sudah ditarik")
	if c := wa.onlyCase(); c.End != workflow.EndWithdrawn {
		t.Errorf("ended %q", c.End)
	}
	o.audit(id)
}

// audit checks the history of a case from its first entry.
func (o *office) audit(id workflow.CaseID) {
	o.t.Helper()
	c, err := o.store.Case(o.t.Context(), id)
	if err != nil {
		o.t.Fatal(err)
	}
	entries, err := o.store.History(o.t.Context(), id)
	if err != nil {
		o.t.Fatal(err)
	}
	if seq, reason := c.VerifyHistory(entries); reason != "" {
		o.t.Errorf("history of %s, entry %d: %s", id, seq, reason)
	}
}

// TestBothHaveCases links two who applied: who was met first goes on, whichever
// side the code came from, and each chat shows and does everything.
func TestBothHaveCases(t *testing.T) {
	for _, fromElder := range []bool{true, false} {
		o := newOffice(t, nil)
		wa, tg := o.on("whatsapp", "1@lid"), o.on("telegram", "2")
		first := wa.apply()
		o.now = o.now.Add(time.Hour)
		second := tg.apply()
		if fromElder {
			tg.link(wa)
		} else {
			wa.link(tg)
		}
		for _, g := range []*guest{wa, tg} {
			g.expect("status", "1. Yayasan Contoh", "2. Yayasan Contoh")
			g.expect("status "+string(first), "10.12")
			g.expect("status "+string(second), "11.12")
		}
		p, err := o.store.PersonAt(t.Context(), tg.chat)
		if err != nil || p.ID != session.PersonAt(wa.chat) {
			t.Errorf("%s goes on, %v", p.ID, err)
		}
		wa.expect("tarik "+string(second), "akan ditarik")
		wa.say("Tanpa alasan")
		wa.expect("1", "sudah ditarik")
		o.audit(second)
	}
}

func TestDraftIsTakenUpInTheOtherChat(t *testing.T) {
	o := newOffice(t, nil)
	wa, tg := o.on("whatsapp", "1@lid"), o.on("telegram", "2")
	tg.expect("mulai", "Selamat datang")
	wa.begin()
	wa.fillForm(answersLKS()[:3]...)
	tg.expect("lanjutkan", "Tidak ada permohonan yang tersimpan")
	code := codeShown.FindString(wa.expect("sambung", "Kode sambung", "4/17"))
	wa.expect("Contoh Pimpinan", "5/17")
	tg.expect("sambung "+code, "Ya, sambungkan")
	tg.say("1")
	tg.expect("mulai", "1 Lanjutkan permohonan")
	tg.expect("lanjutkan", "5/17")
	tg.expect("2", "6/17")
	before := tg.answers()
	wa.expect("2", "sedang diteruskan di chat yang lain")
	wa.expect("2", "belum kami pahami")
	if tg.answers() != before {
		t.Error("an answer went into both")
	}
	wa.expect("lanjutkan", "6/17")
	tg.expect("X0000000", "sedang diteruskan di chat yang lain")
	wa.fillForm(answersLKS()[5:]...)
	wa.sendDocuments()
	wa.expect("1", "Permohonan diterima")
	tg.expect("mulai", "1 Ajukan izin")
	tg.expect("lanjutkan", "Tidak ada permohonan yang tersimpan")
	wa.onlyCase()
}

func TestStartingAnewDropsTheDraftOfTheOtherChat(t *testing.T) {
	o := newOffice(t, nil)
	wa, tg := o.on("whatsapp", "1@lid"), o.on("telegram", "2")
	wa.begin()
	tg.link(wa)
	tg.expect("ajukan", "Ada permohonan yang belum dikirim")
	tg.expect("Mulai dari awal", "Setuju dan lanjut")
	wa.expect("Yayasan Contoh", "sedang diteruskan di chat yang lain")
	tg.expect("simpan", "tersimpan")
	tg.expect("lanjutkan", "Setuju dan lanjut")
}

func TestHalfMendedFileIsTakenUpInTheOtherChat(t *testing.T) {
	o := newOffice(t, nil)
	wa, tg := o.on("whatsapp", "1@lid"), o.on("telegram", "2")
	id := wa.apply()
	wa.clarify(id)
	wa.say("lengkapi")
	wa.send(o.pdf("b1.pdf", 2))
	wa.expect("batal", "Berkas yang sudah dikirim tersimpan", "LENGKAPI")
	tg.link(wa)
	tg.expect("lengkapi", "Dokumen 2 dari 2 · C1")
	wa.expect("lengkapi", "Dokumen 2 dari 2 · C1")
	wa.send(o.pdf("c1.pdf", 1))
	tg.expect("halo?", "sedang diteruskan di chat yang lain")
	wa.say("31/12/2027")
	wa.expect("1", "Front Office memeriksanya")
}

func TestWrongLinkCodes(t *testing.T) {
	o := newOffice(t, nil)
	wa, tg := o.on("whatsapp", "1@lid"), o.on("telegram", "2")
	old := wa.code()
	code := wa.code()
	wa.expect("sambung "+code, "dari chat ini sendiri")
	tg.expect("sambung "+old, "sudah tidak berlaku")
	tg.expect("sambung ABCD", "salah ketik", "7K2M-9QXA")
	for left := account.LinkTries - 1; left > 0; left-- {
		tg.expect("sambung 2222-2222", "tidak dikenal", string(rune('0'+left))+" kesempatan lagi")
	}
	tg.expect("sambung 2222-2222", "Coba lagi setelah pukul 10.27 WIB")
	tg.expect("sambung "+code, "Coba lagi setelah pukul 10.27 WIB")
	o.now = o.now.Add(account.LinkPause)
	tg.expect("sambung "+strings.ToLower(code), "Ya, sambungkan")
	tg.expect("apa?", "Pilih salah satu", "Ya, sambungkan")
	tg.expect("2", "tidak ada yang disambungkan")
	tg.expect("sambung "+code, "Ya, sambungkan")
	o.now = o.now.Add(account.LinkLife)
	tg.expect("1", "sudah tidak berlaku")
	tg.link(wa)
	o.on("telegram", "3").expect("sambung "+code, "sudah tidak berlaku")
	wa.expect("sambung "+tg.code(), "dari chat ini sendiri, atau dari chat yang sudah tersambung")
}

func TestLinkCodeIsUsedOnce(t *testing.T) {
	o := newOffice(t, nil)
	wa, tg, thief := o.on("whatsapp", "1@lid"), o.on("telegram", "2"), o.on("telegram", "3")
	code := wa.code()
	tg.expect("sambung "+code, "Ya, sambungkan")
	thief.expect("sambung "+code, "Ya, sambungkan")
	tg.expect("1", "tersambung")
	thief.expect("1", "sudah tidak berlaku")
	for _, name := range []string{"4", "5", "6"} {
		o.on("telegram", name).link(wa)
	}
	wa.expect("sambung", "paling banyak memakai 5 chat")
	wa.expect("sambung "+thief.code(), "paling banyak memakai 5 chat")
}

func TestCodeFromALink(t *testing.T) {
	o := newOffice(t, nil)
	o.app.Link = func(word string) string { return "https://t.me/ContohBot?start=" + word }
	wa, tg := o.on("whatsapp", "1@lid"), o.on("telegram", "2")
	shown := wa.expect("sambung", "https://t.me/ContohBot?start=sambung-", "tekan Mulai")
	word := regexp.MustCompile(`start=(sambung-\w+)`).FindStringSubmatch(shown)[1]
	tg.expect("/start "+word, "chat WhatsApp atas nama", "Ya, sambungkan")
	tg.say("1")
	o.lacks(tg.say("sambung"), "t.me")
}

// TestCodeInTheMiddleOfAForm: a code is unmistakable, so no slash is needed.
func TestCodeInTheMiddleOfAForm(t *testing.T) {
	o := newOffice(t, nil)
	wa, tg := o.on("whatsapp", "1@lid"), o.on("telegram", "2")
	code := wa.code()
	tg.begin()
	tg.expect("Yayasan Contoh", "2/17")
	tg.expect("sambung "+code, "Ya, sambungkan")
	tg.expect("1", "tersambung")
	tg.expect("lanjutkan", "2/17")
}

func TestOfficersChatTakesACodeAndGivesNone(t *testing.T) {
	o := newOffice(t, nil)
	fo, phone := o.officer("fo", "front_office"), o.on("telegram", "2")
	id := phone.apply()
	fo.expect("sambung", "kodenya diambil dari chat yang lain")
	fo.expect("sambung "+phone.code(), "tugas Anda bisa dibuka dan dikerjakan juga dari chat itu", "punya 1 permohonan")
	phone.expect("tugas", "hanya untuk petugas")
	fo.expect("1", "tersambung dengan chat Telegram")
	o.wants(phone.heard(), "baru saja disambungkan")
	phone.expect("tugas", "1 tugas")
	phone.expect("status", "Yayasan Contoh")
	if p, err := o.store.PersonAt(t.Context(), phone.chat); err != nil || p.ID != session.PersonAt(fo.chat) || !p.Is(session.PersonAt(phone.chat)) {
		t.Errorf("%+v, %v", p, err)
	}
	phone.expect("sambung", "kodenya diambil dari chat yang lain")
	o.audit(id)
}

// TestNobodyBecomesAnOfficerByACode: an officer's rights are not to be had from a
// code that he gave out before he was one, nor are two officers made one.
func TestNobodyBecomesAnOfficerByACode(t *testing.T) {
	o := newOffice(t, nil)
	fo := o.guest("fo")
	code := fo.code()
	other := o.on("telegram", "2")
	other.expect("sambung "+code, "Ya, sambungkan")
	o.officer("fo", "front_office")
	other.expect("1", "Chat yang memberi kode itu chat petugas")
	other.expect("sambung "+code, "Chat yang memberi kode itu chat petugas")
	other.expect("tugas", "hanya untuk petugas")

	bo := o.guest("bo")
	code = bo.code()
	o.officer("bo", "backoffice")
	fo.expect("sambung "+code, "Kedua chat terdaftar sebagai petugas")
}

// TestLinkedChatsDoNotJoin: who joins as an officer does so with one chat, so that
// each further chat is confirmed from there.
func TestLinkedChatsDoNotJoin(t *testing.T) {
	o := newOffice(t, nil)
	code := o.invite()
	wa, tg := o.on("whatsapp", "1@lid"), o.on("telegram", "2")
	tg.link(wa)
	wa.expect("gabung "+code, "tersambung dengan chat lain", "PUTUS")
	tg.expect("tugas", "hanya untuk petugas")
	wa.say("putus")
	wa.expect("1", "sudah diputus")
	wa.expect("gabung "+code, "Fitri CONTOH")
	tg.expect("tugas", "hanya untuk petugas")
}

// TestCodeIsUsedOnceAtOnce confirms one code from several chats at the same moment.
func TestCodeIsUsedOnceAtOnce(t *testing.T) {
	o := newOffice(t, nil)
	wa := o.on("whatsapp", "1@lid")
	code := wa.code()
	var yes []bot.Received
	for _, name := range []string{"2", "3", "4", "5"} {
		g := o.on("telegram", name)
		g.expect("sambung "+code, "Ya, sambungkan")
		r, err := o.store.Accept(t.Context(), o.now, bot.Inbound{ID: "test:yes-" + name, Chat: g.chat, Text: "1", At: o.now})
		if err != nil {
			t.Fatal(err)
		}
		yes = append(yes, r...)
	}
	o.app.Sender = silent{}
	var all sync.WaitGroup
	for _, r := range yes {
		all.Go(func() {
			if err := o.app.Handle(t.Context(), r); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	p, err := o.store.PersonAt(t.Context(), wa.chat)
	if err != nil || len(p.Addresses) != 2 || len(p.Links) != 1 {
		t.Errorf("linked with %+v, %v", p.Links, err)
	}
}

// silent sends nothing.
type silent struct{}

func (silent) Lease(now time.Time) (string, time.Time) { return "test", now.Add(time.Minute) }

func (silent) Done(time.Time) {}

func (silent) Push(...bot.Delivery) {}

func TestLinkingInEnglish(t *testing.T) {
	o := newOffice(t, nil)
	wa, tg := o.on("whatsapp", "1@lid"), o.on("telegram", "2")
	wa.expect("halo", "Selamat datang")
	tg.say("english")
	code := codeShown.FindString(wa.code())
	tg.expect("link "+code, "Link with the WhatsApp chat of Pemohon CONTOH?", "There are 0 applications in that chat, and 0 here", "1 Yes, link them")
	tg.expect("1", "This chat is linked with your WhatsApp chat")
	o.wants(wa.heard(), "The Telegram chat of Pemohon CONTOH was just linked", "Not me")
	wa.expect("unlink", "Part Telegram, since Monday 23 Nov 10.12?")
	wa.expect("No", "stay linked")
}
