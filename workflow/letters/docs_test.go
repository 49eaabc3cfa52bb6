package letters_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/color/palette"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"izinbot/workflow"
	"izinbot/workflow/letters"
)

// samplesDir has a letter of each kind for readers of the documentation.
const samplesDir = "../../docs/letters"

// TestSamplesInDocs compares the samples in docs/letters with what is drawn now. With LETTERS set
// it writes them (make letters).
func TestSamplesInDocs(t *testing.T) {
	write := os.Getenv("LETTERS") != ""
	var index bytes.Buffer
	index.WriteString("# Contoh surat\n\nSatu surat tiap jenis, dengan data CONTOH; dibuat oleh `make letters`.\n")
	for _, kind := range kinds() {
		def := sampleSOP()
		def.Tariff = 0
		if kind == "skrd" {
			def.Tariff = 1_250_000
		}
		pdf, err := drawer(t).Draw(t.Context(), def, sampleCase(), sampleLetter(kind), letters.Addressee)
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(samplesDir, string(kind)+".pdf")
		if write {
			writeSample(t, file, pdf)
		}
		if kept, err := os.ReadFile(file); err != nil || !bytes.Equal(kept, pdf) {
			t.Errorf("%s is stale; run: make letters", file)
		}
		pages := pagesOf(t, kind)
		fmt.Fprintf(&index, "\n## %s\n\n[%s.pdf](%s.pdf)\n\n", letterTitle(def, kind), kind, kind)
		for _, page := range pages {
			fmt.Fprintf(&index, "![%s](%s) ", letterTitle(def, kind), page)
		}
		index.WriteByte('\n')
	}
	file := filepath.Join(samplesDir, "README.md")
	if write {
		if err := os.WriteFile(file, index.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if kept, err := os.ReadFile(file); err != nil || !bytes.Equal(kept, index.Bytes()) {
		t.Errorf("%s is stale; run: make letters", file)
	}
}

func letterTitle(def *workflow.SOP, kind workflow.LetterKind) string {
	l, _ := def.Letter(kind)
	return strings.ToUpper(l.Title[:1]) + strings.ToLower(l.Title[1:])
}

// pagesOf names the pictures of a letter's pages.
func pagesOf(t *testing.T, kind workflow.LetterKind) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(samplesDir, string(kind)+"-*.png"))
	if err != nil || len(found) == 0 {
		t.Errorf("%s has no pictures: %v; run: make letters", kind, err)
	}
	for i := range found {
		found[i] = filepath.Base(found[i])
	}
	return found
}

// writeSample writes a letter and its pages as small pictures.
func writeSample(t *testing.T, file string, pdf []byte) {
	t.Helper()
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	base := strings.TrimSuffix(file, ".pdf")
	old, err := filepath.Glob(base + "-*.png")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range old {
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
	}
	if out, err := exec.CommandContext(t.Context(), "pdftoppm", "-r", "60", "-png", file, base).CombinedOutput(); err != nil {
		t.Fatalf("pdftoppm: %v: %s", err, out)
	}
	drawn, err := filepath.Glob(base + "-*.png")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range drawn {
		makeSmall(t, name)
	}
}

// makeSmall keeps a picture with a palette.
func makeSmall(t *testing.T, name string) {
	t.Helper()
	src, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	full, err := png.Decode(bytes.NewReader(src))
	if err != nil {
		t.Fatal(err)
	}
	colours := append(color.Palette{}, palette.WebSafe...)
	for grey := 8; grey < 256; grey += 8 {
		colours = append(colours, color.Gray{Y: byte(grey)})
	}
	small := image.NewPaletted(full.Bounds(), colours)
	for y := range full.Bounds().Dy() {
		for x := range full.Bounds().Dx() {
			small.Set(x, y, full.At(x, y))
		}
	}
	var buf bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&buf, small); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, buf.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}
