package inspect

import (
	"bytes"
	"encoding/binary"
	"testing"

	"izinbot/workflow/picture"
)

// FuzzInspect reads anything. The targets below keep the start by which a kind is
// recognised, so that what follows is always read as that kind.
func FuzzInspect(f *testing.F) {
	fuzz(f, "", makePDF(f, 2), makePNG(f, 8, 8), makeJPEG(f, 8, 8), []byte("MZ"), []byte("PK\x03\x04"), []byte("\xef\xbb\xbf %PDF-1.7"))
}

func FuzzPDF(f *testing.F) {
	fuzz(f, "%PDF-1.7\n", makePDF(f, 1), lockPDF(f, makePDF(f, 1), ""), lockPDF(f, makePDF(f, 1), "x"),
		[]byte("%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"+
			"3 0 obj<</Type/Page/Parent 2 0 R>>endobj\ntrailer<</Root 1 0 R/Size 4>>\nstartxref\n0\n%%EOF\n"))
}

func FuzzJPEG(f *testing.F) {
	fuzz(f, "\xff\xd8\xff", makeJPEG(f, 8, 8), withEXIF(makeJPEG(f, 8, 8), sidikalang(binary.BigEndian)),
		withEXIF(makeJPEG(f, 1, 1), sidikalang(binary.LittleEndian)))
}

func FuzzPNG(f *testing.F) {
	fuzz(f, "\x89PNG\r\n\x1a\n", makePNG(f, 8, 8), makePNG(f, 1, 1))
}

// fuzz inspects what is made of the seeds, with a given start put before it where it is
// missing. What is accepted must have a type, pages or a size within the limits.
func fuzz(f *testing.F, start string, seeds ...[]byte) {
	f.Helper()
	for _, seed := range seeds {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		if !bytes.HasPrefix(content, []byte(start)) {
			content = append([]byte(start), content...)
		}
		r := look(t, content)
		accepted := r.Type() != ""
		switch {
		case r.Problem == Fine && !accepted:
			t.Errorf("took a file of kind %q", r.Kind)
		case r.Problem == Fine && r.Kind == PDF && r.Pages < 1:
			t.Error("took a PDF without a page")
		case r.Problem == Fine && r.Kind != PDF && (r.Width < 1 || r.Height < 1 || r.Width > picture.MaxPixels/r.Height):
			t.Errorf("took a picture of %d×%d", r.Width, r.Height)
		case r.Problem == TooComplex && r.Kind == PDF:
			t.Error("the parser does not end")
		case r.Problem == NotAccepted && accepted:
			t.Errorf("refused the accepted kind %q", r.Kind)
		}
	})
}
