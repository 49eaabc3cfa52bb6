package browsertest_test

import (
	"testing"

	"izinbot/bot"
	"izinbot/handlers/web/browsertest"
)

// The page offers with one press the made-up file that a question asks for.
func TestWantedSampleIsOffered(t *testing.T) {
	o := newOffice(t)
	p := browsertest.Open(t, o.URL(), 1400, 900)
	p.OpenPhone("pemohon1")
	const offer = `.phone[data-phone="pemohon1"] .offer`
	ask := func(text string) {
		t.Helper()
		if err := o.say(t.Context(), "sim:pemohon1", bot.Message{Text: text}); err != nil {
			t.Fatal(err)
		}
		p.AwaitAny("pemohon1", text)
	}
	ask("Dokumen 4 dari 15 · B1 Bukti badan hukum")
	p.AwaitSelector(offer)
	p.AwaitText(offer, "Contoh B1 Akta pendirian CONTOH.pdf")
	p.Screenshot("tawaran")
	p.Click(offer)
	p.Await("pemohon1", "B1 diterima: B1 Akta pendirian CONTOH.pdf")
	p.AwaitGone(offer)
	ask("Dokumen 5 dari 15 · B2 AD/ART") // of which there is no sample
	p.AwaitGone(offer)
	ask("Dokumen 4 dari 15 · B1 Bukti badan hukum, sekali lagi")
	p.AwaitSelector(offer)
	p.Type("pemohon1", "nanti")
	p.Await("pemohon1", "Gema: nanti")
	p.AwaitGone(offer)
}

// On a small screen, one phone hides the list: the way back tells what waits there.
func TestUnreadIsTold(t *testing.T) {
	o := newOffice(t)
	p := browsertest.Open(t, o.URL(), 390, 844)
	p.OpenPhone("fo")
	p.Type("fo", "halo")
	p.Await("fo", "Gema: halo")
	p.AwaitSelector(`#back[data-unread=""]`)
	if err := o.say(t.Context(), "sim:kadis", taskNotice()); err != nil {
		t.Fatal(err)
	}
	p.AwaitSelector(`#back[data-unread="1"]`)
	p.Screenshot("kecil-belum-dibaca")
	p.Click("#back")
	p.OpenPhone("kadis")
	p.AwaitSelector(`#back[data-unread=""]`)
}

// What stands below the edge of the window has not been read.
func TestUnseenMessageStaysUnread(t *testing.T) {
	o := newOffice(t)
	p := browsertest.Open(t, o.URL(), 800, 460)
	p.OpenPhone("pemohon1")
	if err := o.say(t.Context(), "sim:pemohon1", taskNotice()); err != nil {
		t.Fatal(err)
	}
	p.AwaitAny("pemohon1", "Tugas baru")
	p.AwaitUnread("pemohon1", "1")
	p.Click(`.phone[data-phone="pemohon1"] textarea`) // which brings the end into view
	p.AwaitUnread("pemohon1", "")
}
