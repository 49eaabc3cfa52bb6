package inspect

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"izinbot/bot"
)

func look(tb testing.TB, content []byte) Report {
	tb.Helper()
	r, err := Inspect(tb.Context(), bytes.NewReader(content))
	if err != nil {
		tb.Fatalf("Inspect: %v", err)
	}
	return r
}

func TestPDF(t *testing.T) {
	t.Parallel()
	whole := makePDF(t, 12)
	tests := []struct {
		name       string
		content    []byte
		problem    Problem
		pages      int
		restricted bool
	}{
		{"whole", whole, Fine, 12, false},
		{"with rubbish before the header", append([]byte("\r\n\r\n"), whole...), Fine, 12, false},
		{"compressed objects, free to open", lockPDF(t, whole, ""), Fine, 12, true},
		{"with a password", lockPDF(t, whole, "rahasia"), Encrypted, 0, false},
		{"half of it", whole[:len(whole)/2], Damaged, 0, false},
		{"without its catalogue", whole[:bytes.Index(whole, []byte("/Type /Catalog"))], Damaged, 0, false},
		{"without its last lines, which readers restore", whole[:bytes.LastIndex(whole, []byte("xref"))], Fine, 12, false},
		{"header only", []byte("%PDF-1.7\n"), Damaged, 0, false},
		{"rubbish", []byte("%PDF-1.7\n" + strings.Repeat("CONTOH ", 1000)), Damaged, 0, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := look(t, tt.content)
			if r.Kind != PDF || r.Problem != tt.problem || r.Pages != tt.pages || r.Restricted != tt.restricted {
				t.Errorf("got %+v", r)
			}
			if r.Type() != "application/pdf" || r.Size != int64(len(tt.content)) {
				t.Errorf("type %q, size %d", r.Type(), r.Size)
			}
		})
	}
}

func TestPDFPageTree(t *testing.T) {
	build := func(pages string) []byte {
		body := "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n" + pages
		return []byte(body + "trailer<</Root 1 0 R/Size 9>>\nstartxref\n0\n%%EOF\n")
	}
	page := func(n string) string {
		return n + " 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
	}
	tests := map[string]struct {
		content []byte
		problem Problem
		pages   int
	}{
		"count lies":          {build("2 0 obj<</Type/Pages/Count 9999/Kids[3 0 R 4 0 R]>>endobj\n" + page("3") + page("4")), Fine, 2},
		"bites its tail":      {build("2 0 obj<</Type/Pages/Count 1/Kids[2 0 R 3 0 R]>>endobj\n" + page("3")), Fine, 1},
		"only its tail":       {build("2 0 obj<</Type/Pages/Count 1/Kids[2 0 R]>>endobj\n"), Damaged, 0},
		"no page":             {build("2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\n"), Damaged, 0},
		"page is missing":     {build("2 0 obj<</Type/Pages/Count 2/Kids[3 0 R 4 0 R]>>endobj\n" + page("3")), Damaged, 0},
		"kid is no reference": {build("2 0 obj<</Type/Pages/Count 2/Kids[7]>>endobj\n"), Damaged, 0},
		"kids are no array":   {build("2 0 obj<</Type/Pages/Count 2/Kids 7>>endobj\n"), Damaged, 0},
		"contents missing":    {build("2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/Contents 8 0 R>>endobj\n"), Fine, 1},
		"a kid is null":       {build("2 0 obj<</Type/Pages/Count 2/Kids[null 3 0 R 4 0 R]>>endobj\n4 0 obj null endobj\n" + page("3")), Fine, 1},
		"all kids are null":   {build("2 0 obj<</Type/Pages/Count 1/Kids[null]>>endobj\n"), Damaged, 0},
		"a page in its tree":  {build("2 0 obj<</Type/Pages/Count 2/Kids[3 0 R <</Type/Page/MediaBox[0 0 9 9]>>]>>endobj\n" + page("3")), Fine, 2},
		"a branch in a tree":  {build("2 0 obj<</Type/Pages/Count 2/Kids[<</Type/Pages/Count 1/Kids[3 0 R]>>]>>endobj\n" + page("3")), Fine, 1},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if r := look(t, tt.content); r.Problem != tt.problem || r.Pages != tt.pages {
				t.Errorf("got %+v, want %q and %d pages", r, tt.problem, tt.pages)
			}
		})
	}
}

func TestPDFTakesTooLong(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Nanosecond)
	defer cancel()
	<-ctx.Done()
	if r := (Report{Kind: PDF}).withPDF(ctx, makePDF(t, 1)); r.Problem != TooComplex {
		t.Errorf("problem %q, want %q", r.Problem, TooComplex)
	}
	if _, err := Inspect(ctx, bytes.NewReader(makePDF(t, 1))); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("with the caller's time over: %v", err)
	}
}

