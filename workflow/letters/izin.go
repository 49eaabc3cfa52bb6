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
	p.section("Dasar", func(b box) { p.numbered(b, p.bases()) })
	p.gap(2)
	p.section("Memperhatikan", func(b box) {
		p.numbered(b, append([]string{capital(p.application())}, p.cites(
			citation{kindVisitReport, "Berita Acara Peninjauan Lapangan"},
			citation{kindRecommendation, "Rekomendasi Tim Teknis"},
		)...))
	})
	p.gap(4)
	p.marks.Heading(2, func() { p.centred(bold, 13, "MEMBERIKAN IZIN KEPADA:") })
	p.gap(3)
	p.facts(body(), 58, p.publicFacts())
	p.others()
	p.gap(2)
	p.need(10)
	p.table(table{gap: 0.3, rows: [][]string{{"Berlaku sampai dengan", ":", p.validUntil()}}, cols: []column{
		{width: 58, style: bold}, {width: 3.5, style: bold}, {style: bold},
	}})
	p.papers()
	p.gap(3)
	p.need(4 * p.lineHeight())
	p.para(body(), alignLeft, "Dengan ketentuan:")
	p.gap(0.5)
	items := p.provisions() // two at least
	last := len(items) - 2
	p.numberedFrom(1, body(), items[:last])
	p.need(p.blockHeight(2) + 5*p.lineHeight()) // no signature alone on a page
	p.numberedFrom(last+1, body(), items[last:])
	p.ordained()
	p.copies()
}

// validUntil is the last day of the permit: as filled in, or else the day on
// which the first of the papers that it rests on ends.
func (p *letter) validUntil() string {
	v := or(p.l.Fields.Of(p.step.Fields, workflow.MeansValidUntil), p.l.Fields[keyValidUntil])
	if v != "" {
		return formDate(v)
	}
	if first, ok := p.firstExpiry(); ok {
		return date(first)
	}
	return pending
}

func (p *letter) firstExpiry() (first time.Time, ok bool) {
	for _, d := range p.c.Documents {
		if t, good := parseDate(d.Expiry); good && (!ok || t.Before(first)) {
			first, ok = t, true
		}
	}
	return first, ok
}

// papers names the papers that the permit may not outlive.
func (p *letter) papers() {
	var list []string
	for _, d := range p.c.Documents {
		def, ok := p.sop.Document(d.Code)
		if t, good := parseDate(d.Expiry); ok && def.Expires && good {
			list = append(list, def.Name.ID+" ("+date(t)+")")
		}
	}
	if len(list) == 0 {
		return
	}
	text := "tidak melampaui masa berlaku " + strings.Join(list, "; ")
	p.with(regular, 9.5, func() { p.para(box{leftEdge + 61.5, textWidth - 61.5}, alignLeft, text) })
}

// provisions are those that were filled in, what the permit is not (docs/sop/aturan.md,
// 10) unless one of them says it, and the price.
func (p *letter) provisions() []string {
	out := list(p.field(keyProvisions))
	said := slices.ContainsFunc(out, func(s string) bool { return strings.Contains(strings.ToLower(s), "tidak menggantikan") })
	if !said {
		out = append(out, p.limits()...)
	}
	return append(out, capital(p.tariff())+".")
}

// limits says what the permit does not replace, in the office's words or else in
// general ones.
func (p *letter) limits() []string {
	if words := p.office.Limits[p.sop.Code]; len(words) > 0 {
		return words
	}
	return []string{"Izin ini tidak menggantikan izin, persetujuan atau pendaftaran lain yang menjadi wewenang instansi lain."}
}
