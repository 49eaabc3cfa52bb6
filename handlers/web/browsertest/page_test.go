package browsertest_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"izinbot/bot"
	"izinbot/handlers/web/browsertest"
)

func TestConversationInABrowser(t *testing.T) {
	o := newOffice(t)
	p := browsertest.Open(t, o.URL(), 1400, 900)
	p.OpenPhone("pemohon1")

	p.Type("pemohon1", "/mulai")
	asked := p.Await("pemohon1", "Selamat datang")
	if asked.Old || !slices.Contains(asked.Choices, "Ajukan izin") {
		t.Errorf("the question shows as %+v", asked)
	}
	p.Press("pemohon1", "Ajukan izin")
	p.Await("pemohon1", "Pilihan diterima: ajukan")
	if in := o.inbox.Last(t); in.Choice != "ajukan" || in.Text != "" {
		t.Errorf("the press arrived as %+v", in)
	}
	all := p.Bubbles("pemohon1")
	if !all[1].Old || all[2].Text != "Ajukan izin" || all[2].Tick != "Diterima" {
		t.Errorf("after the press: %+v", all)
	}
	p.Press("pemohon1", "Syarat") // an outdated choice can still be pressed
	p.Await("pemohon1", "Pilihan diterima: syarat")
}

func TestAttachmentsInABrowser(t *testing.T) {
	o := newOffice(t)
	p := browsertest.Open(t, o.URL(), 1400, 900)
	p.OpenPhone("pemohon1")

	body := pdf("Akta", 3)
	path := filepath.Join(t.TempDir(), "akta.pdf")
	if err := os.WriteFile(path, body, 0o600); err != nil {
		t.Fatal(err)
	}
	p.Attach("pemohon1", path)
	p.Await("pemohon1", "B1 diterima: akta.pdf")
	if f := o.inbox.Last(t).Files[0]; !bytes.Equal(o.files.Content(f.Key), body) || f.Photo {
		t.Errorf("arrived as %+v", f)
	}
	p.SendSample("pemohon1", "foto-kegiatan.jpg")
	p.Await("pemohon1", "foto-kegiatan.jpg")
	if !o.inbox.Last(t).Files[0].Photo {
		t.Error("a sample photo arrived as a document")
	}
	p.SendSample("pemohon1", "kosong.pdf")
	p.Await("pemohon1", "kosong.pdf, 0 byte")
	p.SendLocation("pemohon1")
	p.Await("pemohon1", "Tercatat 2.7431")

	p.Type("pemohon1", "surat")
	p.Await("pemohon1", "Resi LKS-2026-00042-7.pdf")
	p.Click(`.theirs .card`)
	p.AwaitSelector("#viewer iframe")
	p.Screenshot("viewer")
}