func TestPDFLeavesNoTrace(t *testing.T) {
	home := t.TempDir()
	for _, name := range []string{"HOME", "XDG_CONFIG_HOME", "TMPDIR"} {
		t.Setenv(name, home)
	}
	look(t, makePDF(t, 2))
	left, err := filepath.Glob(filepath.Join(home, "*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left on disk: %v, %v", left, err)
	}
	if _, err := os.Stat(filepath.Join(home, ".config")); err == nil {
		t.Error("made a .config")
	}
}

func TestPictures(t *testing.T) {
	photo, scan := makeJPEG(t, 640, 480), makePNG(t, 1000, 1200)
	huge := slices.Clone(scan)
	binary.BigEndian.PutUint32(huge[16:], 100_000)
	binary.BigEndian.PutUint32(huge[29:], crc32.ChecksumIEEE(huge[12:29]))
	flipped := slices.Clone(scan)
	flipped[len(flipped)/2] ^= 1
	tests := []struct {
		name     string
		content  []byte
		problem  Problem
		document Problem
	}{
		{"small photo", photo, Fine, TooSmall},
		{"large enough on its long side", scan, Fine, Fine},
		{"one pixel short", makePNG(t, 1199, 10), Fine, TooSmall},
		{"photo with rubbish behind its end", append(slices.Clone(photo), "motion video"...), Fine, TooSmall},
		{"photo cut in the middle", photo[:len(photo)/2], Damaged, Damaged},
		{"photo without its end marker", photo[:len(photo)-2], Fine, TooSmall},
		{"photo that is a head only", photo[:4], Damaged, Damaged},
		{"scan cut in the middle", scan[:len(scan)/2], Damaged, Damaged},
		{"scan without its end", scan[:len(scan)-12], Damaged, Damaged},
		{"scan with a flipped bit", flipped, Damaged, Damaged},
		{"scan that unfolds to gigabytes", huge, TooComplex, TooComplex},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := look(t, tt.content)
			if r.Problem != tt.problem || r.ForDocument() != tt.document || r.ForPhoto() != tt.problem {
				t.Errorf("got %+v, as a document %q, as a photo %q", r, r.ForDocument(), r.ForPhoto())
			}
		})
	}
	if r := look(t, photo); r.Width != 640 || r.Height != 480 || r.Type() != "image/jpeg" {
		t.Errorf("photo: %+v", r)
	}
	if r := look(t, scan); r.Width != 1000 || r.Height != 1200 || r.Type() != "image/png" {
		t.Errorf("scan: %+v", r)
	}
}

func TestPDFIsNoPhoto(t *testing.T) {
	if r := look(t, makePDF(t, 1)); r.ForPhoto() != NotPhoto || r.ForDocument() != Fine {
		t.Errorf("as a photo %q, as a document %q", r.ForPhoto(), r.ForDocument())
	}
	if r := look(t, []byte("CONTOH")); r.ForPhoto() != NotAccepted {
		t.Errorf("text as a photo: %q", r.ForPhoto())
	}
}

func TestSize(t *testing.T) {
	if MaxSize != bot.MaxFileSize {
		t.Errorf("MaxSize %d, but channels bring %d", MaxSize, bot.MaxFileSize)
	}
	if r := look(t, nil); r.Problem != Empty || r.Kind != Unknown {
		t.Errorf("0 bytes: %+v", r)
	}
	photo := makeJPEG(t, 40, 30)
	full := append(slices.Clone(photo), make([]byte, MaxSize-len(photo))...)
	if r := look(t, full); r.Problem != Fine || r.Size != MaxSize {
		t.Errorf("exactly the limit: %+v", r)
	}
	if r := look(t, append(full, 0)); r.Problem != TooLarge || r.Size != MaxSize {
		t.Errorf("one byte more: %+v", r)
	}
}

func TestReadError(t *testing.T) {
	broken := errors.New("disk gone")
	if _, err := Inspect(t.Context(), iotest.ErrReader(broken)); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}

func TestManyAtOnce(t *testing.T) {
	files := [][]byte{makePDF(t, 3), makeJPEG(t, 64, 64), lockPDF(t, makePDF(t, 2), "rahasia"), []byte("%PDF-1.7")}
	want := []Problem{Fine, Fine, Encrypted, Damaged}
	var group sync.WaitGroup
	for i := range 32 {
		group.Go(func() {
			n := i % len(files)
			if r, err := Inspect(t.Context(), bytes.NewReader(files[n])); err != nil || r.Problem != want[n] {
				t.Errorf("file %d: %+v, %v", n, r, err)
			}
		})
	}
	group.Wait()
}

func BenchmarkInspect(b *testing.B) {
	for name, content := range map[string][]byte{
		"pdf_12_pages": makePDF(b, 12), "jpeg_12_megapixels": makeJPEG(b, 4000, 3000),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(content)))
			b.ReportAllocs()
			for b.Loop() {
				look(b, content)
			}
		})
	}
}
