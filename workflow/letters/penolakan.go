package letters

import "izinbot/workflow"

// refusal is the Surat Penolakan Izin: each reason with its article, what to
// mend, and what the applicant may do (docs/sop/aturan.md, 7; UU 30/2014 Pasal 77–78).
func (p *letter) refusal() {
	p.letterhead()
	p.correspondence(or(p.field(keyUrgency), "Biasa"), none, p.refused()...)
	p.para(body(), alignJustify, "Sehubungan dengan "+p.application()+" perihal "+p.sop.Permit.ID+", dan setelah memperhatikan"+p.considered()+", dengan ini kami sampaikan bahwa permohonan tersebut DITOLAK dengan alasan:")
	p.gap(2)
	p.refusalReasons()
	if mend := p.field(keyMend); mend != "" {
		p.gap(3)
		p.para(body(), alignLeft, "Yang perlu diperbaiki:")
		p.numbered(body(), list(mend))
	}
	p.others()
	p.gap(3)
	p.need(5 * p.lineHeight())
	p.para(body(), alignLeft, "Hak Saudara:")
	p.numbered(body(), p.rights())
	p.gap(2)
	p.closing(0, "Demikian disampaikan untuk menjadi maklum.")
	p.signature()
	p.copies()
}

// refused is the addressee: the head of the body, and the body.
func (p *letter) refused() []string {
	head, who := p.of(workflow.MeansHead), p.applicant()
	if head == "" || head == who {
		return []string{who}
	}
	return []string{head, who}
}

// considered lists the grounds of the refusal.
func (p *letter) considered() string {
	found := p.cites(
		citation{kindVisitReport, "Berita Acara Peninjauan Lapangan"},
		citation{kindRecommendation, "Rekomendasi Tim Teknis"},
	)
	switch len(found) {
	case 0:
		return " hasil pemeriksaan berkas"
	case 1:
		return " " + found[0]
	}
	return " " + found[0] + " dan " + found[1]
}

func (p *letter) refusalReasons() {
	rows := [][]string{}
	for _, c := range cells(p.recommended(keyReasons), 2) {
		rows = append(rows, []string{itoa(len(rows)+1) + ".", c[0], orNone(c[1])})
	}
	if len(rows) == 0 {
		rows = append(rows, []string{none, pending, pending})
	}
	p.table(table{ruled: true, size: 10, rows: rows, cols: []column{
		{head: "No.", width: 10, align: alignCentre},
		{head: "Alasan"},
		{head: "Dasar hukum", width: 55},
	}})
}

func (p *letter) rights() []string {
	return []string{
		"Saudara dapat mengajukan permohonan kembali setelah hal di atas diperbaiki. " + capital(p.tariff()) + ".",
		"Saudara dapat mengajukan keberatan secara tertulis kepada " + p.signerTitle() + " paling lama " + count(21) + " hari kerja sejak surat ini diterima (Pasal 77 Undang-Undang Nomor 30 Tahun 2014).",
		"Bila keputusan atas keberatan tidak diterima, Saudara dapat mengajukan banding kepada " + p.office.Superior + " paling lama " + count(10) + " hari kerja sejak keputusan itu diterima (Pasal 78 Undang-Undang Nomor 30 Tahun 2014).",
		"Pengaduan disampaikan melalui " + p.office.Complaints + ".",
	}
}
