package letters

// charge is the Surat Ketetapan Retribusi Daerah, only where the tariff is above
// zero (docs/sop/aturan.md, 6).
func (p *letter) charge() {
	p.letterhead()
	p.title()
	p.facts(body(), 46, append(p.labelled("data"), p.otherFacts()...))
	p.gap(4)
	p.table(table{ruled: true, gap: 1.4, rows: p.rows("rincian"), tail: 5 + p.sayHeight("terbilang") + p.sayHeight("pembayaran") + 4 + p.officerHeight(1), cols: p.headed("kepala_rincian",
		column{width: 10, align: alignCentre}, column{}, column{width: 45, align: alignRight})})
	p.gap(2)
	p.say("terbilang")
	p.gap(3)
	p.say("pembayaran")
	p.officerBlock(p.placeAndDate())
}
