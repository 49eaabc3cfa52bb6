package letters

import (
	"bytes"
	"errors"
	"fmt"
	"image/png"
	"os"

	"codeberg.org/go-pdf/fpdf"

	"izinbot/workflow/picture"
)

// The emblem (lambang) in the letterhead.
const (
	maxEmblem    = 2 << 20 // bytes of its file
	emblemSide   = 236     // pixels of its longest side: 300 dpi at the size that it is printed in
	emblemHeight = 22.0    // millimetres at most
	emblemWidth  = 20.0    // millimetres at most
)

// emblem is the picture as it goes into a letter; no png: there is none.
type emblem struct {
	png  []byte
	w, h int // pixels
}

// readEmblem reads the PNG that the office file names, if it names one.
func (o *Office) readEmblem(dir string) error {
	if o.EmblemFile == "" {
		return nil
	}
	src, err := os.ReadFile(beside(dir, o.EmblemFile))
	if err != nil {
		return fmt.Errorf("berkas kantor: lambang: %w", err)
	}
	o.emblem, err = makeEmblem(src)
	if err != nil {
		return fmt.Errorf("berkas kantor: lambang %s: %w", o.EmblemFile, err)
	}
	return nil
}

// makeEmblem makes a PNG small.
func makeEmblem(src []byte) (emblem, error) {
	if start := src[:min(len(src), 1024)]; bytes.Contains(start, []byte("<svg")) {
		return emblem{}, errors.New("gambar SVG tidak dapat dipakai; simpan sebagai PNG, sisi terpanjang sedikitnya 236 titik")
	}
	wrong := errors.New("harus gambar PNG yang utuh, paling besar 2 MB")
	cfg, err := png.DecodeConfig(bytes.NewReader(src))
	if err != nil || len(src) > maxEmblem || !picture.Fits(cfg) {
		return emblem{}, wrong
	}
	var buf bytes.Buffer
	small := picture.Shrink(src, emblemSide) // on white: the archive's format knows no transparency
	if small == nil || png.Encode(&buf, small) != nil {
		return emblem{}, wrong
	}
	return emblem{png: buf.Bytes(), w: small.Rect.Dx(), h: small.Rect.Dy()}, nil
}

// size is how large the emblem is printed, in millimetres.
func (e emblem) size() (w, h float64) {
	scale := min(emblemWidth/float64(e.w), emblemHeight/float64(e.h))
	return float64(e.w) * scale, float64(e.h) * scale
}

// emblem prints the office's emblem at the left edge of the letterhead, whose upper edge is top,
// and gives the room beside it.
func (p *letter) emblem(top float64) box {
	e := p.office.emblem
	if e.png == nil {
		return body()
	}
	w, h := e.size()
	opts := fpdf.ImageOptions{ImageType: "PNG"}
	p.pdf.RegisterImageOptionsReader("lambang", opts, bytes.NewReader(e.png))
	p.pdf.ImageOptions("lambang", leftEdge, top, w, h, false, opts, 0, "")
	return box{leftEdge + emblemWidth + 2, textWidth - emblemWidth - 2}
}

// emblemEnd is where a letterhead beside the emblem may end.
func (p *letter) emblemEnd(beside box) float64 {
	if beside == body() {
		return 0
	}
	_, h := p.office.emblem.size()
	return 13 + h + 1.2
}
