package letters

// clarification is the Klarifikasi Berkas: the one consolidated list of what is
// missing or wrong (docs/sop/aturan.md, 1).
func (p *letter) clarification() {
	p.letterhead()
	p.title()
	p.facts(body(), 42, p.labelled("data"))
	p.gap(3)
	p.say("pembuka")
	p.gap(2)
	rows := p.wanting()
	if len(rows) == 0 {
		rows = [][]string{{none, none, p.words("tidak_ada"), none}}
	}
	p.table(table{ruled: true, size: 10, rows: rows, tail: p.sayHeight("batas") + p.sayHeight("ketentuan") + 4 + p.officerHeight(1), cols: p.headed("kepala_dokumen",
		column{width: 10, align: alignCentre}, column{width: 14, align: alignCentre}, column{width: 62}, column{})})
	p.others()
	p.gap(4)
	if due := p.words("batas"); due != "" {
		p.with(bold, bodySize, func() { p.para(body(), alignJustify, due) })
	}
	p.say("ketentuan")
	p.officerBlock(p.placeAndDate())
}

// wanting lists the documents to send: number, code, name, fault.
func (p *letter) wanting() [][]string {
	var rows [][]string
	for _, code := range p.c.Asked(p.sop) {
		def, _ := p.sop.Document(code)
		reason := p.words("belum_ada")
		if doc, ok := p.c.Document(code); ok && doc.Verdict != nil {
			reason = or(doc.Verdict.Reason, p.words("tidak_sesuai"))
		}
		rows = append(rows, []string{itoa(len(rows)+1) + ".", string(code), def.Name.ID, reason})
	}
	return rows
}
