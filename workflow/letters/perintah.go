package letters

import (
	"slices"
	"strings"
	"unicode"
)

// assignment is the Surat Perintah Tugas of the Tim Teknis (step 6).
func (p *letter) assignment() {
	p.letterhead()
	p.title()
	p.section("judul_dasar", func(b box) { p.numbered(b, slices.Concat(p.bases(), p.lines("dasar"))) })
	p.gap(3)
	p.marks.Heading(2, func() { p.centred(bold, 12, p.words("memerintahkan")) })
	p.gap(3)
	p.section("judul_kepada", func(b box) { p.table(p.teamTable(b, p.team())) })
	p.gap(3)
	p.section("judul_untuk", func(b box) { p.numberedBefore(b, p.duties(), p.othersHeight()+3+p.closingHeight(2)) })
	p.others()
	p.gap(3)
	p.closing(2)
	p.ordained()
}

// section prints the word in a block at the left edge and what belongs to it beside it.
func (p *letter) section(head string, draw func(box)) {
	const indent = 33.0
	p.need(3 * p.lineHeight())
	page, top := p.pdf.PageNo(), p.y
	p.marks.Heading(2, func() {
		p.put(box{leftEdge, indent}, top+0.3, alignLeft, flat(p.words(head)))
		p.put(box{leftEdge + indent - 4, 4}, top+0.3, alignLeft, ":")
	})
	draw(box{leftEdge + indent, textWidth - indent})
	if p.pdf.PageNo() == page {
		p.y = max(p.y, top+p.lineHeight())
	}
}

// ordained prints "Ditetapkan di Sidikalang, pada tanggal …" and the signature.
func (p *letter) ordained() { p.signature(p.lines("ditetapkan")...) }

// duties lists the tasks of the team.
func (p *letter) duties() []string {
	out := p.lines("tugas")
	if v := p.field(keyVisitObject); v != "" {
		for _, p.fields.Butir = range list(v) {
			out = append(out, p.lines("periksa")...)
		}
	} else {
		out = append(out, p.lines("periksa_umum")...)
	}
	return append(out, p.lines("tugas_akhir")...)
}

// midSentence makes a sentence a part of another: without its capital, unless it
// begins with an abbreviation, and without its full stop.
func midSentence(s string) string {
	s = strings.TrimRight(s, ". ")
	r := []rune(s)
	if len(r) > 1 && unicode.IsUpper(r[0]) && unicode.IsLower(r[1]) {
		r[0] = unicode.ToLower(r[0])
	}
	return string(r)
}

// member is one officer of the Tim Teknis as letters print him.
type member struct{ name, rank, nip, title string }

// team gives the members named in the Surat Perintah Tugas, the head first.
func (p *letter) team() []member {
	v := p.l.Fields[keyTeamNames]
	if l, ok := p.latest(kindAssignment); ok && v == "" {
		v = l.Fields[keyTeamNames]
	}
	var out []member
	for _, c := range cells(v, 4) {
		out = append(out, member{c[0], c[1], c[2], c[3]})
	}
	return out
}

func (p *letter) teamTable(at box, team []member) table {
	rows := make([][]string, 0, len(team))
	for i, m := range team {
		title := m.title
		if i == 0 && len(team) > 1 {
			title = or(title, "Tim Teknis") + " (ketua)"
		}
		name := m.name
		if m.nip != "" {
			name += "\nNIP. " + m.nip
		}
		rows = append(rows, []string{itoa(i+1) + ".", name, orNone(m.rank), orNone(title)})
	}
	if len(rows) == 0 {
		rows = append(rows, []string{none, pending, pending, pending})
	}
	return table{at: at, ruled: true, size: 9.5, rows: rows, cols: p.headed("kepala_tim",
		column{width: 9, align: alignCentre}, column{}, column{width: 29}, column{})}
}
