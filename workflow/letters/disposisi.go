package letters

import (
	"izinbot/workflow"
)

// disposition is the Lembar Disposisi, a form that goes with the file through the
// office.
func (p *letter) disposition() {
	p.letterhead()
	p.title()
	due := none
	if !p.c.ServiceClock.Due.IsZero() {
		due = date(p.c.ServiceClock.Due)
	}
	p.table(table{ruled: true, size: 10, gap: 1.3, cols: []column{{head: "Indeks"}, {head: "Kode"}, {head: "Nomor urut"}, {head: "Tanggal penyelesaian"}}, rows: [][]string{{
		orNone(p.field(keyIndex)), orNone(p.field(keyCode)), string(p.c.ID), due,
	}}})
	p.gap(3)
	p.facts(body(), 42, append([]fact{
		{"Isi ringkas", p.summary()},
		{"Asal surat", p.applicant()},
		{"Tanggal surat", date(p.c.Submitted)},
		{"Nomor", "resi " + string(p.c.ID)},
		{"Lampiran", p.enclosures()},
		{"Sifat", orNone(p.field(keyUrgency))},
	}, p.otherFacts()...))
	p.gap(3)
	p.table(table{ruled: true, size: bodySize, gap: 2, cols: []column{{head: "Instruksi/informasi"}, {head: "Diteruskan kepada", width: 66}}, rows: [][]string{{
		orNone(p.field(keyInstruction)), orNone(p.field(keyForwardedTo)),
	}}})
	p.gap(4)
	p.heading(bodySize, "Jejak berkas")
	p.gap(1)
	p.table(table{ruled: true, size: 9.5, rows: p.trail(), cols: []column{
		{head: "Langkah", width: 17, align: alignCentre},
		{head: "Kegiatan"},
		{head: "Petugas", width: 46},
		{head: "Selesai (WIB)", width: 29, align: alignCentre},
		{head: "Paraf", width: 17, align: alignCentre},
	}})
	p.officerBlock(p.placeAndDate())
}

// summary gives the subject of the file on one line.
func (p *letter) summary() string {
	s := "Permohonan " + p.sop.Permit.ID
	if field := p.shown(workflow.MeansField); field != "" {
		s += ", bidang " + midSentence(field)
	}
	if site := p.site(); site != "" {
		s += ", lokasi " + site
	}
	return s
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

// trail lists the steps that the file has been through. Who passed it on in the
// chat stands for a paraf by hand.
func (p *letter) trail() [][]string {
	var rows [][]string
	for _, run := range p.c.Trail {
		step, _ := p.sop.Step(run.Step)
		paraf := none
		if run.By.Officer != "" {
			paraf = initials(run.By.Name, none)
		}
		rows = append(rows, []string{itoa(run.Step), orNone(step.Activity), orNone(run.By.Name), stamp(run.Clock.Stop), paraf})
	}
	if len(rows) == 0 {
		rows = append(rows, []string{none, "Berkas baru masuk", none, none, none})
	}
	return rows
}
