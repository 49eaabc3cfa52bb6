package sheets

import (
	"errors"
	"fmt"
	"io"
	"strconv"

	"codeberg.org/go-pdf/fpdf"

	"izinbot/workflow"
	"izinbot/workflow/letters"
	"izinbot/workflow/registers"
)

// ErrTooLong is returned by PDF for a book of more than [MostPrinted] rows: pages are kept in
// memory, and nobody prints so many.
var ErrTooLong = errors.New("too many rows to be printed")

// MostPrinted is how many rows PDF takes.
const MostPrinted = 20_000

// Measures of the page, in millimetres unless said otherwise.
const (
	margin    = 12.0
	footing   = 14.0 // free below the table
	textSize  = 7.5  // points
	lineStep  = 3.1
	padding   = 0.8
	mostLines = 12 // of a cell; what is longer ends in …
)

// PDF writes a document on sheets of A4 across, to be printed and signed: the office's
// letterhead, heads on every page, carried sums, a place to sign. ErrTooLong.
func PDF(w io.Writer, d Document) (Tally, error) {
	p := newPrinter(d)
	p.letterhead()
	p.heads()
	for row, err := range d.Rows {
		if err != nil {
			return Tally{}, err
		}
		if p.sum.Rows == MostPrinted {
			return Tally{}, fmt.Errorf("%w: more than %d", ErrTooLong, MostPrinted)
		}
		p.row(row)
		p.sum.add(row)
	}
	tally := p.sum.done()
	p.closing(tally)
	p.footers()
	if err := p.pdf.Output(w); err != nil {
		return Tally{}, fmt.Errorf("write pdf: %w", err)
	}
	return tally, nil
}

// printer lays a document out.
type printer struct {
	pdf           *fpdf.Fpdf
	doc           Document
	sum           *counting
	y             float64
	width, height float64 // of the page
	columns       []float64
}

func newPrinter(d Document) *printer {
	pdf := fpdf.New("L", "mm", "A4", "")
	plain, strong := letters.Typeface()
	pdf.AddUTF8FontFromBytes("serif", "", plain)
	pdf.AddUTF8FontFromBytes("serif", "B", strong)
	pdf.SetCatalogSort(true)
	pdf.SetCreationDate(d.Period.To.In(workflow.WIB()))
	pdf.SetModificationDate(d.Period.To.In(workflow.WIB()))
	pdf.SetProducer("izinbot", true)
	pdf.SetTitle(d.Book.Title+" – "+d.Period.String(), true)
	pdf.SetAuthor(d.Office.Name, true)
	pdf.SetLang("id")
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetMargins(0, 0, 0)
	pdf.SetLineWidth(0.15)
	p := &printer{pdf: pdf, doc: d, sum: count(d.Book)}
	p.width, p.height = pdf.GetPageSize()
	all := 0.0
	for _, col := range d.Book.Columns {
		all += col.Width
	}
	for _, col := range d.Book.Columns {
		p.columns = append(p.columns, col.Width/all*(p.width-2*margin))
	}
	return p
}

func (p *printer) font(style string, size float64) { p.pdf.SetFont("serif", style, size) }

// bottom is where the table ends at the latest; a carried sum has room below.
func (p *printer) bottom() float64 {
	if p.doc.hasSums() {
		return p.height - footing - p.step(1)
	}
	return p.height - footing
}

func (*printer) step(lines int) float64 { return float64(lines)*lineStep + 2*padding }

// row draws a line of the book, on a new page if it has no room.
func (p *printer) row(row registers.Row) {
	p.font("", textSize)
	cells := make([][]string, len(p.columns))
	lines := 1
	for i, col := range p.doc.Book.Columns {
		cells[i] = p.wrap(shown(col, row.Cells[i]), p.columns[i]-2*padding)
		lines = max(lines, len(cells[i]))
	}
	if p.y+p.step(lines) > p.bottom() {
		p.next()
		p.font("", textSize)
	}
	if row.Void {
		p.shade(p.step(lines), 236)
	}
	p.cells(cells, lines, func(i int, x, y, w float64) {
		if row.Void && p.doc.Book.Columns[i].Head != registers.Remark {
			p.pdf.Line(x, y-0.9, x+w, y-0.9) // struck out
		}
	})
}

// shade fills a line of the table with a grey.
func (p *printer) shade(h float64, grey int) {
	p.pdf.SetFillColor(grey, grey, grey)
	p.pdf.Rect(margin, p.y, p.width-2*margin, h, "F")
}

// cells draws the frames and the texts of a line, and goes below it. after is called for each
// line of text with its place and width.
func (p *printer) cells(cells [][]string, lines int, after func(i int, x, y, w float64)) {
	x, h := margin, p.step(lines)
	for i, w := range p.columns {
		p.pdf.Rect(x, p.y, w, h, "D")
		for j, text := range cells[i] {
			at, y, long := x+padding, p.y+padding+float64(j)*lineStep+2.4, p.pdf.GetStringWidth(text)
			if p.doc.Book.Columns[i].Type == registers.Number {
				at = x + w - padding - long
			}
			p.pdf.Text(at, y, text)
			if after != nil {
				after(i, at, y, long)
			}
		}
		x += w
	}
	p.y += h
}

// shown writes a cell as people read it.
func shown(col registers.Column, c registers.Cell) string {
	switch col.Type {
	case registers.Number:
		return strconv.Itoa(c.N)
	case registers.Date, registers.Time:
		form := "02/01/2006"
		if col.Type == registers.Time {
			form += " 15.04"
		}
		if c.At.IsZero() {
			return "–"
		}
		return c.At.In(workflow.WIB()).Format(form)
	case registers.Text, registers.Code:
	}
	if line := letters.Line(c.Text); line != "" {
		return line
	}
	return "–"
}
