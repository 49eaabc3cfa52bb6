package letters

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"strings"
	"testing"
	"time"

	"github.com/boombuler/barcode/qr"
	"pgregory.net/rapid"
)

func TestSpell(t *testing.T) {
	for n, want := range map[int]string{
		0: "nol", 7: "tujuh", 10: "sepuluh", 11: "sebelas", 12: "dua belas", 19: "sembilan belas", 20: "dua puluh", 21: "dua puluh satu",
		100: "seratus", 101: "seratus satu", 111: "seratus sebelas", 200: "dua ratus", 999: "sembilan ratus sembilan puluh sembilan",
		1000: "seribu", 1011: "seribu sebelas", 2026: "dua ribu dua puluh enam", 11000: "sebelas ribu", 100_000: "seratus ribu",
		1_000_000: "satu juta", 1_001_000: "satu juta seribu", 1_250_000: "satu juta dua ratus lima puluh ribu", -5: "minus lima",
		2_000_000_000: "dua miliar", 3_000_000_000_000: "tiga triliun",
	} {
		if got := spell(n); got != want {
			t.Errorf("%d: got %q, want %q", n, got, want)
		}
	}
}

func TestSpellIsOneToOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.IntRange(0, 3_000_000).Draw(t, "a"), rapid.IntRange(0, 3_000_000).Draw(t, "b")
		if (a == b) != (spell(a) == spell(b)) {
			t.Fatalf("%d %q, %d %q", a, spell(a), b, spell(b))
		}
	})
}

func TestWords(t *testing.T) {
	noon := time.Date(2026, 12, 2, 5, 4, 0, 0, time.UTC)
	for got, want := range map[string]string{
		dateInWords(noon):              "Rabu tanggal dua bulan Desember tahun dua ribu dua puluh enam (02-12-2026)",
		date(noon):                     "2 Desember 2026",
		moment(noon):                   "Rabu, 2 Desember 2026, 12.04 WIB",
		stamp(noon):                    "02/12/2026 12.04",
		formDate("2028-06-30"):         "30 Juni 2028",
		formDate("30 Juni"):            "30 Juni",
		rupiah(0):                      "Rp 0",
		rupiah(1_250_000):              "Rp 1.250.000",
		metres(119.6):                  "120 m",
		metres(2431):                   "2,4 km",
		metres(-1):                     none,
		coordinates(-2.745, 98.31234):  "2,74500° LS, 98,31234° BT",
		letterSpaced("Sidikalang"):     "S I D I K A L A N G",
		initials("Contoh Petugas", ""): "CP",
		midSentence("NPWP ada."):       "NPWP ada",
		midSentence("Kantor ada."):     "kantor ada",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if got := []string{date(time.Time{}), moment(time.Time{}), stamp(time.Time{})}; strings.Join(got, "") != none+none+none {
		t.Errorf("no time is written as %q", got)
	}
}

// TestWrap holds whatever the text is: no line is too wide, and nothing but
// blanks is lost.
func TestWrap(t *testing.T) {
	s := newCanvas(cutFonts(), "", "", time.Time{})
	s.newPage()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.RuneFrom([]rune("abWi é\n.|漢 ")), 0, 400, -1).Draw(t, "text")
		width := rapid.Float64Range(8, 165).Draw(t, "width")
		var got strings.Builder
		for _, l := range s.wrap(text, width) {
			if w := s.pdf.GetStringWidth(l.text); w > width+0.01 {
				t.Fatalf("%q is %.2f mm wide, room %.2f", l.text, w, width)
			}
			got.WriteString(l.text)
		}
		squeeze := strings.NewReplacer(" ", "", "\n", "")
		if squeeze.Replace(got.String()) != squeeze.Replace(clean(text)) {
			t.Fatalf("%q became %q", text, got.String())
		}
	})
}

func TestFontsAgree(t *testing.T) {
	for _, block := range repertoire().R16 {
		for r := rune(block.Lo); r <= rune(block.Hi); r++ {
			if hasGlyph(regularTTF, r) != hasGlyph(boldTTF, r) {
				t.Errorf("%q is in one font only", r)
			}
		}
	}
	if hasGlyph(regularTTF, '漢') || hasGlyph(regularTTF, 0x1F600) || !hasGlyph(regularTTF, 'ẞ') {
		t.Error("the font's table is misread")
	}
}

func TestQRRunsAreTheCode(t *testing.T) {
	const content = "https://izin.dpmptspk.contoh/v/LKS-2026-00042-7/surat_izin"
	code, err := newQR(content)
	if err != nil {
		t.Fatal(err)
	}
	want, err := qr.Encode(content, qr.M, qr.Auto)
	if err != nil {
		t.Fatal(err)
	}
	dark := map[image.Point]bool{}
	for _, r := range code.runs {
		for x := r.x; x < r.x+r.n; x++ {
			dark[image.Pt(x, r.y)] = true
		}
	}
	for y := range code.size {
		for x := range code.size {
			if dark[image.Pt(x, y)] != (want.At(x, y) == color.Black) {
				t.Fatalf("module %d,%d differs", x, y)
			}
		}
	}
}

func photo(t *testing.T, w, h int) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	for y := range h / 4 { // black upper left quarter
		for x := range w / 4 {
			img.Set(x, y, color.Black)
		}
	}
	var buf bytes.Buffer
	if err := jpeg.Encode(&buf, img, nil); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// turned puts Exif data with an orientation into a JPEG.
func turned(src []byte, orientation byte) []byte {
	exif := "Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00" + string(orientation) + "\x00\x00\x00\x00\x00\x00"
	segment := append([]byte{0xFF, 0xE1, 0, byte(len(exif) + 2)}, exif...)
	return append(append([]byte{0xFF, 0xD8}, segment...), src[2:]...)
}

func TestPhotosAreSmallAndUpright(t *testing.T) {
	src := photo(t, 800, 600)
	for orientation, corner := range map[byte]image.Point{1: {0, 0}, 2: {1, 0}, 3: {1, 1}, 4: {0, 1}, 5: {0, 0}, 6: {1, 0}, 7: {1, 1}, 8: {0, 1}} {
		img := Shrink(turned(src, orientation))
		w, h := img.Rect.Dx(), img.Rect.Dy()
		wantW, wantH := 640, 480
		if orientation >= 5 {
			wantW, wantH = wantH, wantW
		}
		if w != wantW || h != wantH {
			t.Errorf("orientation %d: %d×%d", orientation, w, h)
		}
		if r, _, _, _ := img.At(20+corner.X*(w-40), 20+corner.Y*(h-40)).RGBA(); r > 0x2000 {
			t.Errorf("orientation %d: the dark corner is not at %v", orientation, corner)
		}
	}
}

func TestShrinkRefusesWhatIsNoPicture(t *testing.T) {
	huge := photo(t, 8, 8)
	for i := 0; i+9 < len(huge); i++ { // claim 65535×65535 in the frame header
		if huge[i] == 0xFF && huge[i+1] == 0xC0 {
			copy(huge[i+5:], "\xff\xff\xff\xff")
		}
	}
	for name, src := range map[string][]byte{"empty": nil, "text": []byte("bukan foto"), "cut": photo(t, 100, 100)[:200], "huge": huge} {
		if Shrink(src) != nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func FuzzOrientation(f *testing.F) {
	f.Add([]byte("\xff\xd8\xff\xe1\x00\x10Exif\x00\x00II\x2a\x00\x08\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, src []byte) {
		if o := orientation(src); o < 1 || o > 8 {
			t.Errorf("got %d", o)
		}
	})
}
