package telegramtest

import (
	"context"
	"strings"
	"testing"
	"time"

	"izinbot/bot/telegram/tgtest"
	"izinbot/cmd/izinbot/internal/app"
	"izinbot/cmd/izinbot/internal/office"
	"izinbot/cmd/izinbot/internal/storage/storagetest"
	"izinbot/cmd/izinbot/internal/testclock"
)

// While the disk of the files is full, whoever sent a file is told within seconds that he
// waits; what he says without a file is answered, and the file is asked for again. Who
// only waits need not send his file again.
func TestFilesOnAFullDisk(t *testing.T) {
	t.Parallel()
	server := tgtest.New(tgtest.Config{Token: token, Now: testclock.Now})
	if err := server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	disk := &storagetest.Disk{}
	o, err := office.Open(t.Context(), office.Config{
		App:    app.Config{Dir: t.TempDir(), Now: testclock.Now, Data: disk.Open},
		Listen: "127.0.0.1:0", Telegram: office.Telegram{Token: token, APIURL: server.URL()},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := o.Close(context.WithoutCancel(t.Context())); err != nil {
			t.Error(err)
		}
	})
	busy, patient := server.Person(5201, "CONTOH"), server.Person(5202, "CONTOH")
	ctx, cancel := context.WithTimeout(t.Context(), 90*time.Second)
	defer cancel()
	hears := func(p *tgtest.Person, text string) {
		t.Helper()
		if err := server.Until(ctx, func() bool { return strings.Contains(said(p), text) }); err != nil {
			t.Fatalf("%q: %v; told\n%s", text, err, said(p))
		}
	}
	for _, p := range []*tgtest.Person{busy, patient} {
		for _, text := range append([]string{"/start", "Ajukan izin", "Setuju dan lanjut", "Yayasan CONTOH"}, answers()...) {
			p.Type(text)
		}
		hears(p, "Dokumen 1 dari")
	}
	disk.Fill(true)
	for _, p := range []*tgtest.Person{busy, patient} {
		p.SendDocument("akta.pdf", pdf("akta"), 0, "")
	}
	for _, p := range []*tgtest.Person{busy, patient} {
		hears(p, "Pesan Anda sudah tersimpan dan akan dibalas")
	}
	busy.Type("bantuan")
	hears(busy, "belum dapat kami simpan")
	hears(busy, "BANTUAN SEMUA")
	disk.Fill(false)
	hears(patient, "18/19 Nomor surat permohonan")
	busy.SendDocument("akta.pdf", pdf("akta"), 0, "")
	hears(busy, "18/19 Nomor surat permohonan")
	for _, p := range []*tgtest.Person{busy, patient} {
		if n := strings.Count(said(p), "sudah tersimpan"); n != 1 {
			t.Errorf("told %d times that the message waits:\n%s", n, said(p))
		}
	}
}
