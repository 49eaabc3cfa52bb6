package letters_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"izinbot/workflow/letters"
)

// sampleEmblem is a made-up shield on a transparent ground.
func sampleEmblem(t *testing.T) []byte {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, 400, 500))
	for y := range 500 {
		for x := y / 5; x < 400-y/5; x++ {
			img.Set(x, y, color.NRGBA{R: 20, G: 110, B: byte(x / 2), A: 255})
		}
	}
	var buf bytes.Buffer
	if err := png.Encode(&buf, img); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// officeWith writes an office file that names an emblem of this content.
func officeWith(t *testing.T, content []byte, changes ...string) string {
	t.Helper()
	sample, err := os.ReadFile("office.yaml")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	src := strings.NewReplacer(append(changes, `lambang: ""`, "lambang: lambang.png")...).Replace(string(sample))
	if err := os.WriteFile(filepath.Join(dir, "kantor.yaml"), []byte(src), 0o600); err != nil {
		t.Fatal(err)
	}
	if content != nil {
		if err := os.WriteFile(filepath.Join(dir, "lambang.png"), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(dir, "kantor.yaml")
}

// TestEmblemStandsInTheLetterhead: once a letter, in the same bytes each time, also among photos.
func TestEmblemStandsInTheLetterhead(t *testing.T) {
	office, err := letters.ReadOffice(officeWith(t, sampleEmblem(t), "tempat: SIDIKALANG\ntelepon: (0000) 000000", "tempat: KOTA SIDIKALANG"))
	if err != nil {
		t.Fatal(err)
	}
	var drawn []byte
	for i := range 3 {
		d := letters.New(office, letters.Config{Open: photoStore})
		pdf, err := d.Draw(t.Context(), sampleSOP(), sampleCase(), sampleLetter("berita_acara"), letters.Addressee)
		if err != nil {
			t.Fatal(err)
		}
		if i > 0 && !bytes.Equal(pdf, drawn) {
			t.Fatal("drawn differently")
		}
		drawn = pdf
	}
	got := read(t, "emblem", drawn)
	insideThePage(t, "emblem", drawn)
	mustContain(t, got, "KOTA SIDIKALANG", "DINAS PENANAMAN MODAL")
	file := filepath.Join(t.TempDir(), "letter.pdf")
	if err := os.WriteFile(file, drawn, 0o600); err != nil {
		t.Fatal(err)
	}
	list, err := exec.CommandContext(t.Context(), "pdfimages", "-list", file).Output()
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(list), " rgb "); n != 4 { // three photos can be shown
		t.Errorf("%d pictures:\n%s", n, list)
	}
}

func TestBadEmblemIsTold(t *testing.T) {
	for name, tc := range map[string]struct {
		content []byte
		want    string
	}{
		"missing": {nil, "lambang"},
		"SVG":     {[]byte("<?xml version='1.0'?>\n<svg xmlns='http://www.w3.org/2000/svg'/>"), "lambang.png: gambar SVG tidak dapat dipakai; simpan sebagai PNG"},
		"no PNG":  {[]byte("GIF89a"), "lambang.png: harus gambar PNG yang utuh"},
		"cut off": {sampleEmblem(t)[:60], "harus gambar PNG yang utuh"},
		"large":   {append(sampleEmblem(t), make([]byte, 3<<20)...), "paling besar 2 MB"},
	} {
		if _, err := letters.ReadOffice(officeWith(t, tc.content)); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestSignatoryOfAPermitHasNoTitles (Permendagri 1/2023 article 44): in other letters he has.
func TestSignatoryOfAPermitHasNoTitles(t *testing.T) {
	for name, want := range map[string]string{
		"Drs. H. Contoh Kepala, M.Si.": "Contoh Kepala",
		"Dr. Ir. Contoh Satu, M.T.":    "Contoh Satu",
		"M. Contoh Dua":                "M. Contoh Dua",
	} {
		permit, refusal := sampleLetter("surat_izin"), sampleLetter("surat_penolakan")
		permit.Signed.By.Name, refusal.Signed.By.Name = name, name
		got := draw(t, sampleSOP(), sampleCase(), permit, letters.Addressee)
		mustContain(t, got, want)
		mustContain(t, draw(t, sampleSOP(), sampleCase(), refusal, letters.Addressee), name)
		if name != want {
			mustLack(t, got, name)
		}
	}
}
