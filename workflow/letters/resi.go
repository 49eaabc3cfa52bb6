package letters

import (
	"strings"

	"izinbot/workflow"
)

// receipt is the Resi Penerimaan Berkas: proof that the file is complete, and
// from when and until when the charter's clock runs (docs/sop/aturan.md, 1 and 2).
func (p *letter) receipt() {
	p.letterhead()
	p.title()
	p.receiptHead()
	p.facts(body(), 46, append(p.labelled("data"), p.otherFacts()...))
	p.charter()
	p.checklist()
	p.need(p.closingReceipt())
	top := p.y
	p.gap(4)
	p.with(regular, 9.5, func() { p.para(asideBox(), alignLeft, p.words("penutup")) })
	bottom := p.y
	p.y = top
	p.officerBlock(p.placeAndDate())
	p.y = max(p.y, bottom)
}

// closingReceipt is the height of the officer's block and the words beside it.
func (p *letter) closingReceipt() float64 {
	return 4 + max(p.officerHeight(1), p.linesHeight(p.lines("penutup"), asideBox().w))
}

// receiptHead is the case number, large, with the QR code of its status page.
func (p *letter) receiptHead() {
	const side = 24.0
	top := p.y
	p.ornament(func() {
		p.pdf.SetFillColor(244, 246, 248)
		p.pdf.RoundedRect(leftEdge, top, textWidth, side+6, 1.5, "1234", "F")
	})
	if code, err := newQR(p.office.StatusURL(p.c.ID), mediumCorrection); err != nil {
		p.pdf.SetError(err)
	} else {
		p.qr(code, "Kode QR ke "+p.office.StatusURL(p.c.ID), rightEdge-side-3, top+3, side)
	}
	text := box{leftEdge + 5, textWidth - side - 14}
	p.y = top + 4
	p.para(text, alignLeft, p.words("judul_resi"))
	p.with(bold, 20, func() { p.para(text, alignLeft, string(p.c.ID)) })
	p.with(regular, 9, func() {
		p.para(text, alignLeft, p.words("cek"))
	})
	p.y = max(p.y, top+side+6) + 4
}

// charter is the frame with the promised time and the tariff.
func (p *letter) charter() {
	p.gap(3)
	p.table(table{ruled: true, size: 10.5, gap: 1.2, rows: p.rows("layanan"), cols: []column{{width: 46}, {style: bold}}})
	p.gap(4)
}

// checklist lists the documents, each with the files received.
func (p *letter) checklist() {
	required := map[workflow.DocCode]bool{}
	for _, d := range p.sop.Required(p.c.Form) {
		required[d.Code] = true
	}
	rows := make([][]string, 0, len(p.sop.Documents))
	for _, d := range p.sop.Documents {
		got := none
		if doc, ok := p.c.Document(d.Code); ok && len(doc.Files) > 0 {
			got = "ada" + sheets(doc.Files)
		} else if required[d.Code] {
			got = "belum ada"
		}
		rows = append(rows, []string{string(d.Code), d.Name.ID, string(d.Need), got})
	}
	p.table(table{ruled: true, size: 9.5, rows: rows, tail: p.closingReceipt(), cols: p.headed("kepala_dokumen",
		column{width: 12, align: alignCentre}, column{}, column{width: 24, align: alignCentre}, column{width: 25, align: alignCentre})})
}

// sheets gives the number of pages, if it is known.
func sheets(files []workflow.File) string {
	n := 0
	for _, f := range files {
		n += f.Pages
	}
	if n == 0 {
		return ""
	}
	return ", " + itoa(n) + " hlm."
}

// workingTime writes a budget as people do, "10 (sepuluh) hari kerja".
func workingTime(b workflow.Budget) string {
	if b.IsZero() {
		return none
	}
	if b.Unit == workflow.Day {
		return workingDays(b.N)
	}
	return count(b.N) + " " + string(b.Unit)
}

func workingDays(n int) string { return count(n) + " hari kerja" }

func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
