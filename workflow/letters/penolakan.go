package letters

// refusal is the Surat Penolakan Izin: each reason with its article, what to
// mend, and what the applicant may do (docs/sop/aturan.md, 7; UU 30/2014 Pasal 77–78).
func (p *letter) refusal() {
	p.letterhead()
	p.correspondence()
	p.say("pembuka")
	p.gap(2)
	p.refusalReasons()
	if mend := p.field(keyMend); mend != "" {
		p.gap(3)
		p.para(body(), alignLeft, p.words("judul_perbaikan"))
		p.numbered(body(), list(mend))
	}
	p.others()
	p.gap(3)
	p.need(5 * p.lineHeight())
	p.para(body(), alignLeft, p.words("judul_hak"))
	p.numbered(body(), p.lines("hak"))
	p.gap(2)
	p.closing(0)
	p.signature()
	p.copies()
}

func (p *letter) refusalReasons() {
	rows := [][]string{}
	for _, c := range cells(p.recommended(keyReasons), 2) {
		rows = append(rows, []string{itoa(len(rows)+1) + ".", c[0], orNone(c[1])})
	}
	if len(rows) == 0 {
		rows = append(rows, []string{none, pending, pending})
	}
	p.table(table{ruled: true, size: 10, rows: rows, cols: p.headed("kepala_alasan",
		column{width: 10, align: alignCentre}, column{}, column{width: 55})})
}
