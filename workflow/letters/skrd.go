package letters

import "izinbot/workflow"

// charge is the Surat Ketetapan Retribusi Daerah, only where the tariff is above
// zero (docs/sop/aturan.md, 6).
func (p *letter) charge() {
	p.letterhead()
	p.title()
	p.facts(body(), 46, append([]fact{
		{"Nama", p.applicant()},
		{"Alamat", p.of(workflow.MeansAddress)},
		{"Nomor resi", string(p.c.ID)},
		{"Permohonan", p.sop.Permit.ID},
	}, p.otherFacts()...))
	p.gap(4)
	p.table(table{ruled: true, gap: 1.4, cols: []column{
		{head: "No.", width: 10, align: alignCentre},
		{head: "Uraian"},
		{head: "Jumlah", width: 45, align: alignRight},
	}, rows: [][]string{
		{"1.", "Retribusi " + p.sop.Permit.ID, rupiah(p.sop.Tariff)},
		{"", "Jumlah yang harus dibayar", rupiah(p.sop.Tariff)},
	}})
	p.gap(2)
	p.para(body(), alignJustify, "Terbilang: "+capital(spell(int(p.sop.Tariff)))+" rupiah.")
	p.gap(3)
	p.para(body(), alignJustify, "Pembayaran dilakukan ke kas daerah dan tidak melalui petugas. Tidak ada biaya lain; laporkan pungutan liar kepada "+p.office.Complaints+".")
	p.officerBlock(p.placeAndDate())
}
