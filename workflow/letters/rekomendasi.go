package letters

import (
	"slices"
	"strings"

	"izinbot/workflow"
)

// recommendation is the Rekomendasi of the Tim Teknis (step 8).
func (p *letter) recommendation() {
	p.letterhead()
	p.marks.Heading(1, func() { p.centred(bold, 13, p.def.Title) })
	if p.field(keyOwnNumber) != "" || p.l.Number != nil {
		p.centred(regular, bodySize, p.sharedWords("nomor"))
	}
	p.gap(4)
	p.section("judul_dasar", func(b box) { p.numbered(b, slices.Concat(p.bases(), p.lines("dasar"))) })
	p.gap(3)
	p.say("pembuka")
	p.gap(2)
	p.assessment()
	p.verdict()
	p.listed("judul_pertimbangan", p.withArticles(keyReasons), 2+p.closingHeight(1))
	p.listed("judul_syarat", list(p.recommended(keyConditions)), 2+p.closingHeight(1))
	p.others()
	p.gap(2)
	p.closing(1)
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
	p.table(table{ruled: true, size: 10, rows: rows, cols: p.headed("kepala_penilaian",
		column{width: 10, align: alignCentre}, column{width: 70}, column{})})
}

// verdict prints the outcome in its frame.
func (p *letter) verdict() {
	p.gap(4)
	p.need(28)
	p.para(body(), alignLeft, p.words("putusan"))
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
		return p.words("tidak_direkomendasikan")
	}
	if strings.TrimSpace(p.recommended(keyConditions)) != "" {
		return p.words("dengan_syarat")
	}
	return p.words("direkomendasikan")
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
	p.signedAt = position{p.pdf.PageNo(), p.y}
	b := signatureBox()
	made := p.l.Made
	if p.l.Signed != nil {
		made = *p.l.Signed
	}
	p.para(b, alignLeft, p.placeAndDate())
	mark := "Disetujui secara elektronik\n" + moment(made.At)
	if !p.certified {
		mark += "\nCONTOH – TIDAK SAH"
	}
	who := made.By
	who.Title = p.words("jabatan")
	p.signatory(b, who, mark)
	p.aside()
}
