package browsertest_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"sync"
	"testing"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"izinbot/bot"
	"izinbot/bot/bottest"
	"izinbot/bot/simulator"
	"izinbot/handlers/web"
)

// office is a server with a bot that answers by simple rules.
type office struct {
	*web.Server
	net   *simulator.Network
	files bottest.Files
	inbox bottest.Inbox

	mu      sync.Mutex
	shift   time.Duration // how far the time was moved
	replies int
}

var start = time.Date(2026, 11, 23, 10, 12, 0, 0, time.FixedZone("WIB", 7*3600))

func newOffice(t *testing.T) *office {
	t.Helper()
	o := &office{}
	var err error
	o.net, err = simulator.Open("", simulator.Config{Phones: staff(), Clock: o.now, Files: &o.files, Accept: o.accept, Code: o.code})
	if err != nil {
		t.Fatal(err)
	}
	o.Server, err = web.New(web.Config{Listen: "127.0.0.1:0", Demo: &web.Demo{
		Network: o.net, Files: &o.files, Clock: o.now, Advance: o.advance,
		Work: func(time.Time) string { return "buka" }, Samples: samples(t),
	}})
	if err != nil {
		t.Fatal(err)
	}
	if err := o.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := o.Stop(ctx); err != nil {
			t.Error(err)
		}
		if err := o.net.Close(); err != nil {
			t.Error(err)
		}
	})
	return o
}

// serve starts a server that ends with the test, and gives its address.
func serve(t *testing.T, cfg web.Config) string {
	t.Helper()
	cfg.Listen = "127.0.0.1:0"
	s, err := web.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Stop(context.WithoutCancel(t.Context())); err != nil {
			t.Error(err)
		}
	})
	return s.URL()
}

func staff() []simulator.Phone {
	hints := []string{"/tugas", "bantuan", "rekap"}
	applicant := []string{"/mulai", "status", "bantuan", "batal", "selesai"}
	return []simulator.Phone{
		{ID: "pemohon1", Name: "Anna Contoh", Role: "Pemohon · Yayasan Contoh Kasih", Hints: applicant},
		{ID: "pemohon2", Name: "John Sample", Role: "Pemohon · Sample Relief Trust", Hints: applicant},
		{ID: "fo", Name: "Petugas Contoh Satu", Role: "Front Office", Hints: hints},
		{ID: "bo", Name: "Kasi Contoh Dua", Role: "Backoffice · Ka Seksi Pelayanan II", Hints: hints},
		{ID: "tim", Name: "Peninjau Contoh Tiga", Role: "Tim Teknis · Dinas Sosial", Hints: hints},
		{ID: "kabid", Name: "Kabid Contoh Empat", Role: "Kabid Pelayanan", Hints: hints},
		{ID: "sek", Name: "Sekretaris Contoh Lima", Role: "Sekretaris", Hints: hints},
		{ID: "kadis", Name: "Kadis Contoh Enam", Role: "Kepala Dinas", Hints: hints},
		{ID: "umum", Name: "Kasubbag Contoh Tujuh", Role: "Ksb. Umum", Hints: hints},
	}
}

func (o *office) now() time.Time {
	o.mu.Lock()
	defer o.mu.Unlock()
	return start.Add(o.shift)
}

func (o *office) advance(_ context.Context, step string) (time.Time, error) {
	by := map[string]time.Duration{web.StepTenMinutes: 10 * time.Minute, web.StepHour: time.Hour, web.StepWorkday: 24 * time.Hour}
	o.mu.Lock()
	o.shift += by[step]
	o.mu.Unlock()
	return o.now(), nil
}

func (o *office) code(phone string, now time.Time) (string, bool) {
	return fmt.Sprintf("%06d", 100_000+now.Unix()/30%900_000), phone != "pemohon1" && phone != "pemohon2"
}

