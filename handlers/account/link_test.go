package account_test

import (
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/handlers/account"
	"izinbot/handlers/handlerstest"
	"izinbot/handlers/session"
	"izinbot/workflow"
)

func TestCaseBegunOnWhatsAppGoesOnInTelegram(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	wa, tg := o.On("whatsapp", "1@lid"), o.On("telegram", "2")
	id := wa.Apply()
	tg.Expect("status", "Belum ada permohonan")
	asked := tg.Expect("sambung "+wa.Code(), "chat WhatsApp atas nama Contoh Pimpinan", "Di sana ada 1 permohonan, di sini 0")
	o.Lacks(asked, string(id))
	tg.Expect("Ya, sambungkan", "Chat ini tersambung dengan chat WhatsApp")
	o.Wants(wa.Heard(), "Chat Telegram atas nama Pemohon CONTOH baru saja disambungkan", "Bukan saya")

	tg.Expect("status", "Yayasan Contoh")
	wa.Clarify(id)
	if tg.Heard() == "" || wa.Heard() != "" {
		t.Errorf("news went to\n%s\nand\n%s", tg.Heard(), wa.Heard())
	}
	wa.Expect("lengkapi", "Dokumen 1 dari 2 · B1")
	wa.Say("batal")
	tg.Expect("tarik", "akan ditarik")
	tg.Expect("Tanpa alasan", "Permohonan ditutup")
	tg.Expect("1", "sudah ditarik")
	if c := wa.OnlyCase(); c.End != workflow.EndWithdrawn {
		t.Errorf("ended %q", c.End)
	}
	o.Audit(id)
}

// TestBothHaveCases links two who applied: who was met first goes on, whichever
// side the code came from, and each chat shows and does everything.
func TestBothHaveCases(t *testing.T) {
	for _, fromElder := range []bool{true, false} {
		o := handlerstest.NewOffice(t, nil)
		wa, tg := o.On("whatsapp", "1@lid"), o.On("telegram", "2")
		first := wa.Apply()
		o.Now = o.Now.Add(time.Hour)
		second := tg.Apply()
		if fromElder {
			tg.Link(wa)
		} else {
			wa.Link(tg)
		}
		for _, g := range []*handlerstest.Guest{wa, tg} {
			g.Expect("status", "1. Yayasan Contoh", "2. Yayasan Contoh")
			g.Expect("status "+string(first), "10.12")
			g.Expect("status "+string(second), "11.12")
		}
		p, err := o.Store.PersonAt(t.Context(), tg.Chat)
		if err != nil || p.ID != session.PersonAt(wa.Chat) {
			t.Errorf("%s goes on, %v", p.ID, err)
		}
		wa.Expect("tarik "+string(second), "akan ditarik")
		wa.Say("Tanpa alasan")
		wa.Expect("1", "sudah ditarik")
		o.Audit(second)
	}
}

func TestDraftIsTakenUpInTheOtherChat(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	wa, tg := o.On("whatsapp", "1@lid"), o.On("telegram", "2")
	tg.Expect("mulai", "Selamat datang")
	wa.Begin()
	wa.FillForm(handlerstest.AnswersLKS()[:3]...)
	tg.Expect("lanjutkan", "Tidak ada permohonan yang tersimpan")
	code := handlerstest.CodeShown.FindString(wa.Expect("sambung", "Kode sambung", "4/19"))
	wa.Expect("Contoh Pimpinan", "5/19")
	tg.Expect("sambung "+code, "Ya, sambungkan")
	tg.Say("1")
	tg.Expect("mulai", "1 Lanjutkan permohonan")
	tg.Expect("lanjutkan", "5/19")
	tg.Expect("2", "6/19")
	before := tg.Answers()
	wa.Expect("2", "sedang diteruskan di chat yang lain")
	wa.Expect("2", "belum kami pahami")
	if tg.Answers() != before {
		t.Error("an answer went into both")
	}
	wa.Expect("lanjutkan", "6/19")
	tg.Expect("X0000000", "sedang diteruskan di chat yang lain")
	wa.FillForm(handlerstest.AnswersLKS()[5:]...)
	wa.SendDocuments()
	wa.Expect("1", "Permohonan diterima")
	tg.Expect("mulai", "1 Ajukan izin")
	tg.Expect("lanjutkan", "Tidak ada permohonan yang tersimpan")
	wa.OnlyCase()
}

