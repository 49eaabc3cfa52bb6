package letters

import (
	"izinbot/workflow/pdfa"
)

// What stands to the left of a signature: the paraf hierarki on the archive's copy, and the
// other addressees (tembusan).

const (
	copiesSize = 9.5 // points
	parafGap   = 0.5 // millimetres above and below the text of a cell
	asideGap   = 2.0 // millimetres between the two
)

func asideBox() box { return box{leftEdge, textWidth - signatureBox().w - 5} }

// aside prints what stands beside the signature, on the page on which it ends.
func (p *letter) aside() {
	bottom := p.y
	p.y = p.signedAt.y
	if p.copy == Archive {
		p.parafBox(asideBox())
	}
	list := p.copyLines()
	var h float64
	p.with(regular, copiesSize, func() { h = p.linesHeight(list, asideBox().w) })
	p.y = max(p.y, bottom-h) // level with the end of the signature
	p.copies(list)
	p.y = max(p.y, bottom)
}

// asideHeight is the height of all that may stand beside the signature.
func (p *letter) asideHeight() float64 {
	h := 0.0
	if rows := p.parafRows(); len(rows) > 0 {
		t := p.parafTable(asideBox(), rows).complete()
		p.with(regular, t.size, func() {
			h = 2*p.lineHeight() + 2*t.gap + asideGap // heading and heads
			for _, row := range rows {
				h += float64(height(p.cellLines(t, row)))*p.lineHeight() + 2*t.gap
			}
		})
	}
	p.with(regular, copiesSize, func() { h += p.linesHeight(p.copyLines(), asideBox().w) })
	return h
}

// linesHeight is the height of texts below each other.
func (s *canvas) linesHeight(texts []string, width float64) float64 {
	n := 0
	for _, text := range texts {
		n += len(s.wrap(text, width))
	}
	return float64(n) * s.lineHeight()
}

// copyLines is the list of the other addressees under its heading; empty for none.
func (p *letter) copyLines() []string {
	who := p.office.CopiesTo[p.l.Kind]
	if len(who) == 0 {
		return nil
	}
	list := []string{p.sharedWords("judul_tembusan")}
	for i, w := range who {
		list = append(list, itoa(i+1)+".  "+w)
	}
	return list
}

// copies prints the other addressees.
func (p *letter) copies(list []string) {
	if len(list) == 0 {
		return
	}
	p.with(regular, copiesSize, func() {
		p.para(asideBox(), alignLeft, list[0])
		p.marks.In(pdfa.Element{Role: "L"}, func() {
			for _, l := range list[1:] {
				p.marks.In(pdfa.Element{Role: "LI"}, func() {
					p.marks.In(pdfa.Element{Role: "LBody"}, func() { p.para(asideBox(), alignLeft, l) })
				})
			}
		})
	})
}

// parafRows are the initials of this revision so far.
func (p *letter) parafRows() [][]string {
	rows := make([][]string, 0, len(p.l.Initials))
	for _, m := range p.l.Initials {
		rows = append(rows, []string{actingTitle(m.By) + "\n" + m.By.Name, initials(m.By.Name, none) + " " + stamp(m.At)})
	}
	return rows
}

func (p *letter) parafTable(at box, rows [][]string) table {
	return table{at: at, ruled: true, size: smallSize, gap: parafGap, rows: rows, cols: []column{
		{head: "Jabatan, nama"}, {head: "Paraf (WIB)", width: 33, align: alignCentre},
	}}
}

// parafBox prints the paraf hierarki, if there is one.
func (p *letter) parafBox(at box) {
	rows := p.parafRows()
	if len(rows) == 0 {
		return
	}
	p.marks.Heading(2, func() {
		p.with(bold, smallSize, func() { p.para(at, alignLeft, "PARAF HIERARKI") })
	})
	p.table(p.parafTable(at, rows))
	p.y += asideGap * p.spacing.gaps
}
