package pades

import (
	"bytes"
	"fmt"
	"image/color"

	"github.com/boombuler/barcode/qr"
	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// Measures of the picture, in points.
const (
	padding  = 3.0
	maxText  = 8.5 // font size
	minText  = 4.0
	lineStep = 1.2 // in font sizes
	quiet    = 2   // modules left free around a QR code, beside the padding
)

// picture draws a field: a frame, a QR code at the left, lines beside it. Letters are drawn as
// shapes, so the file needs no font for them; what they say stands in the annotation's words.
// ErrField if the lines do not fit or the font lacks a character.
func picture(f Field) ([]byte, error) {
	var b bytes.Buffer
	width, height := f.Box.width(), f.Box.height()
	fmt.Fprintf(&b, ".5 w .5 .53 .57 RG .25 .25 %.2f %.2f re S 0 0 0 rg\n", width-.5, height-.5)
	left := padding
	if f.QR != "" {
		side := height - 2*padding
		if err := drawQR(&b, f.QR, padding, padding, side); err != nil {
			return nil, err
		}
		left += side + padding
	}
	if len(f.Lines) == 0 {
		return b.Bytes(), nil
	}
	lines, widest, units, err := shapes(f.Font, f.Lines)
	if err != nil {
		return nil, err
	}
	size := min(maxText, (height-2*padding)/(lineStep*float64(len(lines))), (width-left-padding)*units/max(widest, 1))
	if size < minText {
		return nil, fmt.Errorf("%w: the lines do not fit into the box", ErrField)
	}
	top := height/2 + size*lineStep*float64(len(lines))/2
	for i, line := range lines {
		fmt.Fprintf(&b, "q %.5f 0 0 %.5[1]f %.2f %.2f cm\n%sQ\n", size/units, left, top-size*(lineStep*float64(i)+1), line)
	}
	return b.Bytes(), nil
}

// drawQR draws a QR code as one path.
func drawQR(b *bytes.Buffer, content string, x, y, side float64) error {
	img, err := qr.Encode(content, qr.M, qr.Auto)
	if err != nil {
		return fmt.Errorf("%w: qr: %w", ErrField, err)
	}
	n := img.Bounds().Dx()
	module := side / float64(n+2*quiet)
	fmt.Fprintf(b, "q %.5f 0 0 %.5[1]f %.2f %.2f cm\n", module, x+quiet*module, y+quiet*module)
	for row := range n {
		for at := 0; at < n; at++ {
			start := at
			for at < n && img.At(at, row) == color.Black {
				at++
			}
			if at > start {
				fmt.Fprintf(b, "%d %d %d 1 re\n", start, n-1-row, at-start)
			}
		}
	}
	b.WriteString("f Q\n")
	return nil
}

// shapes gives each line as a path in the font's units, the width of the widest, and the
// units of its em.
func shapes(program []byte, lines []string) (paths []string, widest, units float64, err error) {
	parsed, err := sfnt.Parse(program)
	if err != nil {
		return nil, 0, 0, fmt.Errorf("%w: font: %w", ErrField, err)
	}
	w := writer{font: parsed, em: fixed.I(int(parsed.UnitsPerEm()))}
	for _, line := range lines {
		path, width, err := w.line(line)
		if err != nil {
			return nil, 0, 0, err
		}
		paths, widest = append(paths, path), max(widest, float64(width))
	}
	return paths, widest, float64(parsed.UnitsPerEm()), nil
}

// writer makes paths of characters. Its scale is that of the font, so all points are whole numbers.
type writer struct {
	font   *sfnt.Font
	em     fixed.Int26_6
	buffer sfnt.Buffer
}

// line gives the shapes of a line and its width.
func (w *writer) line(s string) (string, int, error) {
	var b bytes.Buffer
	x := 0
	for _, r := range s {
		glyph, err := w.font.GlyphIndex(&w.buffer, r)
		if err != nil || glyph == 0 {
			return "", 0, fmt.Errorf("%w: the font has no U+%04X", ErrField, r)
		}
		segments, err := w.font.LoadGlyph(&w.buffer, glyph, w.em, nil)
		if err != nil {
			return "", 0, fmt.Errorf("%w: U+%04X: %w", ErrField, r, err)
		}
		outline(&b, segments, x)
		advance, err := w.font.GlyphAdvance(&w.buffer, glyph, w.em, font.HintingNone)
		if err != nil {
			return "", 0, fmt.Errorf("%w: U+%04X: %w", ErrField, r, err)
		}
		x += advance.Round()
	}
	if b.Len() > 0 {
		b.WriteString("f\n")
	}
	return b.String(), x, nil
}

// outline writes a glyph's curves; those of TrueType have one control point, those of PDF two.
func outline(b *bytes.Buffer, segments sfnt.Segments, x int) {
	var from [2]float64
	for _, s := range segments {
		var p [3][2]float64
		for i, arg := range s.Args {
			p[i] = [2]float64{float64(x) + float64(arg.X)/64, -float64(arg.Y) / 64}
		}
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			fmt.Fprintf(b, "%.0f %.0f m\n", p[0][0], p[0][1])
			from = p[0]
		case sfnt.SegmentOpLineTo:
			fmt.Fprintf(b, "%.0f %.0f l\n", p[0][0], p[0][1])
			from = p[0]
		case sfnt.SegmentOpQuadTo:
			fmt.Fprintf(b, "%.0f %.0f %.0f %.0f %.0f %.0f c\n", (from[0]+2*p[0][0])/3, (from[1]+2*p[0][1])/3,
				(p[1][0]+2*p[0][0])/3, (p[1][1]+2*p[0][1])/3, p[1][0], p[1][1])
			from = p[1]
		case sfnt.SegmentOpCubeTo:
			fmt.Fprintf(b, "%.0f %.0f %.0f %.0f %.0f %.0f c\n", p[0][0], p[0][1], p[1][0], p[1][1], p[2][0], p[2][1])
			from = p[2]
		}
	}
}
