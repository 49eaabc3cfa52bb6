package pdfatest

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/gofont/goregular"

	"izinbot/workflow/pdfa"
)

// sample draws a page with more content and makes it a PDF/A.
func sample(t *testing.T, content string) []byte {
	t.Helper()
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.SetCatalogSort(true)
	pdf.AddUTF8FontFromBytes("go", "", goregular.TTF)
	pdf.AddPage()
	pdf.SetFont("go", "", 11)
	tags := pdfa.NewTags(pdf.RawWriteStr)
	tags.Page(1)
	line := func(y float64) func() {
		return func() {
			tags.Content()
			pdf.Text(20, y, "Contoh")
			pdf.RawWriteStr(content)
		}
	}
	tags.Heading(1, line(20))
	tags.In(pdfa.Figure("Gambar", 0, 0, 10, 10), line(30))
	tags.In(pdfa.Element{Role: "Table"}, func() {
		for range 2 {
			tags.In(pdfa.Element{Role: "TR"}, func() {
				tags.In(pdfa.Head("Row"), line(40))
				tags.In(pdfa.Element{Role: "TD"}, line(50))
			})
		}
	})
	tags.Artifact("", func() { pdf.Line(20, 60, 30, 60) })
	tags.Leave()
	var raw bytes.Buffer
	if err := pdf.Output(&raw); err != nil {
		t.Fatal(err)
	}
	out, err := pdfa.Finish(raw.Bytes(), pdfa.Document{
		Info:  pdfa.Info{Title: "Judul", Author: "Kantor", Producer: "uji", Lang: "id", At: time.Date(2026, 11, 23, 9, 0, 0, 0, time.FixedZone("WIB", 7*3600))},
		Fonts: map[string]string{"go": "GoRegular"}, Tags: tags,
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestSampleIsClean(t *testing.T) {
	faults, level := Check(sample(t, ""))
	if len(faults) > 0 || level != "A" {
		t.Errorf("level %q, faults %q", level, faults)
	}
}

// spoils gives ways to break each rule: content to be drawn, or a text of the file that is
// replaced by one of the same length.
func spoils() []struct{ rule, content, from, to string } {
	return []struct{ rule, content, from, to string }{
		{rule: "header", from: "%PDF-1.7", to: "%PDF-2.0"},
		{rule: "an identifier", from: "/ID[<", to: "/IX[<"},
		{rule: "nothing after the end", from: "%%EOF\n", to: "%%EOF\n\n"},
		{rule: "a plain cross-reference table", from: "00000 n \n", to: "00000 n\n"},
		{rule: "only filters", from: "/Filter/FlateDecode", to: "/Filter/LZWDecode  "},
		{rule: "strings and names within the limits", from: "(Kantor)", to: "(" + strings.Repeat("K", 40000) + ")"},
		{rule: "no transfer functions", from: "/ProcSet [", to: "/TR      ["},
		{rule: "no alternate", from: "/ProcSet [", to: "/OPI     ["},
		{rule: "no PostScript", from: "/ProcSet [", to: "/Ref     ["},
		{rule: "no transparency", from: "/ProcSet [", to: "/SMask   ["},
		{rule: "no form", from: "/ProcSet [", to: "/XFA     ["},
		{rule: "fields are those of signatures", from: "/Lang(id)", to: "/Lang(id)/AcroForm<</Fields[<</FT/Tx>>]>>"},
		{rule: "permissions are those", from: "/Lang(id)", to: "/Lang(id)/Perms<</XX null/UR 1 0 R>>"},
		{rule: "annotations and elements", from: "/Resources 2 0 R\n", to: "/Resources 2 0 R/Annots[7 0 R<</F 4/StructParent 9>>]\n"},
		{rule: "no actions", from: "/ProcSet [", to: "/JS      ["},
		{rule: "no attached files", from: "/ProcSet [", to: "/EF      ["},
		{rule: "no layers", from: "/ProcSet [", to: "/OC      ["},
		{rule: "no alternate presentations", from: "/ProcSet [/", to: "/PresSteps[/"},
		{rule: "no requirements", from: "/ProcSet [/PDF", to: "/Requirements["},
		{rule: "metadata that is plain", from: "</dc:format>", to: "</dc:formbt>"},
		{rule: "the claim", from: "<pdfaid:part>2", to: "<pdfaid:part>1"},
		{rule: "the info dictionary and XMP", from: "(Judul)", to: "(Jukul)"},
		{rule: "dates with their zone", from: "+07'00)", to: "      )"},
		{rule: "the window shows the title", from: "DocTitle true", to: "DocTitle null"},
		{rule: "a language", from: "/Lang(id)", to: "/Lang(ID)"},
		{rule: "one output intent", from: "GTS_PDFA1", to: "GTS_PDFX1"},
		{rule: "known operators", content: "1 0 0 frob"},
		{rule: "no pictures in the page", content: "BI"},
		{rule: "colours in RGB", content: "0 0 0 1 k"},
		{rule: "graphics states", content: "q"},
		{rule: "graphics states", content: strings.Repeat("q ", 30) + strings.Repeat("Q ", 30)},
		{rule: "annotations", from: "/Resources 2 0 R\n", to: "/Resources 2 0 R/Annots[<</F 2/Rect[0 0 9 9]>>]\n"},
		{rule: "fonts of Unicode", from: "/Identity-H", to: "/Identity-V"},
		{rule: "fonts are embedded", from: "+GoRegular", to: "+GoRegulas"},
		{rule: "fonts are embedded", from: "/FontFile2", to: "/FontFile3"},
		{rule: "widths are those", content: "BT (\x000)Tj ET", from: " 48 57 556", to: " 48 57 559"},
		{rule: "each character tells", content: "BT (\x00\x01)Tj ET"},
		{rule: "no character without a glyph", content: "BT (\x00\x01)Tj ET"},
		{rule: "the file says that it is tagged", from: "/Marked true", to: "/Market true"},
		{rule: "all that is painted", content: "EMC 0 0 m 1 1 l S"},
		{rule: "all that is painted", content: "/Artifact BMC 0 0 m 1 1 l S EMC"},
		{rule: "marks and elements", from: "/ParentTree ", to: "/PerentTree "},
		{rule: "marks and elements", from: "/K[1]", to: "/K[0]"},
		{rule: "marks and elements", from: "/StructParents 0", to: "/StructParents 1"},
		{rule: "elements point to their parents", from: "/S/TR/P ", to: "/S/TR/Q "},
		{rule: "elements are where they may be", from: "/S/TR/", to: "/S/LI/"},
		{rule: "elements are where they may be", from: "/S/TD/", to: "/S/Tx/"},
		{rule: "elements hold content", from: "/K[0]", to: "/K[ ]"},
		{rule: "tables have heads", from: "/Scope/Row", to: "/Scone/Row"},
		{rule: "tables have heads", from: "/S/TH/", to: "/S/TD/"},
		{rule: "headings leave no level out", from: "/S/H1/", to: "/S/H2/"},
		{rule: "figures have words", from: "/Alt(Gambar)", to: "/Alx(Gambar)"},
	}
}

func TestWithoutTagsIsLevelU(t *testing.T) {
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.AddUTF8FontFromBytes("go", "", goregular.TTF)
	pdf.AddPage()
	pdf.SetFont("go", "", 11)
	pdf.Text(20, 20, "Contoh")
	var raw bytes.Buffer
	if err := pdf.Output(&raw); err != nil {
		t.Fatal(err)
	}
	out, err := pdfa.Finish(raw.Bytes(), pdfa.Document{Info: pdfa.Info{Title: "Judul", Author: "Kantor", Producer: "uji", Lang: "id"}, Fonts: map[string]string{"go": "GoRegular"}})
	if err != nil {
		t.Fatal(err)
	}
	if faults, level := Check(out); len(faults) > 0 || level != "U" {
		t.Errorf("level %q, faults %q", level, faults)
	}
}

func TestEachRuleFindsItsFault(t *testing.T) {
	fired := map[string]bool{"no encryption": true} // fpdf's encryption is refused before
	for _, s := range spoils() {
		pdf := sample(t, s.content)
		if s.from != "" && !bytes.Contains(pdf, []byte(s.from)) {
			t.Errorf("%s: no %q in\n%s", s.rule, s.from, pdf)
			continue
		}
		faults, _ := Check(spoiled(pdf, s.from, s.to))
		found := false
		for _, f := range faults {
			_, says, _ := strings.Cut(f, "(")
			for _, r := range Rules() {
				if strings.HasPrefix(says, r.Says+"):") && strings.HasPrefix(r.Says, s.rule) {
					fired[r.Says], found = true, true
				}
			}
		}
		if !found {
			t.Errorf("%s: %q for %q is not found; faults: %q", s.rule, s.to+s.content, s.from, faults)
		}
	}
	for _, r := range Rules() {
		if !fired[r.Says] {
			t.Errorf("rule %s (%s) is never broken", r.Clause, r.Says)
		}
	}
}

func spoiled(pdf []byte, from, to string) []byte {
	if from == "" {
		return pdf
	}
	return bytes.ReplaceAll(pdf, []byte(from), []byte(to))
}
