package sheets

import (
	"fmt"
	"strconv"
	"strings"
)

// letterhead begins the first page: the office, then what the book is.
func (p *printer) letterhead() {
	p.pdf.AddPage()
	p.y = 12
	o := p.doc.Office
	for _, l := range []struct {
		style string
		size  float64
		text  string
	}{{"", 12, o.Government}, {"B", 13, o.Name}, {"", 8.5, o.Address}} {
		p.centred(l.style, l.size, l.text)
	}
	p.pdf.SetLineWidth(0.7)
	p.pdf.Line(margin, p.y, p.width-margin, p.y)
	p.pdf.SetLineWidth(0.15)
	p.pdf.Line(margin, p.y+0.9, p.width-margin, p.y+0.9)
	p.y += 4
	p.centred("B", 12, strings.ToUpper(p.doc.Book.Title))
	p.centred("", 10, "Periode "+p.doc.Period.String())
	p.y += 2
}

func (p *printer) centred(style string, size float64, text string) {
	p.font(style, size)
	step := size * 0.42
	p.pdf.Text((p.width-p.pdf.GetStringWidth(text))/2, p.y+step*0.8, text)
	p.y += step + 0.6
}

// heads draws the columns' heads and their numbers.
func (p *printer) heads() {
	p.font("B", textSize)
	cells, numbers, lines := make([][]string, len(p.columns)), make([][]string, len(p.columns)), 1
	for i, col := range p.doc.Book.Columns {
		cells[i] = p.wrap(col.Head, p.columns[i]-2*padding)
		numbers[i] = []string{strconv.Itoa(i + 1)}
		lines = max(lines, len(cells[i]))
	}
	p.shade(p.step(lines), 224)
	p.cells(cells, lines, nil)
	p.font("", textSize-1)
	p.cells(numbers, 1, nil)
}

// next ends a page with the sums so far, and begins another with them.
func (p *printer) next() {
	p.sums("Jumlah dipindahkan")
	p.turn()
	p.heads()
	p.sums("Jumlah pindahan")
}

// turn begins a page that names the book.
func (p *printer) turn() {
	p.pdf.AddPage()
	p.y = 10
	p.font("", 8)
	p.pdf.Text(margin, p.y+2.5, p.doc.Book.Title+", "+p.doc.Period.String()+" (lanjutan)")
	p.y += 5
}

// sums draws a line of what was added up so far, if anything is.
func (p *printer) sums(label string) {
	if !p.doc.hasSums() {
		return
	}
	p.font("B", textSize)
	h := p.step(1)
	p.pdf.Rect(margin, p.y, p.width-2*margin, h, "D")
	y, x, labelled := p.y+padding+2.4, margin, false
	for i, col := range p.doc.Book.Columns {
		if col.Sum {
			sum := strconv.Itoa(p.sum.Sums[i])
			if !labelled {
				p.pdf.Text(x-padding-p.pdf.GetStringWidth(label), y, label)
				labelled = true
			}
			p.pdf.Rect(x, p.y, p.columns[i], h, "D")
			p.pdf.Text(x+p.columns[i]-padding-p.pdf.GetStringWidth(sum), y, sum)
		}
		x += p.columns[i]
	}
	p.y += h
}

// closingHeight is the height of what follows the table, so that no signature stands alone:
// the sums go with it.
const closingHeight = 58.0

// closing draws the sums, what the book holds, and the place to sign.
func (p *printer) closing(t Tally) {
	if t.Rows == 0 {
		p.font("", textSize+1)
		p.pdf.Text(margin+padding, p.y+4.5, "Tidak ada catatan pada periode ini.")
		p.pdf.Rect(margin, p.y, p.width-2*margin, 7, "D")
		p.y += 7
	}
	if p.y+closingHeight > p.height-footing {
		p.next()
	}
	p.sums("Jumlah")
	p.font("", 8.5)
	p.y += 6
	p.pdf.Text(margin, p.y, fmt.Sprintf("Jumlah baris: %d, di antaranya batal: %d.", t.Rows, t.Void))
	p.font("", 7)
	p.y += 4
	p.pdf.Text(margin, p.y, "Sidik riwayat (SHA-256): "+t.Head)
	p.y += 9
	p.signer(margin+14, []string{"Mengetahui,", p.doc.Superior})
	p.signer(p.width-margin-84, []string{p.doc.Office.Seat + ", ........................................", p.doc.Keeper})
}

// signer draws the place where an official signs, whose left edge is at x.
func (p *printer) signer(x float64, above []string) {
	p.font("", 10)
	y := p.y
	for _, line := range above {
		p.pdf.Text(x, y, line)
		y += 4.6
	}
	p.pdf.Text(x, y+18, "(..........................................................)")
	p.pdf.Text(x, y+23, "NIP. ")
}

// footers writes on every page which of how many it is.
func (p *printer) footers() {
	all := p.pdf.PageNo()
	for no := 1; no <= all; no++ {
		p.pdf.SetPage(no)
		p.font("B", 7) // whatever font the page ended in, the next line selects another
		p.font("", 7)
		y := p.height - 7
		p.pdf.Text(margin, y, p.doc.Office.ShortName+" – "+p.doc.Book.Title+", "+p.doc.Period.String())
		text := fmt.Sprintf("Halaman %d dari %d", no, all)
		p.pdf.Text(p.width-margin-p.pdf.GetStringWidth(text), y, text)
	}
}
