package letters

import (
	"context"
	"fmt"
	"strings"

	"izinbot/workflow"
)

// summaryFile names the text blocks of courtesy summaries.
const summaryFile = "ringkasan"

// summaryEdge is the end of the text, in millimetres from the top; the footer is below.
const summaryEdge = 267.0

// Summary gives a page in English that tells what a letter to the applicant says, as PDF: no
// letter itself, and without a number. What officers wrote stands there as they wrote it. The
// same arguments give the same bytes. ok is false for kinds that no applicant gets.
func (d *Drawer) Summary(_ context.Context, sop *workflow.SOP, c workflow.Case, l workflow.Letter) (pdf []byte, ok bool, err error) {
	if d.broken != nil {
		return nil, false, d.broken
	}
	p := &letter{office: d.office, texts: d.texts, certified: d.cfg.Certified, sop: sop, c: c, l: l}
	tell, ok := p.summaries()[l.Kind]
	if !ok {
		return nil, false, nil
	}
	p.def = letterDef(sop, l.Kind)
	p.step, _ = sop.Step(l.Step)
	p.fields = p.englishValues(d.cfg.Calendar)
	p.canvas = newCanvas(d.fonts, spacings()[0], p.sum("judul")+" "+string(c.ID), d.office.Name, p.date())
	p.info.Lang, p.bottom = "en", summaryEdge
	p.newPage()
	p.summary(tell)
	out, err := p.bytes()
	if err != nil {
		return nil, false, fmt.Errorf("summary of %s: %w", l.ID, err)
	}
	return out, true, nil
}

// summarized is what the summary of a kind says.
type summarized struct {
	facts, next string // blocks
	passages    func() []passage
}

// passage is what officers wrote, under a heading.
type passage struct {
	head  string
	items []string
}

func (p *letter) summaries() map[workflow.LetterKind]summarized {
	none := func() []passage { return nil }
	return map[workflow.LetterKind]summarized{
		kindClarification: {"klarifikasi_isi", "klarifikasi_langkah", p.wantingInEnglish},
		kindReceipt:       {"resi_isi", "resi_langkah", none},
		kindVisitReport:   {"berita_acara_isi", "berita_acara_langkah", p.conclusionAsWritten},
		kindPermit: {"surat_izin_isi", "surat_izin_langkah", func() []passage {
			return []passage{{p.sum("surat_izin_kata"), p.asWritten(p.provisions())}}
		}},
		kindRefusal: {"surat_penolakan_isi", "surat_penolakan_langkah", func() []passage {
			return []passage{
				{p.sum("surat_penolakan_kata"), p.asWritten(p.withArticles(keyReasons))},
				{p.sum("surat_penolakan_perbaikan"), p.asWritten(list(p.field(keyMend)))},
			}
		}},
	}
}

func (p *letter) wantingInEnglish() []passage {
	var items []string
	for _, code := range p.c.Asked(p.sop) {
		def, _ := p.sop.Document(code)
		why := p.sum("klarifikasi_belum")
		if doc, ok := p.c.Document(code); ok && doc.Verdict != nil {
			why = p.sum("klarifikasi_keliru")
			if said := flat(doc.Verdict.Reason); said != "" {
				why = p.asWritten([]string{said})[0]
			}
		}
		name := def.Name.In(workflow.English)
		if def.Name.EN == "" {
			name = p.asWritten([]string{def.Name.ID})[0]
		}
		items = append(items, string(code)+" "+name+": "+why)
	}
	return []passage{{"", items}}
}

func (p *letter) conclusionAsWritten() []passage {
	if p.c.Visit == nil || p.c.Visit.Conclusion == "" {
		return nil
	}
	return []passage{{p.sum("berita_acara_kata"), p.asWritten([]string{p.c.Visit.Conclusion})}}
}

// asWritten marks the words of officers, which nobody translates.
func (p *letter) asWritten(items []string) []string {
	out := make([]string, len(items))
	for i, item := range items {
		out[i] = strings.TrimSpace(flat(item)) + " " + p.sum("kata_petugas")
	}
	return out
}

// sum is a block of the summaries as one text.
func (p *letter) sum(block string) string { return strings.Join(p.sumLines(block), "\n") }

func (p *letter) sumLines(block string) []string {
	var out []string
	for _, row := range p.rowsOf(summaryFile, block) {
		out = append(out, row[0])
	}
	return out
}

// summary draws the page.
func (p *letter) summary(tell summarized) {
	p.marks.Heading(1, func() { p.centred(bold, 15, p.sum("judul")) })
	p.gap(3)
	p.table(table{ruled: true, gap: 2, means: prose, rows: [][]string{{p.sum("bukan_surat")}}, cols: []column{{style: bold}}})
	p.gap(4)
	var about []fact
	for _, row := range p.rowsOf(summaryFile, "surat") {
		about = append(about, fact{row[0], row[1]})
	}
	p.facts(body(), 36, about)
	p.summaryHead("judul_isi")
	for _, line := range p.sumLines(tell.facts) {
		p.para(body(), alignLeft, line)
		p.gap(1)
	}
	next, contact := p.sumLines(tell.next), p.sumLines("kontak")
	room := summaryEdge - p.textHeight(next) - p.textHeight(contact) - 2*(5+2*p.lineHeight())
	for _, part := range tell.passages() {
		if !p.passage(part, room) {
			break
		}
	}
	p.summaryHead("judul_langkah")
	p.numbered(body(), next)
	p.summaryHead("judul_kontak")
	for _, line := range contact {
		p.para(body(), alignLeft, line)
	}
	p.summaryFooter()
}

func (p *letter) summaryHead(block string) {
	p.gap(5)
	p.marks.Heading(2, func() { p.with(bold, bodySize+1, func() { p.para(body(), alignLeft, p.sum(block)) }) })
	p.gap(1)
}

// passage prints the items for which there is room above y, and tells whether these are all: the
// page is one, whatever was written.
func (p *letter) passage(part passage, y float64) bool {
	if len(part.items) == 0 {
		return true
	}
	rest := []string{p.sum("selebihnya")}
	fits, h := 0, p.y+2*p.lineHeight()
	for i, item := range part.items {
		h += p.textHeight([]string{item})
		if i < len(part.items)-1 && h+p.textHeight(rest) > y || h > y {
			break
		}
		fits++
	}
	p.gap(1)
	if part.head != "" && fits > 0 {
		p.para(body(), alignLeft, part.head)
	}
	p.numbered(body(), part.items[:fits])
	if fits < len(part.items) {
		p.para(body(), alignLeft, rest[0])
	}
	return fits == len(part.items)
}

// textHeight is how high lines are as items of a list.
func (p *letter) textHeight(items []string) float64 {
	n := 0
	for _, item := range items {
		n += len(p.wrap(item, textWidth-12))
	}
	return float64(n)*p.lineHeight() + float64(len(items))
}

func (p *letter) summaryFooter() {
	p.marks.Artifact("Footer", func() {
		p.rule(body(), summaryEdge+3, 0.2)
		p.with(regular, 7.5, func() {
			p.grey(70)
			p.put(body(), summaryEdge+5, alignRight, p.office.ShortName+" · "+string(p.c.ID)+" · "+p.sum("judul"))
			p.grey(0)
		})
	})
}
