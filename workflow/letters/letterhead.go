package letters

import (
	"strconv"
	"strings"

	"izinbot/workflow"
)

// letterhead prints the kop: government, dinas, address, the seat letter-spaced,
// and a double rule.
func (p *letter) letterhead() {
	h := p.heads()
	p.y = 13
	at := body()
	if h == p.office.letterhead() {
		at = p.emblem(p.y)
	}
	p.centredIn(at, regular, 14, h.Government)
	p.y += 0.5
	p.centredIn(at, bold, 15, h.Name)
	p.y += 0.8
	p.centredIn(at, regular, 9.5, h.Address)
	p.centredIn(at, regular, 9.5, h.contacts())
	p.y += 0.5
	p.centredIn(at, bold, 11.5, letterSpaced(h.Seat))
	p.y = max(p.y+1.2, p.emblemEnd(at))
	p.rule(body(), p.y, 0.9)
	p.rule(body(), p.y+1.1, 0.25)
	p.y += 5.5
}

// heads is the letterhead of this letter: a recommendation is written on that of the Tim Teknis,
// if it has one of its own.
func (p *letter) heads() Letterhead {
	team := p.office.TeamLetterhead
	if p.l.Kind != kindRecommendation || team.Name == "" {
		return p.office.letterhead()
	}
	team.Government = or(team.Government, p.office.Government)
	return team
}

// centredIn is centred in a stretch of the page.
func (p *letter) centredIn(at box, style string, size float64, text string) {
	p.with(style, size, func() { p.para(p.balanced(at, text), alignCentre, text) })
}

// contacts is the line under the address.
func (h Letterhead) contacts() string {
	var parts []string
	for _, c := range []fact{{"Telepon", h.Phone}, {"Pos-el", h.Email}, {"Laman", h.Website}} {
		if c.value != "" {
			parts = append(parts, c.label+" "+c.value)
		}
	}
	return strings.Join(parts, ", ")
}

// letterSpaced writes "SIDIKALANG" as "S I D I K A L A N G"; a place of several words stays as it
// is, for its words could not be told apart.
func letterSpaced(s string) string {
	if strings.Contains(flat(s), " ") {
		return strings.ToUpper(flat(s))
	}
	return strings.Join(strings.Split(strings.ToUpper(flat(s)), ""), " ")
}

// title prints the letter's title over its number, if it is of a kind that has
// one, in the middle of the page.
func (p *letter) title() {
	p.marks.Heading(1, func() { p.centred(bold, 13, p.def.Title) })
	if p.def.Register != "" || p.l.Number != nil {
		p.centred(regular, bodySize, p.sharedWords("nomor"))
	}
	p.gap(4)
}

// correspondence prints the head of a letter to somebody: number, urgency,
// enclosures and subject to the left, place and date to the right, the addressee
// below.
func (p *letter) correspondence() {
	top := p.y
	p.facts(box{leftEdge, 114}, 21, p.labelled("kepala_surat"))
	bottom := p.y
	p.put(box{leftEdge, textWidth}, top+0.3, alignRight, p.placeAndDate())
	p.y = max(bottom, top+p.lineHeight())
	p.gap(4)
	addressee := p.lines("tujuan")
	for i, line := range addressee {
		at := body()
		if i > 0 {
			at.w = 110
		}
		p.para(at, alignLeft, line)
	}
	p.gap(4)
}

// destination is where the addressee is: the Tim Teknis by its town, the applicant by his
// address.
func (p *letter) destination() string {
	if p.l.Kind == kindRefusal {
		return p.of(workflow.MeansAddress)
	}
	return or(p.office.TeamTown, p.seat())
}

// placeAndDate is "Sidikalang, 23 November 2026"; a draft of a letter that must
// be signed has no date yet.
func (p *letter) placeAndDate() string { return p.sharedWords("tempat_tanggal") }

// seat is the office's place as running text writes it, "Sidikalang".
func (p *letter) seat() string {
	words := strings.Fields(strings.ToLower(p.heads().Seat))
	for i, w := range words {
		words[i] = strings.ToUpper(w[:1]) + w[1:]
	}
	return strings.Join(words, " ")
}

// unsigned tells whether the letter waits for a signature.
func (p *letter) unsigned() bool {
	k, _ := kindOf(p.l.Kind)
	return k.signed && p.l.Signed == nil
}

// underlay paints the background of every page: the marks of a draft,
// of a void letter and of the archive's copy.
func (p *letter) underlay() {
	p.marks.Artifact("Watermark", func() {
		switch {
		case p.l.Status == workflow.LetterVoid:
			p.watermark("BATAL")
		case p.draft():
			p.watermark("DRAF")
		}
	})
	tags := p.tags()
	if tags == "" {
		return
	}
	p.marks.Artifact("Header", func() {
		p.with(bold, 9, func() {
			p.pdf.SetTextColor(150, 30, 30)
			p.put(body(), 8, alignRight, tags)
			p.grey(0)
		})
	})
}

func (p *letter) tags() string {
	var tags []string
	if p.l.Status == workflow.LetterVoid {
		tags = append(tags, "BATAL")
	}
	if p.draft() {
		tags = append(tags, "DRAF – revisi "+strconv.Itoa(max(p.l.Revision, 1)))
	}
	if p.copy == Archive {
		tags = append(tags, "ARSIP")
	}
	return strings.Join(tags, "   ")
}

func (p *letter) watermark(text string) {
	p.with(bold, 120, func() {
		p.grey(232)
		x, y := pageWidth/2, pageHeight/2
		p.pdf.TransformBegin()
		p.pdf.TransformRotate(52, x, y)
		p.pdf.Text(x-p.pdf.GetStringWidth(text)/2, y+14, text)
		p.pdf.TransformEnd()
		p.grey(0)
	})
}