func (o *office) accept(ctx context.Context, in ...bot.Inbound) error {
	err := o.inbox.Accept(ctx, in...)
	for i := 0; err == nil && i < len(in); i++ {
		err = o.reply(ctx, in[i])
	}
	return err
}

func (o *office) reply(ctx context.Context, in bot.Inbound) error {
	var m bot.Message
	switch {
	case in.Choice != "":
		m.Text = "Pilihan diterima: " + in.Choice
	case len(in.Files) > 0:
		f := in.Files[0]
		m.Text = fmt.Sprintf("B1 diterima: %s, %d byte. Berikutnya B2 AD/ART.", f.Name, f.Size)
		if f.Problem != "" {
			m.Text = "Berkas tidak diterima: " + string(f.Problem)
		}
	case in.Location != nil:
		m.Text = fmt.Sprintf("Tercatat %.4f, %.4f", in.Location.Lat, in.Location.Lon)
	case in.Text == "/mulai":
		m = welcome()
	case in.Text == "surat":
		m = bot.Message{Text: "Resi LKS-2026-00042-7 (PDF). Selesai paling lambat Senin, 7 Desember 2026.", Files: []bot.Attachment{o.letter(ctx)}}
	default:
		m.Text = "Gema: " + in.Text
	}
	return o.say(ctx, in.Chat, m)
}

func welcome() bot.Message {
	return bot.Message{
		Text: "Selamat datang di layanan perizinan DPMPTSPK Kabupaten Dairi. Layanan ini gratis.\n\nSilakan pilih:",
		Choices: []bot.Choice{
			{ID: "ajukan", Label: "Ajukan izin"},
			{ID: "/status", Label: "Cek status"},
			{ID: "syarat", Label: "Syarat"},
			{ID: "adu", Label: "Pengaduan"},
			{ID: "en", Label: "English"},
		},
	}
}

func (o *office) say(ctx context.Context, to bot.Address, m bot.Message) error {
	o.mu.Lock()
	o.replies++
	id := fmt.Sprintf("d%d", o.replies)
	o.mu.Unlock()
	return o.net.Send(ctx, id, to, m)
}

func (o *office) letter(ctx context.Context) bot.Attachment {
	body := pdf("Resi Penerimaan (CONTOH)", 2)
	key, size, _ := o.files.Put(ctx, bytes.NewReader(body))
	return bot.Attachment{Key: key, Name: "Resi LKS-2026-00042-7.pdf", Type: "application/pdf", Size: size}
}

func pdf(title string, pages int) []byte {
	doc := fpdf.New("P", "mm", "A4", "")
	for i := range pages {
		doc.AddPage()
		doc.SetFont("Helvetica", "B", 20)
		doc.Cell(0, 20, fmt.Sprintf("%s - halaman %d", title, i+1))
	}
	var out bytes.Buffer
	_ = doc.Output(&out)
	return out.Bytes()
}

func photo(t *testing.T, width, height int) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			img.Set(x, y, color.RGBA{uint8(120 + 100*y/height), uint8(160 + 40*x/width), uint8(190 - 100*y/height), 255})
		}
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, img, nil); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func samples(t *testing.T) []web.Sample {
	t.Helper()
	return []web.Sample{
		{Name: "A1 Surat permohonan CONTOH.pdf", Group: "Dokumen permohonan", Note: "1 halaman", Data: pdf("A1", 1)},
		{Name: "B1 Akta pendirian CONTOH.pdf", Group: "Dokumen permohonan", Note: "12 halaman", Data: pdf("B1", 12)},
		{Name: "foto-kegiatan.jpg", Group: "Foto", Note: "1600×1200", Photo: true, Data: photo(t, 1600, 1200)},
		{Name: "kosong.pdf", Group: "Untuk mencoba yang salah", Note: "0 byte"},
		{Name: "program.pdf", Group: "Untuk mencoba yang salah", Note: "sebenarnya .exe", Data: []byte("MZ\x90\x00")},
	}
}
