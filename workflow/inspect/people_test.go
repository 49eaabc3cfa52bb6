package inspect

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"izinbot/workflow/inspect/inspecttest"
)

func sample(tb testing.TB, name string) []byte {
	tb.Helper()
	where := filepath.Join("..", "picture", "jpegview", "testdata", name)
	if filepath.Ext(name) != ".jpg" {
		where = filepath.Join("..", "picture", "testdata", name)
	}
	content, err := os.ReadFile(where)
	if err != nil {
		tb.Fatal(err)
	}
	return content
}

// TestPhotosThatPeopleSend has pictures that phones, scanners and chat programs make and
// that every reader shows.
func TestPhotosThatPeopleSend(t *testing.T) {
	photo := makeJPEG(t, 1600, 1200)
	table := bytes.Index(photo, []byte("\xff\xc0"))
	tests := map[string]struct {
		content []byte
		kind    Kind
		want    Problem
	}{
		"50 megapixels":          {inspecttest.HugeJPEG(t, 8160, 6144), JPEG, Fine},
		"64 megapixels":          {inspecttest.HugeJPEG(t, 9248, 6944), JPEG, Fine},
		"108 megapixels":         {inspecttest.HugeJPEG(t, 12000, 9000), JPEG, Fine},
		"200 megapixels":         {inspecttest.HugeJPEG(t, 16320, 12240), JPEG, Fine},
		"more than any camera":   {inspecttest.HugeJPEG(t, 30000, 20000)[:1<<20], JPEG, TooComplex},
		"odd sampling":           {sample(t, "odd-sampling.jpg"), JPEG, Fine},
		"sampling 3x2":           {sample(t, "sampling-3x2.jpg"), JPEG, Fine},
		"CMYK":                   {sample(t, "cmyk.jpg"), JPEG, Fine},
		"CMYK, sampling 2x1":     {sample(t, "cmyk-2x1.jpg"), JPEG, Fine},
		"no end mark":            {photo[:len(photo)-2], JPEG, Fine},
		"the last row cut off":   {photo[:len(photo)-len(photo)/50], JPEG, Fine},
		"a stray byte":           {bytes.Join([][]byte{photo[:table], photo[table:]}, []byte{0}), JPEG, Fine},
		"blanks behind the end":  {append(bytes.Clone(photo), make([]byte, 500)...), JPEG, Fine},
		"WebP":                   {sample(t, "photo.webp"), WebP, Fine},
		"WebP, lossless":         {sample(t, "lossless.webp"), WebP, Fine},
		"WebP cut off":           {sample(t, "photo.webp")[:3000], WebP, Damaged},
		"WebP and an archive":    {append(sample(t, "photo.webp"), "7z\xbc\xaf\x27\x1c\x00\x04"...), WebP, TwoFormats},
		"arithmetic codes":       {sample(t, "arithmetic.jpg"), Picture, NotAccepted},
		"a quarter is missing":   {photo[:len(photo)*3/4], JPEG, Damaged},
		"only the head":          {photo[:table+200], JPEG, Damaged},
		"the data are gone":      {append(bytes.Clone(photo[:700]), make([]byte, 5000)...), JPEG, Damaged},
		"no end, and a program":  {append(bytes.Clone(photo[:len(photo)-2]), "\x7fELF\x02\x01\x01\x00"...), JPEG, TwoFormats},
		"no end, and an archive": {append(bytes.Clone(photo[:len(photo)-2]), "7z\xbc\xaf\x27\x1c\x00\x04"...), JPEG, TwoFormats},
		"no end, and a PDF":      {append(bytes.Clone(photo[:len(photo)-2]), makePDF(t, 1)...), JPEG, TwoFormats},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if r := look(t, tt.content); r.Kind != tt.kind || r.Problem != tt.want {
				t.Errorf("got %+v", r)
			}
		})
	}
}

func TestWhereAndWhenOfAWebP(t *testing.T) {
	r := look(t, sample(t, "photo.webp"))
	if r.Coordinates == nil || r.Coordinates.Lat != 2.743100 || r.Coordinates.Lon != 98.312600 {
		t.Errorf("coordinates %+v", r.Coordinates)
	}
	if want := time.Date(2026, time.November, 20, 3, 15, 0, 0, time.UTC); !r.Taken.Equal(want) {
		t.Errorf("taken %v", r.Taken)
	}
}

