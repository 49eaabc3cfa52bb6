package respond_test

import (
	"strings"
	"testing"

	"izinbot/bot"
	"izinbot/handlers/handlerstest"
)

// TestComplaintInSeveralBubbles: words, photos with captions and a place become one complaint,
// which is shown once they have all come and sent on a clear sign alone.
func TestComplaintInSeveralBubbles(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	head := o.Officer("kadis", "kadis")
	g := o.Guest("ani")
	got := g.Bubbles(
		bot.Inbound{Text: "PENGADUAN"}, bot.Inbound{Text: "Jalan ke kantor rusak"}, bot.Inbound{Text: "sudah tiga bulan."},
		bot.Inbound{Text: "Ini fotonya", Files: []bot.InboundFile{g.Photo("jalan.jpg", 640, 480, 3)}},
		bot.Inbound{Files: []bot.InboundFile{g.PDF("surat.pdf", 1)}},
		bot.Inbound{Location: &bot.Location{Lat: 2.7431, Lon: 98.3126}},
	)
	whole := "Jalan ke kantor rusak\nsudah tiga bulan.\nIni fotonya\n📍 2.743100, 98.312600"
	g.Wants(got, "tulis pengaduan", "Ini yang kami terima:\n"+whole, "Berkas: jalan.jpg, surat.pdf (1 hlm.)")
	if n := strings.Count(got, "Ini yang kami terima"); n != 1 {
		t.Errorf("shown %d times:\n%s", n, got)
	}
	if len(o.Sent[head.Chat]) != 0 {
		t.Fatal("it was sent before it was said to be whole")
	}
	g.App.Quiet = 0
	g.Expect("dan lampu jalan mati", whole+"\ndan lampu jalan mati", "Belum dikirim")
	g.Expect("itu saja", "sudah diteruskan kepada Kadis")
	mail := o.Sent[head.Chat]
	if len(mail) != 1 || len(mail[0].Files) != 2 || !strings.Contains(mail[0].Text, whole+"\ndan lampu jalan mati") {
		t.Errorf("the head got %+v", mail)
	}
}

// TestWordsThatEndAComplaint: each sends it; anything else is added.
func TestWordsThatEndAComplaint(t *testing.T) {
	for said, sends := range map[string]bool{
		"kirim": true, "Kirim.": true, "sudah": true, "itu saja": true, "selesai": true, "1": true,
		"sudah saya lapor dua kali": false, "terima kasih": false, "kirimkan petugas ke sini": false,
	} {
		o := handlerstest.NewOffice(t, nil)
		head := o.Officer("kadis", "kadis")
		g := o.Guest("ani")
		g.Say("pengaduan jalan rusak")
		got := g.Say(said)
		if sent := len(o.Sent[head.Chat]) > 0; sent != sends {
			t.Errorf("%q: sent %v, want %v:\n%s", said, sent, sends, got)
		}
	}
}

// TestALongComplaintIsKept: the network split it; it is put together as it was, and what fits
// is shown with how much is too much.
func TestALongComplaintIsKept(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	head := o.Officer("kadis", "kadis")
	g := o.Guest("ani")
	g.Say("pengaduan")
	text := strings.Repeat("é", 4800)
	got := g.Bubbles(handlerstest.Texts(text[:2*4096], text[2*4096:])...)
	g.Wants(got, "lebih 1800 huruf dari 3000", "1 Potong lalu lihat", "2 Tulis ulang")
	g.App.Quiet = 0
	g.Expect("kirim", "lebih 1800 huruf")
	g.Expect("potong lalu lihat", "Ini yang kami terima:\nééé")
	g.Expect("kirim", "diteruskan kepada Kadis")
	if got := strings.Count(o.Sent[head.Chat][0].Text, "é"); got != 2999 {
		t.Errorf("%d letters were sent", got)
	}
}

// TestACaptionIsACommand where no file is asked for: what became of the file is told.
func TestACaptionIsACommand(t *testing.T) {
	g, id := handlerstest.Applied(t)
	tell := func(caption string) string {
		return g.Tell(bot.Inbound{Text: caption, Files: []bot.InboundFile{g.PDF("a.pdf", 1)}})
	}
	g.Wants(tell("status "+string(id)), "berkasnya sendiri belum disimpan", "Diterima Senin 23 Nov 10.12")
	g.Wants(tell("pengaduan jalan rusak"), "Ini yang kami terima:\njalan rusak", "Berkas: a.pdf")
	g.Say("batal")
	g.Wants(tell("ini aktanya"), "belum kami simpan")
}
