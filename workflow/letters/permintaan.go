package letters

import (
	"strings"

	"izinbot/workflow"
)

// request is the Surat Permintaan Rekomendasi to the Tim Teknis (step 6).
func (p *letter) request() {
	p.letterhead()
	p.correspondence()
	p.say("pembuka")
	p.gap(1)
	p.numbered(body(), p.bases())
	p.gap(2)
	p.say("permintaan")
	p.gap(1)
	p.facts(box{leftEdge + 7, textWidth - 7}, 57, p.publicFacts())
	p.others()
	p.gap(2)
	p.say("rencana")
	p.listed("judul_periksa", list(p.field(keyVisitObject)), 2+p.closingHeight(0))
	p.gap(2)
	p.closing(0)
	p.signature()
	p.enclosureList()
}

// visitDay is the planned day, "Rabu, 2 Desember 2026".
func (p *letter) visitDay() string {
	v := or(p.l.Fields.Of(p.step.Fields, workflow.MeansVisitDay), p.l.Fields[keyVisitDay])
	if t, ok := parseDate(v); ok {
		return dayAndDate(t)
	}
	return v
}

// visitLength is the planned number of days, "1 (satu)", or nothing.
func (p *letter) visitLength() string {
	v := strings.TrimSpace(p.l.Fields[keyDays])
	if n, ok := wholeNumber(v); ok {
		return count(n)
	}
	return v
}

// enclosureList is the list of the documents that go with the request, on a page of its own after
// the signature's.
func (p *letter) enclosureList() {
	var rows [][]string
	for _, d := range p.c.Documents {
		def, _ := p.sop.Document(d.Code)
		if len(d.Files) > 0 {
			rows = append(rows, []string{itoa(len(rows)+1) + ".", string(d.Code), def.Name.ID, itoa(len(d.Files)) + " berkas" + sheets(d.Files)})
		}
	}
	if len(rows) == 0 {
		return
	}
	p.newPage()
	p.heading(bodySize, p.words("judul_lampiran"))
	p.gap(3)
	p.table(table{ruled: true, size: 9, gap: 0.5, rows: rows, cols: p.headed("kepala_lampiran",
		column{width: 10, align: alignCentre}, column{width: 13, align: alignCentre}, column{}, column{width: 34, align: alignCentre})})
}

// bases is the legal basis, for "Dasar".
func (p *letter) bases() []string {
	if list := p.office.bases(p.sop); len(list) > 0 {
		return list
	}
	return []string{none}
}

// enclosures counts the documents that came with the application.
func (p *letter) enclosures() string {
	n := 0
	for _, d := range p.c.Documents {
		if len(d.Files) > 0 {
			n++
		}
	}
	if n == 0 {
		return none
	}
	return count(n) + " dokumen"
}
