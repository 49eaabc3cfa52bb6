package letters

import (
	"slices"
	"strings"
	"time"

	"izinbot/workflow"
)

// permit is the Surat Izin (step 17).
func (p *letter) permit() {
	p.letterhead()
	p.title()
	p.section("judul_dasar", func(b box) { p.numbered(b, p.bases()) })
	p.gap(2)
	p.section("judul_memperhatikan", func(b box) { p.numbered(b, p.lines("memperhatikan")) })
	p.gap(4)
	p.marks.Heading(2, func() { p.centred(bold, 13, p.words("memberikan")) })
	p.gap(3)
	p.facts(body(), 58, p.publicFacts())
	p.others()
	p.gap(2)
	p.need(10)
	for _, f := range p.labelled("berlaku") {
		p.table(table{gap: 0.3, rows: [][]string{{f.label, ":", f.value}}, cols: []column{
			{width: 58, style: bold}, {width: 3.5, style: bold}, {style: bold},
		}})
	}
	if limit := p.words("masa_dokumen"); limit != "" {
		p.with(regular, 9.5, func() { p.para(box{leftEdge + 61.5, textWidth - 61.5}, alignLeft, limit) })
	}
	p.listed("judul_ketentuan", p.provisions(), p.sayHeight("biaya")+1+p.blockHeight(2))
	p.gap(1)
	p.say("biaya")
	p.ordained()
}

// validUntil is the last day of the permit: as filled in, or else the day on
// which the first of the papers that it rests on ends.
func (p *letter) validUntil() string {
	if day, ok := p.validDay(); ok {
		return date(day)
	}
	return or(p.filledUntil(), pending)
}

// filledUntil is the last day as it was filled in.
func (p *letter) filledUntil() string {
	return or(p.l.Fields.Of(p.step.Fields, workflow.MeansValidUntil), p.l.Fields[keyValidUntil])
}

// validDay is validUntil as a date; not ok if what was filled in is none, or nothing says it.
func (p *letter) validDay() (time.Time, bool) {
	if v := p.filledUntil(); v != "" {
		return parseDate(v)
	}
	return p.firstExpiry()
}

func (p *letter) firstExpiry() (first time.Time, ok bool) {
	for _, d := range p.c.Documents {
		if t, good := parseDate(d.Expiry); good && (!ok || t.Before(first)) {
			first, ok = t, true
		}
	}
	return first, ok
}

// expiring names the papers that the permit may not outlive, each with its last day.
func (p *letter) expiring() string {
	var list []string
	for _, d := range p.c.Documents {
		def, ok := p.sop.Document(d.Code)
		if t, good := parseDate(d.Expiry); ok && def.Expires && good {
			list = append(list, def.Name.ID+" ("+date(t)+")")
		}
	}
	return strings.Join(list, "; ")
}

// provisions are those that were filled in, the conditions of the recommendation that they
// leave out, and what the permit is not (docs/sop/aturan.md, 10) unless one of them says it.
func (p *letter) provisions() []string {
	standing := ""
	if i := slices.IndexFunc(p.step.Fields, func(f workflow.Field) bool { return f.Key == keyProvisions }); i >= 0 {
		standing = p.step.Fields[i].Default
	}
	out := p.c.Provisions(p.field(keyProvisions), standing)
	said := slices.ContainsFunc(out, func(s string) bool { return strings.Contains(strings.ToLower(s), "tidak menggantikan") })
	if !said {
		out = append(out, p.limits()...)
	}
	return out
}

// limits says what the permit does not replace, in the office's words or else in
// general ones.
func (p *letter) limits() []string {
	if words := p.office.Limits[p.sop.Code]; len(words) > 0 {
		return words
	}
	return p.lines("batasan")
}
