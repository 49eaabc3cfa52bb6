package letters

import (
	"strconv"
	"strings"

	"izinbot/workflow"
)

// letterhead prints the kop: government, dinas, address, the seat letter-spaced,
// and a double rule.
func (p *letter) letterhead() {
	p.y = 13
	p.centred(regular, 14, p.office.Government)
	p.y += 0.5
	p.centred(bold, 15, p.office.Name)
	p.y += 0.8
	p.centred(regular, 9.5, p.office.Address)
	p.centred(regular, 9.5, p.contacts())
	p.y += 0.5
	p.centred(bold, 11.5, letterSpaced(p.office.Seat))
	p.y += 1.2
	p.rule(body(), p.y, 0.9)
	p.rule(body(), p.y+1.1, 0.25)
	p.y += 5.5
}

// contacts is the line under the address.
func (p *letter) contacts() string {
	var parts []string
	for _, c := range []fact{{"Telepon", p.office.Phone}, {"Pos-el", p.office.Email}, {"Laman", p.office.Website}} {
		if c.value != "" {
			parts = append(parts, c.label+" "+c.value)
		}
	}
	return strings.Join(parts, ", ")
}

// letterSpaced writes "SIDIKALANG" as "S I D I K A L A N G".
func letterSpaced(s string) string {
	return strings.Join(strings.Split(strings.ToUpper(flat(s)), ""), " ")
}

// title prints the letter's title over its number, if it is of a kind that has
// one, in the middle of the page.
func (p *letter) title() {
	p.marks.Heading(1, func() { p.centred(bold, 13, p.def.Title) })
	if p.def.Register != "" || p.l.Number != nil {
		p.centred(regular, bodySize, p.sharedWords("nomor"))
	}
	p.y += 4
}

// correspondence prints the head of a letter to somebody: number, urgency,
// enclosures and subject to the left, place and date to the right, the addressee
// below.
func (p *letter) correspondence() {
	top := p.y
	p.facts(box{leftEdge, 114}, 21, p.labelled("kepala_surat"))
	bottom := p.y
	p.put(box{leftEdge, textWidth}, top+0.3, alignRight, p.placeAndDate())
	p.y = max(bottom, top+p.lineHeight()) + 4
	addressee := p.lines("tujuan")
	for i, line := range addressee {
		at := body()
		if i > 0 && i < len(addressee)-1 {
			at.w = 110
		}
		p.para(at, alignLeft, line)
	}
	p.y += 4
}

// placeAndDate is "Sidikalang, 23 November 2026"; a draft of a letter that must
// be signed has no date yet.
func (p *letter) placeAndDate() string { return p.sharedWords("tempat_tanggal") }

// seat is the office's place as running text writes it, "Sidikalang".
func (p *letter) seat() string {
	words := strings.Fields(strings.ToLower(p.office.Seat))
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
