package inspect

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"izinbot/workflow/inspect/inspecttest"
)

func sample(tb testing.TB, name string) []byte {
	tb.Helper()
	content, err := os.ReadFile(filepath.Join("..", "picture", "jpegview", "testdata", name))
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