func TestStartingAnewDropsTheDraftOfTheOtherChat(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	wa, tg := o.On("whatsapp", "1@lid"), o.On("telegram", "2")
	wa.Begin()
	tg.Link(wa)
	tg.Expect("ajukan", "Ada permohonan yang belum dikirim")
	tg.Expect("Mulai dari awal", "Setuju dan lanjut")
	wa.Expect("Yayasan Contoh", "sedang diteruskan di chat yang lain")
	tg.Expect("simpan", "tersimpan")
	tg.Expect("lanjutkan", "Setuju dan lanjut")
}

func TestHalfAnsweredClarificationIsTakenUpInTheOtherChat(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	wa, tg := o.On("whatsapp", "1@lid"), o.On("telegram", "2")
	id := wa.Apply()
	wa.Clarify(id)
	wa.Say("lengkapi")
	wa.Send(o.PDF("b1.pdf", 2))
	wa.Expect("batal", "Berkas yang sudah dikirim tersimpan", "LENGKAPI")
	tg.Link(wa)
	tg.Expect("lengkapi", "Dokumen 2 dari 2 · C1")
	wa.Expect("lengkapi", "Dokumen 2 dari 2 · C1")
	wa.Send(o.PDF("c1.pdf", 1))
	tg.Expect("berlaku tiga tahun", "sedang diteruskan di chat yang lain")
	wa.Say("31/12/2027")
	wa.Expect("1", "Front Office memeriksanya")
}

func TestWrongLinkCodes(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	wa, tg := o.On("whatsapp", "1@lid"), o.On("telegram", "2")
	old := wa.Code()
	code := wa.Code()
	wa.Expect("sambung "+code, "dari chat ini sendiri")
	tg.Expect("sambung "+old, "sudah tidak berlaku")
	tg.Expect("sambung ABCD", "salah ketik", "7K2M-9QXA")
	for left := account.LinkTries - 1; left > 0; left-- {
		tg.Expect("sambung 2222-2222", "tidak dikenal", string(rune('0'+left))+" kesempatan lagi")
	}
	tg.Expect("sambung 2222-2222", "Coba lagi setelah pukul 10.27 WIB")
	tg.Expect("sambung "+code, "Coba lagi setelah pukul 10.27 WIB")
	o.Now = o.Now.Add(account.LinkPause)
	tg.Expect("sambung "+strings.ToLower(code), "Ya, sambungkan")
	tg.Expect("apa?", "Pilih salah satu", "Ya, sambungkan")
	tg.Expect("2", "tidak ada yang disambungkan")
	tg.Expect("sambung "+code, "Ya, sambungkan")
	o.Now = o.Now.Add(account.LinkLife)
	tg.Expect("1", "sudah tidak berlaku")
	tg.Link(wa)
	o.On("telegram", "3").Expect("sambung "+code, "sudah tidak berlaku")
	wa.Expect("sambung "+tg.Code(), "dari chat ini sendiri, atau dari chat yang sudah tersambung")
}

func TestLinkCodeIsUsedOnce(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	wa, tg, thief := o.On("whatsapp", "1@lid"), o.On("telegram", "2"), o.On("telegram", "3")
	code := wa.Code()
	tg.Expect("sambung "+code, "Ya, sambungkan")
	thief.Expect("sambung "+code, "Ya, sambungkan")
	tg.Expect("1", "tersambung")
	thief.Expect("1", "sudah tidak berlaku")
	for _, name := range []string{"4", "5", "6"} {
		o.On("telegram", name).Link(wa)
	}
	wa.Expect("sambung", "paling banyak memakai 5 chat")
	wa.Expect("sambung "+thief.Code(), "paling banyak memakai 5 chat")
}

func TestCodeFromALink(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	o.App.Link = func(word string) string { return "https://t.me/ContohBot?start=" + word }
	wa, tg := o.On("whatsapp", "1@lid"), o.On("telegram", "2")
	shown := wa.Expect("sambung", "https://t.me/ContohBot?start=sambung-", "tekan Mulai")
	word := regexp.MustCompile(`start=(sambung-\w+)`).FindStringSubmatch(shown)[1]
	tg.Expect("/start "+word, "chat WhatsApp atas nama", "Ya, sambungkan")
	tg.Say("1")
	o.Lacks(tg.Say("sambung"), "t.me")
}

// TestCodeInTheMiddleOfAForm: a code is unmistakable, so no slash is needed.
func TestCodeInTheMiddleOfAForm(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	wa, tg := o.On("whatsapp", "1@lid"), o.On("telegram", "2")
	code := wa.Code()
	tg.Begin()
	tg.Expect("Yayasan Contoh", "2/19")
	tg.Expect("sambung "+code, "Ya, sambungkan")
	tg.Expect("1", "tersambung")
	tg.Expect("lanjutkan", "2/19")
}

