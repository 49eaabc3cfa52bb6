package handlers_test

import (
	"encoding/binary"
	"io"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/handlers/handlerstest"
	"izinbot/workflow"
)

// Only a point of one's own, sharp and fresh, proves that the team is there; all others are
// recorded as what they are, and the location is asked for again.
func TestPointsAtAVisit(t *testing.T) {
	t.Parallel()
	tim, id := handlerstest.Visiting(t)
	tim.Expect("kunjungan "+string(id), "Kirim lokasi Anda")
	here := func(change func(*bot.Location)) string {
		t.Helper()
		l := bot.Location{Lat: 2.74, Lon: 98.32}
		change(&l)
		return tim.Tell(bot.Inbound{Location: &l})
	}
	yesterday := tim.Now.AddDate(0, 0, -1)
	for _, tt := range []struct {
		what   string
		change func(*bot.Location)
		want   string
	}{
		{"forwarded", func(l *bot.Location) { l.Kind, l.At = bot.LocationForwarded, yesterday }, "titik terusan dari pesan lain (Minggu 22 Nov 10.12): bukan bukti kehadiran"},
		{"venue", func(l *bot.Location) { l.Kind, l.Name = bot.LocationVenue, "Panti Contoh" }, "tempat yang dipilih dari daftar (Panti Contoh): bukan bukti kehadiran"},
		{"vague", func(l *bot.Location) { l.Kind, l.Accuracy = bot.LocationLive, 1500 }, "titik yang kurang teliti (± 1,5 km): bukan bukti kehadiran"},
		{"old", func(l *bot.Location) { l.At = yesterday }, "titik lama (Minggu 22 Nov 10.12): bukan bukti kehadiran"},
	} {
		got := here(tt.change)
		tim.Wants(got, tt.want, "Letaknya 0 m dari alamat yang dinyatakan", "Kirim lokasi saat ini", "Kirim lokasi Anda")
		tim.Lacks(got, "Kirim foto")
	}
	tim.Wants(here(func(l *bot.Location) { l.Accuracy = 12 }), "Tercatat 10.12 WIB (ketelitian ± 12 m), 0 m dari alamat yang dinyatakan.", "Kirim foto")
	c := load(t, tim.Office, id)
	if proofs, others := c.Visit.Presence(); len(proofs) != 1 || len(others) != 4 {
		t.Errorf("%d points prove presence, %d do not", len(proofs), len(others))
	}
}

func load(t *testing.T, o *handlerstest.Office, id workflow.CaseID) workflow.Case {
	t.Helper()
	c, err := o.Store.Case(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// A visit of which nothing proves that the team was there says so before the report is made.
func TestVisitWithoutPresenceSaysSo(t *testing.T) {
	t.Parallel()
	tim, id := handlerstest.Visiting(t)
	tim.Say("kunjungan " + string(id))
	tim.Tell(bot.Inbound{Location: &bot.Location{Lat: 2.74, Lon: 98.32, Kind: bot.LocationForwarded}})
	tim.Expect("1", "Kirim foto")
	tim.Say("selesai")
	for range 8 {
		tim.Say("ya")
	}
	tim.Say("Sesuai berkas")
	tim.Expect("lewati", "Tercatat: 1 titik lokasi, 0 foto.", "Tidak ada titik yang membuktikan kehadiran tim.", "Buat berita acara")
}

// A visit on a day off is asked about, not refused.
func TestVisitOnADayOff(t *testing.T) {
	t.Parallel()
	for name, begin := range map[string]func(*handlerstest.Guest) string{
		"confirmed": func(tim *handlerstest.Guest) string { return tim.Say("ya") },
		"by a place": func(tim *handlerstest.Guest) string {
			return tim.Tell(bot.Inbound{Location: &bot.Location{Lat: 2.74, Lon: 98.32}})
		},
		"by a number": func(tim *handlerstest.Guest) string { return tim.Say("1") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tim, id := handlerstest.Visiting(t)
			tim.Now = time.Date(2026, 11, 28, 9, 40, 0, 0, workflow.WIB())
			tim.Expect("kunjungan "+string(id), "Hari ini Sabtu, 28 November 2026, bukan hari kerja. Mulai kunjungan sekarang juga?", "1 Ya, mulai")
			if load(t, tim.Office, id).Visit != nil {
				t.Error("the visit began unasked")
			}
			tim.Wants(begin(tim), "Kunjungan "+string(id)+" dimulai.")
			if load(t, tim.Office, id).Visit == nil {
				t.Error("the visit did not begin")
			}
		})
	}
}

// What a camera recorded that does not fit the visit is told at once.
func TestPhotosThatDoNotFitAreMarked(t *testing.T) {
	t.Parallel()
	tim, id := handlerstest.Visiting(t)
	tim.Say("kunjungan " + string(id))
	tim.Tell(bot.Inbound{Location: &bot.Location{Lat: 2.74, Lon: 98.32}})
	tim.Wants(tim.Send(cameraPhoto(tim, "2026:11:20 09:12:00", 1)), "Foto 1: waktu kamera Jumat 20 Nov 09.12 WIB, di luar waktu kunjungan.", "Tanda ini ikut tercetak di berita acara.")
	tim.Lacks(tim.Send(cameraPhoto(tim, "2026:11:23 09:58:00", 2)), "Foto 2:")
}

// cameraPhoto makes a picture with the time that its camera recorded, as EXIF.
func cameraPhoto(g *handlerstest.Guest, taken string, shade uint8) bot.InboundFile {
	g.T.Helper()
	plain := g.Photo("foto.jpg", 400, 300, shade)
	r, err := g.Files.Open(g.T.Context(), plain.Key)
	if err != nil {
		g.T.Fatal(err)
	}
	content, err := io.ReadAll(r)
	if err != nil {
		g.T.Fatal(err)
	}
	be := binary.BigEndian
	entry := func(b []byte, id, kind uint16, count, value uint32) []byte {
		return be.AppendUint32(be.AppendUint32(be.AppendUint16(be.AppendUint16(b, id), kind), count), value)
	}
	tiff := be.AppendUint16([]byte("MM\x00*\x00\x00\x00\x08"), 1)
	tiff = be.AppendUint32(entry(tiff, 0x8769, 4, 1, 26), 0)
	tiff = be.AppendUint32(entry(be.AppendUint16(tiff, 1), 0x9003, 2, 20, 44), 0)
	block := "Exif\x00\x00" + string(tiff) + taken + "\x00"
	head := be.AppendUint16([]byte("\xff\xd8\xff\xe1"), uint16(len(block)+2))
	return g.File("foto.jpg", []byte(string(head)+block+string(content[2:])))
}
