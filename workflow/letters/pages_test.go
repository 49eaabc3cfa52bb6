package letters_test

import (
	"bytes"
	"fmt"
	"math"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"izinbot/workflow"
	"izinbot/workflow/letters"
)

// printedLine is one line of a page's body.
type printedLine struct {
	text        string
	top, bottom float64 // millimetres from the page's upper edge
	size        float64 // points
}

// bodies gives the lines of each page above its footer, from top to bottom.
func bodies(t *testing.T, pdf []byte) [][]printedLine {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "pdftotext", "-bbox", "-", "-")
	cmd.Stdin = bytes.NewReader(pdf)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("pdftotext: %v", err)
	}
	word := regexp.MustCompile(`<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>`)
	const mm, ascent = 25.4 / 72, 1.107 // of the font, in sizes
	var pages [][]printedLine
	for page := range strings.SplitSeq(string(out), "<page ") {
		byTop := map[float64]*printedLine{}
		for _, w := range word.FindAllStringSubmatch(page, -1) {
			top, bottom := number64(t, w[2])*mm, number64(t, w[4])*mm
			key := math.Round(top)
			if byTop[key] == nil {
				byTop[key] = &printedLine{top: top, bottom: bottom, size: math.Inf(1)}
			}
			byTop[key].text += w[5] + " "
			byTop[key].size = min(byTop[key].size, (bottom-top)/mm/ascent)
		}
		var lines []printedLine
		for _, l := range byTop {
			lines = append(lines, *l)
		}
		slices.SortFunc(lines, func(a, b printedLine) int { return int(math.Copysign(1, a.top-b.top)) })
		if len(lines) > 0 {
			pages = append(pages, lines)
		}
	}
	for i, lines := range pages {
		end := slices.IndexFunc(lines, func(l printedLine) bool { return strings.Contains(l.text, "Dokumen ini di") })
		if end < 0 {
			t.Fatalf("page %d has no footer", i+1)
		}
		pages[i] = lines[:end]
	}
	return pages
}

// tall is a letter that grows with n: longer lists, more rows and photos.
func tall(kind workflow.LetterKind, n int) (*workflow.SOP, workflow.Case, workflow.Letter) {
	def, c, l := sampleSOP(), sampleCase(), sampleLetter(kind)
	def.Tariff = 1
	item := func(i int) string { return fmt.Sprintf("Butir ke-%d yang ditulis petugas dengan kata secukupnya", i) }
	many := func(more string) string {
		var out []string
		for i := range n {
			out = append(out, item(i+1)+more)
		}
		return strings.Join(out, "\n")
	}
	switch kind { //nolint:exhaustive // the others have no list
	case "surat_izin":
		l.Fields["ketentuan"] = many("")
	case "surat_penolakan", "rekomendasi":
		l.Fields["alasan"] = many(" | Pasal 5 Perda Dairi 4/2019")
	case "permintaan_rekomendasi", "perintah_tugas":
		l.Fields["hal_pemeriksaan"] = many("")
	case "disposisi":
		for i := range n {
			c.Trail = append(c.Trail, workflow.Run{Step: 4 + i%15, By: frontOffice(), Clock: workflow.Clock{Stop: at("2026-11-24 08.00")}})
		}
	case "klarifikasi", "resi":
		for i := range n {
			code := workflow.DocCode(fmt.Sprintf("X%d", i+1))
			def.Documents = append(def.Documents, workflow.DocDef{Code: code, Name: text(item(i + 1)), Need: workflow.NeedAlways})
		}
	case "berita_acara":
		for i := range n {
			c.Visit.Photos = append(c.Visit.Photos, c.Visit.Photos[i%3])
		}
	}
	return def, c, l
}

// TestPageEnds looks at the ends of pages of letters of every length: the archive's copy has the
// pages of the addressee's, no page holds a signature alone, and no room is left free that what
// follows would have fit into.
func TestPageEnds(t *testing.T) {
	t.Parallel()
	for _, kind := range kinds() {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			for _, n := range []int{0, 2, 4, 6, 9, 11, 14, 18, 23} {
				def, c, l := tall(kind, n)
				l.Initials = sampleInitials()
				pageEnds(t, n, def, c, l)
			}
		})
	}
}

func pageEnds(t *testing.T, n int, def *workflow.SOP, c workflow.Case, l workflow.Letter) {
	t.Helper()
	var pages [2][][]printedLine
	for _, copied := range []letters.Copy{letters.Addressee, letters.Archive} {
		pdf, err := drawer(t).Draw(t.Context(), def, c, l, copied)
		if err != nil {
			t.Fatal(err)
		}
		pages[copied] = bodies(t, pdf)
	}
	if a, b := len(pages[letters.Addressee]), len(pages[letters.Archive]); a != b {
		t.Errorf("of %d: %d pages, the archive's copy %d", n, a, b)
	}
	for no, lines := range pages[letters.Addressee] {
		if no > 0 {
			notAlone(t, fmt.Sprintf("of %d, page %d", n, no+1), lines)
		}
	}
	noHole(t, fmt.Sprintf("of %d", n), pages[letters.Addressee])
}

