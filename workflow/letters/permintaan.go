package letters

import (
	"strings"

	"izinbot/workflow"
)

// request is the Surat Permintaan Rekomendasi to the Tim Teknis (step 6).
func (p *letter) request() {
	p.letterhead()
	p.correspondence(or(p.field(keyUrgency), "Segera"), p.enclosures(), p.office.TeamHead)
	p.para(body(), alignJustify, "Sehubungan dengan "+p.application()+", dan berdasarkan:")
	p.gap(1)
	p.numbered(body(), p.bases())
	p.gap(2)
	p.para(body(), alignJustify, "dengan ini kami mohon Saudara memberikan rekomendasi teknis atas permohonan "+p.sop.Permit.ID+" dengan keterangan sebagai berikut:")
	p.gap(1)
	p.facts(box{leftEdge + 7, textWidth - 7}, 57, p.publicFacts())
	p.others()
	p.gap(2)
	p.para(body(), alignJustify, p.plan())
	if v := p.field(keyVisitObject); v != "" {
		p.gap(1)
		p.para(body(), alignJustify, "Hal yang perlu diperiksa:")
		p.numbered(box{leftEdge + 7, textWidth - 7}, list(v))
	}
	p.gap(2)
	p.closing(0, "Demikian disampaikan, atas perhatian dan kerja sama Saudara diucapkan terima kasih.")
	p.signature()
	p.copies()
	p.enclosureList()
}

// plan says when the visit is and when the recommendation is due.
func (p *letter) plan() string {
	var s string
	if day := p.visitDay(); day != "" {
		s = "Peninjauan lapangan direncanakan pada " + day + p.visitLength() + ". "
	}
	if due := p.c.ServiceClock.Due; !due.IsZero() {
		s += "Mengingat batas waktu pelayanan kepada pemohon adalah " + dayAndDate(due) + ", "
	} else {
		s += "Mengingat batas waktu pelayanan kepada pemohon, "
	}
	return s + "kami mohon berita acara dan rekomendasi disampaikan" + p.teamTime() + "."
}

// teamTime is the working time that the procedure gives the Tim Teknis for visit
// and recommendation.
func (p *letter) teamTime() string {
	var parts []string
	for _, st := range p.sop.Steps {
		switch {
		case st.Kind == workflow.KindVisit && !st.Time.IsZero():
			parts = append(parts, "berita acara dalam "+workingTime(st.Time)+" setelah surat ini")
		case st.Kind == workflow.KindRecommend && !st.Time.IsZero():
			parts = append(parts, "rekomendasi dalam "+workingTime(st.Time)+" setelah berita acara")
		}
	}
	if len(parts) == 0 {
		return " secepatnya"
	}
	return ": " + strings.Join(parts, " dan ")
}

// visitDay is the planned day, "Rabu, 2 Desember 2026".
func (p *letter) visitDay() string {
	v := or(p.l.Fields.Of(p.step.Fields, workflow.MeansVisitDay), p.l.Fields[keyVisitDay])
	if t, ok := parseDate(v); ok {
		return dayAndDate(t)
	}
	return v
}

// visitLength is " selama 1 (satu) hari", or nothing.
func (p *letter) visitLength() string {
	v := strings.TrimSpace(p.l.Fields[keyDays])
	if v == "" {
		return ""
	}
	if n, ok := wholeNumber(v); ok {
		v = count(n)
	}
	return " selama " + v + " hari"
}

// enclosureList is the list of the documents that go with the request.
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
	p.gap(6)
	p.need(20)
	p.heading(10, "Daftar lampiran")
	p.gap(1)
	p.table(table{ruled: true, size: 9, gap: 0.5, rows: rows, cols: []column{
		{head: "No.", width: 10, align: alignCentre},
		{head: "Kode", width: 13, align: alignCentre},
		{head: "Dokumen"},
		{head: "Isi", width: 34, align: alignCentre},
	}})
}

// bases is the procedure's legal basis, for "Dasar".
func (p *letter) bases() []string {
	if len(p.sop.LegalBasis) == 0 {
		return []string{none}
	}
	return p.sop.LegalBasis
}
