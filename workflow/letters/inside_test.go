package letters

import (
	"image"
	"image/color"
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
	s := newCanvas(cutFonts(), spacings()[0], "", "", time.Time{})
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
	code, err := newQR(content, mediumCorrection)
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

// TestPlaceIsLetterSpacedOnlyIfItIsOneWord: the words of several could not be told apart.
func TestPlaceIsLetterSpacedOnlyIfItIsOneWord(t *testing.T) {
	for place, want := range map[string]string{"Sidikalang": "S I D I K A L A N G", "Kota Sidikalang": "KOTA SIDIKALANG"} {
		if got := letterSpaced(place); got != want {
			t.Errorf("%s is printed %q", place, got)
		}
	}
}

// TestFooterCodeIsReadOnScreens: a page shown at 96 dpi has three pixels for each module, also of
// a long address, and the text ends above the code.
func TestFooterCodeIsReadOnScreens(t *testing.T) {
	for _, address := range []string{
		"https://izin.dpmptspk.contoh/v/LKS-2026-00042-7/surat_izin",
		"https://pelayanan-perizinan.kabupaten-contoh.go.id/izin/v/LKS-2026-00042-7/permintaan_rekomendasi-2",
	} {
		f, err := newFooter(address)
		if err != nil {
			t.Fatal(err)
		}
		if px := f.side() / float64(f.code.size) * 96 / 25.4; px < 3 {
			t.Errorf("%s: a module is %.2f pixels", address, px)
		}
		if f.top() < 250 || f.top() > paperEdge-f.side()-quietZone*moduleSide {
			t.Errorf("%s: the text ends at %.1f mm, the code is %.1f mm high", address, f.top(), f.side())
		}
	}
}