// notAlone fails if a page begins with a signature block, or a table ends on it with a row or two.
func notAlone(t *testing.T, name string, lines []printedLine) {
	t.Helper()
	first := lines[0].text
	for _, block := range []string{"Ditetapkan di", "Sidikalang,", "Kepala Dinas", "Petugas Front", "Kepala Seksi", "PARAF"} {
		if strings.HasPrefix(first, block) {
			t.Errorf("%s begins with the signature block: %q", name, first)
		}
	}
	if len(lines) < 5 {
		t.Errorf("%s has %d lines", name, len(lines))
	}
}

// noHole fails if a page ends early although the item that begins the next one would have fit.
// The last item of a list may go with the signature.
func noHole(t *testing.T, name string, pages [][]printedLine) {
	t.Helper()
	const bottom, most = 258.0, 40.0
	item := regexp.MustCompile(`^(\d+)\. Butir ke-\d+ `)
	for i := 1; i < len(pages); i++ {
		free := bottom - pages[i-1][len(pages[i-1])-1].bottom
		items := 0
		for _, l := range pages[i] {
			if item.MatchString(l.text) {
				items++
			}
		}
		if items > 1 && item.MatchString(pages[i][0].text) && free > most {
			t.Errorf("%s: %.0f mm are free above %q on page %d", name, free, pages[i][0].text, i+1)
		}
	}
}

// TestFewRowsMakeNoPage: what is a little too long for its pages is set tighter.
func TestFewRowsMakeNoPage(t *testing.T) {
	for kind, n := range map[workflow.LetterKind]int{"surat_penolakan": 3, "perintah_tugas": 3, "resi": 11, "disposisi": 12, "rekomendasi": 1} {
		def, c, l := tall(kind, n)
		pdf, err := drawer(t).Draw(t.Context(), def, c, l, letters.Addressee)
		if err != nil {
			t.Fatal(err)
		}
		if pages := bodies(t, pdf); len(pages) != 1 {
			t.Errorf("%s of %d has %d lines on page 2", kind, n, len(pages[1]))
		}
	}
}

// TestEnclosuresBeginAfterTheSignature with a heading that says of which letter they are.
func TestEnclosuresBeginAfterTheSignature(t *testing.T) {
	pdf, err := drawer(t).Draw(t.Context(), sampleSOP(), sampleCase(), sampleLetter("permintaan_rekomendasi"), letters.Archive)
	if err != nil {
		t.Fatal(err)
	}
	pages := bodies(t, pdf)
	last := pages[len(pages)-1]
	said := ""
	for _, l := range last {
		said += l.text
	}
	if !strings.HasPrefix(strings.TrimPrefix(said, "ARSIP "), "Lampiran Surat Nomor 460/007/DPMPTSPK/XI/2026 tanggal 26 November 2026") {
		t.Errorf("%d pages, the last says %q", len(pages), said)
	}
}

// TestNothingIsPrintedSmall: 8 points are the least.
func TestNothingIsPrintedSmall(t *testing.T) {
	for _, kind := range kinds() {
		def, c, l := tall(kind, 20)
		l.Initials = sampleInitials()
		pdf, err := drawer(t).Draw(t.Context(), def, c, l, letters.Archive)
		if err != nil {
			t.Fatal(err)
		}
		for _, lines := range bodies(t, pdf) {
			for _, l := range lines {
				if l.size < 7.9 {
					t.Errorf("%s: %.1f points: %q", kind, l.size, l.text)
				}
			}
		}
	}
}

// TestPhotosTellWhereAndWhen: each says when it was taken and sent, and how far from the declared site.
func TestPhotosTellWhereAndWhen(t *testing.T) {
	for i, want := range [][]string{
		{"Foto 1: diambil 02/12/2026 10.06 WIB; dikirim 02/12/2026 10.09 WIB", "2,74520° LU, 98,31250° BT, 20 m dari lokasi yang dinyatakan"},
		{"waktu kamera tidak ada", "koordinat kamera tidak ada"},
	} {
		c := sampleCase()
		c.Visit.Photos = c.Visit.Photos[i : i+1] // beside each other their lines are read across
		mustContain(t, draw(t, sampleSOP(), c, sampleLetter("berita_acara"), letters.Addressee), want...)
	}
}
