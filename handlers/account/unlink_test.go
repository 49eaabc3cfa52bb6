package account_test

import (
	"testing"
	"time"

	"izinbot/handlers/account"
	"izinbot/handlers/apply"
	"izinbot/handlers/handlerstest"
)

func TestNotMe(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	wa, tg := o.On("whatsapp", "1@lid"), o.On("telegram", "2")
	id := wa.Apply()
	wa.Expect("bukan saya", "tidak tersambung")
	tg.Link(wa)
	wa.Begin()
	wa.Expect("Bukan saya", "Sambungan sudah diputus")
	o.Wants(tg.Heard(), "Sambungan dengan chat yang lain sudah diputus")
	tg.Expect("status", "Belum ada permohonan")
	tg.Expect("tarik "+string(id), "bukan permohonan Bapak/Ibu")
	wa.Expect("status", "Yayasan Contoh")
	wa.Expect("lanjutkan", "1/19")

	tg.Link(wa)
	o.Now = o.Now.Add(account.NotMeWithin + time.Minute)
	wa.Expect("/bukansaya", "Putuskan Telegram, sejak Senin 23 Nov 10.12?", "tetap pada WhatsApp (chat ini)")
	wa.Expect("2", "tetap tersambung")
	tg.Expect("status", "Yayasan Contoh")
}

func TestPartedChatsHaveTheirOwn(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	wa, tg, third := o.On("whatsapp", "1@lid"), o.On("telegram", "2"), o.On("telegram", "3")
	wa.Expect("putus", "tidak tersambung dengan chat lain")
	wa.Apply()
	o.Now = o.Now.Add(time.Hour)
	tg.Apply()
	tg.Link(wa)
	tg.Expect("/mulai", "Selamat datang")
	tg.ApplyOnceMore()
	third.Link(wa)
	tg.Expect("status", "3. Yayasan")
	tg.Expect("putus", "Sambungan mana", "1 Telegram (chat ini), sejak Senin 23 Nov 11.12", "2 Telegram, sejak")
	tg.Expect("9", "Pilih salah satu", "Sambungan mana")
	tg.Expect("1", "Putuskan Telegram (chat ini), sejak Senin 23 Nov 11.12?", "tetap pada Telegram, WhatsApp")
	tg.Expect("mungkin", "Pilih salah satu")
	tg.Expect("1", "Sambungan sudah diputus")
	tg.Expect("status", "11.12")
	third.Expect("status", "2. Yayasan")
	o.Lacks(third.Say("status"), "3. Yayasan")
	tg.Link(wa)
	wa.Expect("status", "3. Yayasan")
}

// TestPartedDraftIsEverybodysOwn: who did not want his chats linked has his form
// back, and what is sent from the other chat is another application.
func TestPartedDraftIsEverybodysOwn(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	wa, tg := o.On("whatsapp", "1@lid"), o.On("telegram", "2")
	tg.Say("halo")
	o.Now = o.Now.Add(time.Minute)
	wa.Begin()
	tg.Link(wa)
	tg.Expect("lanjutkan", "1/19")
	tg.Expect("Yayasan Contoh", "2/19")
	wa.Expect("Yayasan Contoh", "sedang diteruskan di chat yang lain")
	wa.Expect("bukansaya", "sudah diputus")
	wa.Expect("lanjutkan", "1/19")
	for _, g := range []*handlerstest.Guest{tg, wa} {
		g.Say("lanjutkan")
		done := len(handlerstest.Open[apply.Application](g).Answers)
		g.FillForm(handlerstest.AnswersLKS()[done:]...)
		g.SendDocuments()
		g.Expect("1", "Permohonan diterima")
	}
	if wa.OnlyCase().ID == tg.OnlyCase().ID {
		t.Error("both are one application")
	}
}

// TestRightsEndWithTheLink: a chat that was an officer's for a while has nothing of
// it left, not even in the middle of his work.
func TestRightsEndWithTheLink(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	fo, phone := o.Officer("fo", "front_office"), o.On("telegram", "2")
	id := o.Guest("ani").Apply()
	fo.Link(phone)
	phone.Expect("buka "+string(id), "14 dokumen")
	fo.Expect("putus", "Putuskan Telegram")
	fo.Expect("1", "Sambungan sudah diputus")
	phone.Expect("A1", "hanya untuk petugas")
	phone.Expect("tugas", "hanya untuk petugas")
	fo.Expect("tugas", "1 tugas")
}

// TestOpenCaseEndsWithTheLink: what was being answered for the other's case is
// closed.
func TestOpenCaseEndsWithTheLink(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	wa, tg := o.On("whatsapp", "1@lid"), o.On("telegram", "2")
	id := wa.Apply()
	wa.Clarify(id)
	tg.Link(wa)
	tg.Expect("lengkapi", "Dokumen 1 dari 2 · B1")
	wa.Expect("bukansaya", "Sambungan sudah diputus")
	tg.Wants(tg.Send(o.PDF("b1.pdf", 1)), "hanya bisa diteruskan dari chat yang lain")
	wa.Expect("lengkapi", "Dokumen 1 dari 2 · B1")
}
