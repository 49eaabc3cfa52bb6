package letters_test

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"

	"izinbot/workflow"
	"izinbot/workflow/inspect/inspecttest"
	"izinbot/workflow/letters"
)

// mixedVisit is a visit with points and photos of every kind.
func mixedVisit() workflow.Case {
	c := sampleCase()
	v := *c.Visit
	first := v.CheckIns[0]
	point := func(change func(*workflow.CheckIn)) workflow.CheckIn {
		l := first
		change(&l)
		return l
	}
	v.CheckIns = []workflow.CheckIn{
		first,
		point(func(l *workflow.CheckIn) { l.Accuracy, l.Kind = 12, workflow.PointLive }),
		point(func(l *workflow.CheckIn) { l.Kind, l.Taken = workflow.PointForwarded, at("2026-12-01 09.00") }),
		point(func(l *workflow.CheckIn) { l.Kind, l.Name = workflow.PointVenue, "Panti Contoh Sidikalang" }),
		point(func(l *workflow.CheckIn) { l.Accuracy = 1500 }),
		point(func(l *workflow.CheckIn) { l.Kind = workflow.PointOld }),
	}
	v.Photos = append([]workflow.Photo{}, v.Photos...)
	v.Photos[1].Taken = at("2026-11-20 09.12")
	v.Photos[2].Taken, v.Photos[2].Coordinates = at("2026-12-02 10.10"), &workflow.Coordinates{Lat: 3.5952, Lon: 98.6722}
	c.Visit = &v
	return c
}

func TestPointsAreNamedForWhatTheyAre(t *testing.T) {
	t.Parallel()
	c := mixedVisit()
	report := sampleLetter("berita_acara")
	got := draw(t, sampleSOP(), c, report, letters.Addressee)
	mustContain(t, got, "lokasi langsung", "(± 12 m)", "Titik lain yang dikirim, bukan bukti kehadiran:", "titik terusan", "Panti Contoh",
		"titik kurang teliti", "(± 1,5 km)", "titik lama", "TIDAK COCOK: waktu kamera di luar waktu kunjungan", "TIDAK COCOK: tempat kamera")
	if n := strings.Count(got, "TIDAK COCOK"); n != 2 {
		t.Errorf("%d photos are marked, want 2", n)
	}
	c.Visit.CheckIns = c.Visit.CheckIns[2:]
	mustContain(t, draw(t, sampleSOP(), c, report, letters.Addressee), "Tidak ada titik yang membuktikan keberadaan tim di lapangan.")
}

// A caption is printed with its photo, however long it is; the rows of photos stay apart.
func TestCaptionsArePrinted(t *testing.T) {
	t.Parallel()
	c := mixedVisit()
	c.Visit.Photos[0].Caption = "Tampak depan panti"
	c.Visit.Photos[1].Caption = strings.TrimSpace(strings.Repeat("kamar ", workflow.MaxCaption/6)) + " akhir"
	got := draw(t, sampleSOP(), c, sampleLetter("berita_acara"), letters.Addressee)
	mustContain(t, got, "Foto 1: Tampak depan panti", "Foto 2: kamar kamar", "kamar akhir")
}

// Photos of the largest phone sensors are printed too.
func TestHugePhotoIsPrinted(t *testing.T) {
	t.Parallel()
	huge := inspecttest.HugeJPEG(t, 12000, 9000)
	office, err := letters.DefaultOffice()
	if err != nil {
		t.Fatal(err)
	}
	d := letters.New(office, letters.Config{Open: func(context.Context, string) (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(huge)), nil
	}})
	c := sampleCase()
	v := *c.Visit
	v.Photos = v.Photos[:1]
	c.Visit = &v
	pdf, err := d.Draw(t.Context(), sampleSOP(), c, sampleLetter("berita_acara"), letters.Addressee)
	if err != nil {
		t.Fatal(err)
	}
	got := read(t, "berita_acara_108mp", pdf)
	mustContain(t, got, "Foto 1:")
	mustLack(t, got, "(foto tidak dapat ditampilkan)")
}
