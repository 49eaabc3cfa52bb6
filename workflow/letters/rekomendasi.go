package letters

import (
	"strings"

	"izinbot/workflow"
)

// recommendation is the Rekomendasi of the Tim Teknis (step 8).
func (p *letter) recommendation() {
	p.letterhead()
	p.marks.Heading(1, func() { p.centred(bold, 13, p.def.Title) })
	if own := p.field(keyOwnNumber); own != "" || p.l.Number != nil {
		p.centred(regular, bodySize, "NOMOR: "+or(own, p.number()))
	}
	p.gap(4)
	p.section("Dasar", func(b box) {
		p.numbered(b, append(append([]string(nil), p.bases()...), p.cites(
			citation{kindRequest, "Surat Permintaan Rekomendasi"},
			citation{kindVisitReport, "Berita Acara Peninjauan Lapangan"},
		)...))
	})
	p.gap(3)
	p.para(body(), alignJustify, "Setelah memeriksa berkas dan meninjau lokasi, Tim Teknis menilai "+p.application()+" sebagai berikut:")
	p.gap(2)
	p.assessment()
	p.verdict()
	p.listed("Pertimbangan:", p.withArticles(keyReasons))
	p.listed("Syarat:", list(p.recommended(keyConditions)))
	p.others()
	p.gap(2)
	p.closing(1, "Demikian rekomendasi ini dibuat sebagai bahan pertimbangan keputusan.")
	p.teamHeadBlock()
}

// recommended gives a field of the letter, or of the recommendation that it was
// made from.
func (p *letter) recommended(key string) string {
	v := p.l.Fields[key]
	if v == "" && p.c.Recommendation != nil {
		v = p.c.Recommendation.Fields[key]
	}
	return v
}

func (p *letter) assessment() {
	rows := [][]string{}
	for _, c := range cells(p.recommended(keyAssessment), 2) {
		rows = append(rows, []string{itoa(len(rows)+1) + ".", c[0], orNone(c[1])})
	}
	if len(rows) == 0 {
		rows = append(rows, []string{none, none, none})
	}
	p.table(table{ruled: true, size: 10, rows: rows, cols: []column{
		{head: "No.", width: 10, align: alignCentre},
		{head: "Aspek", width: 70},
		{head: "Hasil penilaian"},
	}})
}

// verdict prints the outcome in its frame.
func (p *letter) verdict() {
	p.gap(4)
	p.need(28)
	p.para(body(), alignLeft, "Berdasarkan penilaian tersebut, permohonan ini:")
	p.gap(1.5)
	p.with(bold, 13, func() {
		top := p.y
		p.y += 2.5
		p.para(body(), alignCentre, p.outcome())
		p.y += 2.5
		p.ornament(func() { p.pdf.Rect(leftEdge+20, top, textWidth-40, p.y-top, "D") })
	})
}

func (p *letter) outcome() string {
	if p.c.Recommendation == nil {
		return pending
	}
	if p.c.Recommendation.Outcome == workflow.OutcomeNotRecommended {
		return "TIDAK DIREKOMENDASIKAN"
	}
	if strings.TrimSpace(p.recommended(keyConditions)) != "" {
		return "DIREKOMENDASIKAN DENGAN SYARAT"
	}
	return "DIREKOMENDASIKAN"
}

// listed prints a headed list, or nothing if it is empty.
func (p *letter) listed(head string, items []string) {
	if len(items) == 0 {
		return
	}
	p.gap(3)
	p.need(4 * p.lineHeight())
	p.para(body(), alignLeft, head)
	p.numbered(body(), items)
}

// withArticles writes the reasons of a field, each with its article.
func (p *letter) withArticles(key string) []string {
	var out []string
	for _, c := range cells(p.recommended(key), 2) {
		s := c[0]
		if c[1] != "" {
			s += " (" + c[1] + ")"
		}
		out = append(out, s)
	}
	return out
}

// teamHeadBlock is the block of the head of the Tim Teknis, who answers for the
// recommendation.
func (p *letter) teamHeadBlock() {
	p.gap(blockGap)
	b := signatureBox()
	made := p.l.Made
	if p.l.Signed != nil {
		made = *p.l.Signed
	}
	p.para(b, alignLeft, p.seat()+", "+date(made.At))
	mark := "Disetujui secara elektronik\n" + moment(made.At)
	if !p.certified {
		mark += "\nCONTOH – TIDAK SAH"
	}
	who := made.By
	who.Title = "Ketua Tim Teknis"
	p.signatory(b, who, mark)
}
