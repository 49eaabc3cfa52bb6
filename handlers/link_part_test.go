package handlers

import (
	"testing"
	"time"

	"izinbot/handlers/account"
)

func TestNotMe(t *testing.T) {
	o := newOffice(t, nil)
	wa, tg := o.on("whatsapp", "1@lid"), o.on("telegram", "2")
	id := wa.apply()
	wa.expect("bukan saya", "tidak tersambung")
	tg.link(wa)
	wa.begin()
	wa.expect("Bukan saya", "Sambungan sudah diputus")
	o.wants(tg.heard(), "Sambungan dengan chat yang lain sudah diputus")
	tg.expect("status", "Belum ada permohonan")
	tg.expect("tarik "+string(id), "bukan permohonan Bapak/Ibu")
	wa.expect("status", "Yayasan Contoh")
	wa.expect("lanjutkan", "1/17")

	tg.link(wa)
	o.now = o.now.Add(account.NotMeWithin + time.Minute)
	wa.expect("/bukansaya", "Putuskan Telegram, sejak Senin 23 Nov 10.12?", "tetap pada WhatsApp (chat ini)")
	wa.expect("2", "tetap tersambung")
	tg.expect("status", "Yayasan Contoh")
}

func TestPartedChatsHaveTheirOwn(t *testing.T) {
	o := newOffice(t, nil)
	wa, tg, third := o.on("whatsapp", "1@lid"), o.on("telegram", "2"), o.on("telegram", "3")
	wa.expect("putus", "tidak tersambung dengan chat lain")
	wa.apply()
	o.now = o.now.Add(time.Hour)
	tg.apply()
	tg.link(wa)
	tg.expect("/mulai", "Selamat datang")
	tg.apply2()
	third.link(wa)
	tg.expect("status", "3. Yayasan")
	tg.expect("putus", "Sambungan mana", "1 Telegram (chat ini), sejak Senin 23 Nov 11.12", "2 Telegram, sejak")
	tg.expect("9", "Pilih salah satu", "Sambungan mana")
	tg.expect("1", "Putuskan Telegram (chat ini), sejak Senin 23 Nov 11.12?", "tetap pada Telegram, WhatsApp")
	tg.expect("ya", "Pilih salah satu")
	tg.expect("1", "Sambungan sudah diputus")
	tg.expect("status", "11.12")
	third.expect("status", "2. Yayasan")
	o.lacks(third.say("status"), "3. Yayasan")
	tg.link(wa)
	wa.expect("status", "3. Yayasan")
}

// apply2 submits one more application.
func (g *guest) apply2() {
	g.t.Helper()
	g.expect("ajukan", "Setuju dan lanjut")
	g.say("1")
	g.fillForm(answersLKS()...)
	g.sendDocuments()
	g.expect("1", "Permohonan diterima")
}

// TestPartedDraftIsEverybodysOwn: who did not want his chats linked has his form
// back, and what is sent from the other chat is another application.
func TestPartedDraftIsEverybodysOwn(t *testing.T) {
	o := newOffice(t, nil)
	wa, tg := o.on("whatsapp", "1@lid"), o.on("telegram", "2")
	tg.say("halo")
	o.now = o.now.Add(time.Minute)
	wa.begin()
	tg.link(wa)
	tg.expect("lanjutkan", "1/17")
	tg.expect("Yayasan Contoh", "2/17")
	wa.expect("Yayasan Contoh", "sedang diteruskan di chat yang lain")
	wa.expect("bukansaya", "sudah diputus")
	wa.expect("lanjutkan", "1/17")
	for _, g := range []*guest{tg, wa} {
		g.say("lanjutkan")
		done := len(g.state().Open.Answers)
		g.fillForm(answersLKS()[done:]...)
		g.sendDocuments()
		g.expect("1", "Permohonan diterima")
	}
	if wa.onlyCase().ID == tg.onlyCase().ID {
		t.Error("both are one application")
	}
}

// TestRightsEndWithTheLink: a chat that was an officer's for a while has nothing of
// it left, not even in the middle of his work.
func TestRightsEndWithTheLink(t *testing.T) {
	o := newOffice(t, nil)
	fo, phone := o.officer("fo", "front_office"), o.on("telegram", "2")
	id := o.guest("ani").apply()
	fo.link(phone)
	phone.expect("buka "+string(id), "14 dokumen")
	fo.expect("putus", "Putuskan Telegram")
	fo.expect("1", "Sambungan sudah diputus")
	phone.expect("A1", "hanya untuk petugas")
	phone.expect("tugas", "hanya untuk petugas")
	fo.expect("tugas", "1 tugas")
}

// TestOpenCaseEndsWithTheLink: what was being answered for the other's case is
// closed.
func TestOpenCaseEndsWithTheLink(t *testing.T) {
	o := newOffice(t, nil)
	wa, tg := o.on("whatsapp", "1@lid"), o.on("telegram", "2")
	id := wa.apply()
	wa.clarify(id)
	tg.link(wa)
	tg.expect("lengkapi", "Dokumen 1 dari 2 · B1")
	wa.expect("bukansaya", "Sambungan sudah diputus")
	tg.wants(tg.send(o.pdf("b1.pdf", 1)), "hanya bisa diteruskan dari chat yang lain")
	wa.expect("lengkapi", "Dokumen 1 dari 2 · B1")
}