func TestLargeFileIsRefusedKindly(t *testing.T) {
	o := newOffice(t)
	p := browsertest.Open(t, o.URL(), 1400, 900)
	p.OpenPhone("pemohon1")
	path := filepath.Join(t.TempDir(), "besar.pdf")
	if err := os.WriteFile(path, make([]byte, bot.MaxFileSize+1<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	p.Attach("pemohon1", path)
	p.Await("pemohon1", "Berkas tidak diterima: too_large")
}

func TestTextIsOnlyText(t *testing.T) {
	o := newOffice(t)
	p := browsertest.Open(t, o.URL(), 1400, 900)
	p.OpenPhone("pemohon1")
	const bad = `<img src=x onerror="document.title='no'"><script>1</script> 😀`
	p.Type("pemohon1", bad)
	if got := p.Await("pemohon1", "Gema").Text; got != "Gema: "+bad {
		t.Errorf("shown as %q", got)
	}
}

func TestUnsentMessageCanBeSentAgain(t *testing.T) {
	o := newOffice(t)
	p := browsertest.Open(t, o.URL(), 1400, 900)
	p.OpenPhone("pemohon1")
	o.inbox.Refuse(errors.New("down"))
	p.Type("pemohon1", "satu")
	if b := p.Bubbles("pemohon1")[0]; b.Tick != "Belum terkirim" {
		t.Errorf("shown as %+v", b)
	}
	o.inbox.Refuse(nil)
	p.AwaitSelector(".retry")
	p.Click(".retry")
	p.Await("pemohon1", "Gema: satu")
}

func TestManyPhonesTimeAndCodes(t *testing.T) {
	o := newOffice(t)
	for _, phone := range []bot.Address{"sim:umum", "sim:umum", "sim:kadis"} {
		if err := o.say(t.Context(), phone, bot.Message{Text: "Tugas baru"}); err != nil {
			t.Fatal(err)
		}
	}
	p := browsertest.Open(t, o.URL(), 1400, 900)
	p.OpenPhone("fo")
	if code := p.Code("fo"); len(code) != 6 {
		t.Errorf("code %q", code)
	}
	if code := p.Code("pemohon1"); code != "" {
		t.Errorf("the applicant has the code %q", code)
	}
	if n := p.Unread("umum"); n != "2" {
		t.Errorf("badge %q, want 2", n)
	}
	p.OpenPhone("umum")
	p.AwaitUnread("umum", "")
	p.Advance("1h")
	if now := p.Now(); !strings.HasPrefix(now, "Senin, 23 November 2026, 11.12 WIB") {
		t.Errorf("now %q", now)
	}
	p.Click("#all")
	for _, phone := range staff() {
		p.OpenPhone(phone.ID)
	}
	p.Screenshot("semua")
}

// The pictures are for people to look at: go test -artifacts.
func TestLooks(t *testing.T) {
	o := newOffice(t)
	p := browsertest.Open(t, o.URL(), 1400, 900)
	p.OpenPhone("fo")
	p.Click(`[aria-label="Tutup telepon Kasi Contoh Dua"]`)
	p.OpenPhone("kadis")
	p.Type("pemohon1", "/mulai")
	p.Press("pemohon1", "Ajukan izin")
	p.SendSample("pemohon1", "B1 Akta pendirian CONTOH.pdf")
	p.SendSample("pemohon1", "foto-kegiatan.jpg")
	p.Await("pemohon1", "foto-kegiatan.jpg")
	p.Type("fo", "surat")
	if err := o.say(t.Context(), "sim:fo", taskNotice()); err != nil {
		t.Fatal(err)
	}
	p.AwaitAny("fo", "Tugas baru")
	p.SendLocation("kadis")
	p.Type("kadis", "/mulai")
	p.Await("kadis", "Selamat datang")
	if err := o.say(t.Context(), "sim:umum", taskNotice()); err != nil {
		t.Fatal(err)
	}
	p.AwaitUnread("kadis", "")
	p.AwaitUnread("umum", "1")
	p.Screenshot("lebar")
	p.Click(`.phone[data-phone="fo"] [aria-label="Lampirkan"]`)
	p.Screenshot("lampirkan")
	p.Click(`.phone[data-phone="fo"] .menu-item[data-act="folder"]`)
	p.AwaitSelector(".sheet .row")
	p.Click(`.phone[data-phone="kadis"] [aria-label="Lampirkan"]`)
	p.Click(`.phone[data-phone="kadis"] .menu-item[data-act="pin"]`)
	p.Screenshot("contoh")
	p.Click("#help")
	p.Screenshot("bantuan")
}

func TestLooksOnASmallScreen(t *testing.T) {
	o := newOffice(t)
	if err := o.say(t.Context(), "sim:fo", taskNotice()); err != nil {
		t.Fatal(err)
	}
	p := browsertest.Open(t, o.URL(), 390, 844)
	p.AwaitSelector(".person")
	p.Screenshot("kecil-daftar")
	p.OpenPhone("fo")
	p.Type("fo", "/mulai")
	p.Await("fo", "Selamat datang")
	p.Screenshot("kecil-telepon")
	p.Click("#back")
	p.AwaitSelector(".person")
}

func taskNotice() bot.Message {
	return bot.Message{
		Text:    "Tugas baru: LKS-2026-00042-7 · Yayasan Contoh · periksa kelengkapan, sampai 13.12",
		Choices: []bot.Choice{{ID: "buka", Label: "Buka"}, {ID: "nanti", Label: "Nanti"}},
	}
}
