package letters

// refusal is the Surat Penolakan Izin: each reason with its article, what to
// mend, and what the applicant may do (docs/sop/aturan.md, 7; UU 30/2014 Pasal 77–78).
func (p *letter) refusal() {
	p.letterhead()
	p.correspondence()
	p.say("pembuka")
	p.gap(2)
	p.refusalReasons()
	p.listed("judul_perbaikan", list(p.field(keyMend)), 0)
	p.others()
	p.listed("judul_hak", p.lines("hak"), 2+p.closingHeight(0))
	p.gap(2)
	p.closing(0)
	p.signature()
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