func TestOfficersChatTakesACodeAndGivesNone(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	fo, phone := o.Officer("fo", "front_office"), o.On("telegram", "2")
	id := phone.Apply()
	fo.Expect("sambung", "kodenya diambil dari chat yang lain")
	fo.Expect("sambung "+phone.Code(), "tugas Anda bisa dibuka dan dikerjakan juga dari chat itu", "punya 1 permohonan")
	phone.Expect("tugas", "hanya untuk petugas")
	fo.Expect("1", "tersambung dengan chat Telegram")
	o.Wants(phone.Heard(), "baru saja disambungkan")
	phone.Expect("tugas", "1 tugas")
	phone.Expect("status", "Yayasan Contoh")
	if p, err := o.Store.PersonAt(t.Context(), phone.Chat); err != nil || p.ID != session.PersonAt(fo.Chat) || !p.Is(session.PersonAt(phone.Chat)) {
		t.Errorf("%+v, %v", p, err)
	}
	phone.Expect("sambung", "kodenya diambil dari chat yang lain")
	o.Audit(id)
}

// TestNobodyBecomesAnOfficerByACode: an officer's rights are not to be had from a
// code that he gave out before he was one, nor are two officers made one.
func TestNobodyBecomesAnOfficerByACode(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	fo := o.Guest("fo")
	code := fo.Code()
	other := o.On("telegram", "2")
	other.Expect("sambung "+code, "Ya, sambungkan")
	o.Officer("fo", "front_office")
	other.Expect("1", "Chat yang memberi kode itu chat petugas")
	other.Expect("sambung "+code, "Chat yang memberi kode itu chat petugas")
	other.Expect("tugas", "hanya untuk petugas")

	bo := o.Guest("bo")
	code = bo.Code()
	o.Officer("bo", "backoffice")
	fo.Expect("sambung "+code, "Kedua chat terdaftar sebagai petugas")
}

// TestLinkedChatsDoNotJoin: who joins as an officer does so with one chat, so that
// each further chat is confirmed from there.
func TestLinkedChatsDoNotJoin(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	code := o.Invite()
	wa, tg := o.On("whatsapp", "1@lid"), o.On("telegram", "2")
	tg.Link(wa)
	wa.Expect("gabung "+code, "tersambung dengan chat lain", "PUTUS")
	tg.Expect("tugas", "hanya untuk petugas")
	wa.Say("putus")
	wa.Expect("1", "sudah diputus")
	wa.Expect("gabung "+code, "Fitri CONTOH")
	tg.Expect("tugas", "hanya untuk petugas")
}

// TestCodeIsUsedOnceAtOnce confirms one code from several chats at the same moment.
func TestCodeIsUsedOnceAtOnce(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	wa := o.On("whatsapp", "1@lid")
	code := wa.Code()
	var yes []bot.Received
	for _, name := range []string{"2", "3", "4", "5"} {
		g := o.On("telegram", name)
		g.Expect("sambung "+code, "Ya, sambungkan")
		r, err := o.Store.Accept(t.Context(), o.Now, bot.Inbound{ID: "test:yes-" + name, Chat: g.Chat, Text: "1", At: o.Now})
		if err != nil {
			t.Fatal(err)
		}
		yes = append(yes, r...)
	}
	o.App.Commits.Sender = silent{}
	var all sync.WaitGroup
	for _, r := range yes {
		all.Go(func() {
			if err := o.App.Handle(t.Context(), r); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	p, err := o.Store.PersonAt(t.Context(), wa.Chat)
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
	o := handlerstest.NewOffice(t, nil)
	wa, tg := o.On("whatsapp", "1@lid"), o.On("telegram", "2")
	wa.Expect("halo", "Selamat datang")
	tg.Say("english")
	code := handlerstest.CodeShown.FindString(wa.Code())
	tg.Expect("link "+code, "Link with the WhatsApp chat of Pemohon CONTOH?", "There are 0 applications in that chat, and 0 here", "1 Yes, link them")
	tg.Expect("1", "This chat is linked with your WhatsApp chat")
	o.Wants(wa.Heard(), "The Telegram chat of Pemohon CONTOH was just linked", "Not me")
	wa.Expect("unlink", "Part Telegram, since Monday 23 Nov 10.12?")
	wa.Expect("No", "stay linked")
}