// cutContents is a PDF whose end is lost, with the contents of its page.
func cutContents() []byte {
	return []byte("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n" +
		"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 8 0 R>>endobj\n")
}

// TestPDFsThatReadersShow has faults over which readers pass, and such as lose pages.
func TestPDFsThatReadersShow(t *testing.T) {
	whole := makePDF(t, 3)
	start := bytes.LastIndex(whole, []byte("startxref"))
	table := bytes.LastIndex(whole, []byte("xref\n0"))
	replaced := func(old, with string) []byte { return bytes.Replace(whole, []byte(old), []byte(with), 1) }
	tests := map[string]struct {
		content []byte
		want    Problem
	}{
		"table is elsewhere":         {append(bytes.Clone(whole[:start]), "startxref\n17\n%%EOF\n"...), Fine},
		"no place of the table":      {append(bytes.Clone(whole[:start]), "%%EOF\n"...), Fine},
		"places in the table differ": {replaced("0000000009 00000 n", "0000000029 00000 n"), Fine},
		"table is torn":              {append(bytes.Clone(whole[:table+30]), "\n%%EOF\n"...), Fine},
		"contents lost with the end": {cutContents(), Damaged},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			r := look(t, tt.content)
			if r.Problem != tt.want || tt.want == Fine && r.Pages != 3 {
				t.Errorf("got %+v", r)
			}
		})
	}
}

// TestContentThatIsNotOnThePages names a PDF that opens and shows nothing of what it is
// for.
func TestContentThatIsNotOnThePages(t *testing.T) {
	const shell = "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R "
	const page = ">>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
	const drawn = "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n4 0 obj<</Length 1>>stream\nn\nendstream endobj\n"
	const blank = "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
	const end = "5 0 obj<</Type/Filespec/F(a.pdf)/EF<</F 6 0 R>>>>endobj\n6 0 obj<</Length 1>>stream\nn\nendstream endobj\n" +
		"trailer<</Root 1 0 R/Size 7>>\nstartxref\n0\n%%EOF\n"
	tests := map[string]struct {
		content string
		want    Problem
		active  string
	}{
		"form for programs":        {shell + "/NeedsRendering true/AcroForm<</Fields[3 0 R]/XFA 4 0 R>>" + page + drawn + end, DynamicForm, "attachments xfa"},
		"form without fields":      {shell + "/AcroForm<</Fields[]/XFA 4 0 R>>" + page + drawn + end, DynamicForm, "attachments xfa"},
		"form on an empty page":    {shell + "/AcroForm<</Fields[3 0 R]/XFA 4 0 R>>" + page + blank + end, DynamicForm, "attachments xfa"},
		"form with fields":         {shell + "/AcroForm<</Fields[3 0 R]/XFA 4 0 R>>" + page + drawn + end, Fine, "attachments xfa"},
		"portfolio":                {shell + "/Collection<</View/D>>/Names<</EmbeddedFiles<</Names[(a)5 0 R]>>>>" + page + drawn + end, Folder, "attachments portfolio"},
		"file inside":              {shell + "/Names<</EmbeddedFiles<</Names[(a)5 0 R]>>>>" + page + drawn + end, Fine, "attachments"},
		"script, and a start":      {shell + "/OpenAction<</S/Launch/F(a)/Next<</S/JavaScript/JS(a)>>>>" + page + drawn + end, Fine, "javascript launch attachments"},
		"blank page, and no form":  {shell + page + blank + end, Fine, "attachments"},
		"signature without a form": {shell + "/Perms<</DocMDP<</Type/Sig/SubFilter/adbe.pkcs7.detached/ByteRange[0 1 2 3]>>>>" + page + drawn + end, Fine, "attachments"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			r := look(t, []byte(tt.content))
			if r.Problem != tt.want || r.ActiveCodes() != tt.active {
				t.Errorf("got %+v", r)
			}
			if r.Signed != (name == "signature without a form") {
				t.Errorf("signed: %v", r.Signed)
			}
		})
	}
	signed := tests["signature without a form"].content
	if r := look(t, []byte(signed[:len(signed)/3*2])); !r.Signed {
		t.Errorf("signed and cut: %+v", r)
	}
}
