package letters

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"izinbot/workflow"
	"izinbot/workflow/pdfa"
)

// The page, in millimetres from its upper left corner.
const (
	pageWidth  = 210.0
	pageHeight = 297.0
	leftEdge   = 25.0
	rightEdge  = 190.0
	topEdge    = 18.0
	paperEdge  = 292.0 // printers leave the rest white
	textWidth  = rightEdge - leftEdge
	bodySize   = 11.0 // points
	smallSize  = 8.0  // the least
	mmPerPoint = 25.4 / 72
)

// spacing is how tightly a document is set.
type spacing struct {
	lines float64 // line height in font sizes
	gaps  float64 // share of the usual free space between parts and in the cells of tables
}

// spacings are tried in turn for a document of several pages; see [Drawer.Draw].
func spacings() []spacing { return []spacing{{1.19, 1}, {1.15, 0.7}, {1.1, 0.4}} }

// canvas lays text out on A4 pages and breaks lines and pages.
type canvas struct {
	pdf     *fpdf.Fpdf
	marks   *pdfa.Tags // tell what is drawn: paragraph, table, ornament …
	info    pdfa.Info
	fonts   fontSet
	spacing spacing
	bottom  float64 // end of the text, in millimetres from the top; the footer is below
	y       float64 // cursor, likewise
	style   string
	size    float64 // points
	onPage  func()  // paints the background of every page
}

func newCanvas(fonts fontSet, set spacing, title, author string, at time.Time) *canvas {
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.SetCatalogSort(true)
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetMargins(0, 0, 0)
	pdf.SetCellMargin(0)
	pdf.SetLineWidth(0.2)
	s := &canvas{pdf: pdf, marks: pdfa.NewTags(pdf.RawWriteStr), fonts: fonts, spacing: set, bottom: paperEdge, info: pdfa.Info{
		Title: title, Author: author, Producer: "izinbot", Lang: "id", At: at.In(workflow.WIB()),
	}}
	s.font(regular, bodySize)
	return s
}

// bytes gives the finished document, fit for archives.
func (s *canvas) bytes() ([]byte, error) {
	s.marks.Leave()
	var buf bytes.Buffer
	if err := s.pdf.Output(&buf); err != nil {
		return nil, fmt.Errorf("write pdf: %w", err)
	}
	out, err := pdfa.Finish(buf.Bytes(), pdfa.Document{Info: s.info, Fonts: fontNames(), Tags: s.marks})
	if err != nil {
		return nil, fmt.Errorf("finish pdf: %w", err)
	}
	return out, nil
}

func (s *canvas) newPage() {
	style, size := s.style, s.size
	s.marks.Leave()
	s.pdf.AddPage()
	s.marks.Page(s.pdf.PageNo())
	s.y = topEdge
	if s.onPage != nil {
		s.onPage()
	}
	s.font(style, size)
}

// need starts a new page unless h millimetres are left on this one.
func (s *canvas) need(h float64) {
	if s.y+h > s.bottom {
		s.newPage()
	}
}

// gap leaves h millimetres free, or less where the document is set tightly, but nothing at the
// top of a page.
func (s *canvas) gap(h float64) {
	if s.y > topEdge {
		s.y += h * s.spacing.gaps
	}
}

// font selects a font; a font that no text uses does not get into the file.
func (s *canvas) font(style string, size float64) {
	if s.style == style && s.size == size {
		return
	}
	if s.style != style || s.size == 0 {
		s.pdf.AddUTF8FontFromBytes("serif", style, s.fonts[style])
	}
	s.style, s.size = style, size
	s.pdf.SetFont("serif", style, size)
}

// page goes back to page no, to add to it.
func (s *canvas) page(no int) {
	s.marks.Leave()
	s.pdf.SetPage(no)
	s.marks.Page(no)
	s.size = 0 // that page may have ended in another font
}

// with runs draw in another font and comes back to this one.
func (s *canvas) with(style string, size float64, draw func()) {
	oldStyle, oldSize := s.style, s.size
	s.font(style, size)
	draw()
	s.font(oldStyle, oldSize)
}

func (s *canvas) lineHeight() float64 { return s.size * mmPerPoint * s.spacing.lines }

func (s *canvas) grey(level int) { s.pdf.SetTextColor(level, level, level) }

// Alignments of a line.
const (
	alignLeft    = "L"
	alignCentre  = "C"
	alignRight   = "R"
	alignJustify = "J"
)

// box is a horizontal stretch of the page.
type box struct{ x, w float64 }

func body() box { return box{leftEdge, textWidth} }

// put writes one line, fit to print, whose upper edge is at y. Text that is too
// wide sticks out.
func (s *canvas) put(b box, y float64, align, text string) {
	if text == "" {
		return
	}
	s.marks.Text(func() {
		s.marks.Content()
		s.pdf.SetXY(b.x, y)
		if align == alignJustify && !strings.Contains(text, " ") {
			align = alignLeft
		}
		s.pdf.CellFormat(b.w, s.lineHeight(), text, "", 0, align, false, 0, "")
	})
}

// putLine writes one of several lines, with the space to the next one, which readers of the
// text need and nobody sees.
func (s *canvas) putLine(b box, y float64, align string, l line) {
	align = l.align(align)
	s.put(b, y, align, l.text)
	if l.spaced {
		s.put(box{b.x + b.w, 1}, y, alignLeft, " ")
	}
}

// para flows text into the box, breaking pages where it must.
func (s *canvas) para(b box, align, text string) {
	s.marks.Text(func() {
		for _, l := range s.wrap(text, b.w) {
			s.need(s.lineHeight())
			s.putLine(b, s.y, align, l)
			s.y += s.lineHeight()
		}
	})
}

// figure draws a picture, with words for those who do not see it, into a box of height h
// at y.
func (s *canvas) figure(alt string, b box, y, h float64, draw func()) {
	point := func(mm float64) float64 { return mm / mmPerPoint }
	s.marks.In(pdfa.Figure(alt, point(b.x), point(pageHeight-y-h), point(b.x+b.w), point(pageHeight-y)), func() {
		s.marks.Content()
		draw()
	})
}

// heading writes the heading of a part at the left edge.
func (s *canvas) heading(size float64, text string) {
	s.marks.Heading(2, func() {
		s.with(bold, size, func() { s.para(body(), alignLeft, text) })
	})
}

// ornament draws what says nothing: lines, frames, backgrounds.
func (s *canvas) ornament(draw func()) { s.marks.Artifact("", draw) }

// centred writes text in the middle of the page in a style of its own. If it takes
// several lines, they are of about the same length.
func (s *canvas) centred(style string, size float64, text string) {
	s.with(style, size, func() { s.para(s.balanced(body(), text), alignCentre, text) })
}

// balanced is the narrowest middle of a stretch of the page on which text takes no more lines
// than on all of it.
func (s *canvas) balanced(b box, text string) box {
	lines := len(s.wrap(text, b.w))
	if lines < 2 {
		return b
	}
	for b.w > 40 && len(s.wrap(text, b.w-5)) == lines {
		b.x, b.w = b.x+2.5, b.w-5
	}
	return b
}

// rule draws a horizontal line of some thickness at y.
func (s *canvas) rule(b box, y, thickness float64) {
	s.ornament(func() {
		s.pdf.SetLineWidth(thickness)
		s.pdf.Line(b.x, y, b.x+b.w, y)
		s.pdf.SetLineWidth(0.2)
	})
}
