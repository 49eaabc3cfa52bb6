package letters

// disposition is the Lembar Disposisi, a form that goes with the file through the
// office.
func (p *letter) disposition() {
	p.letterhead()
	p.title()
	due := none
	if !p.c.ServiceClock.Due.IsZero() {
		due = date(p.c.ServiceClock.Due)
	}
	p.table(table{ruled: true, size: 10, gap: 1.3, cols: p.headed("kepala_urut", make([]column, 4)...), rows: [][]string{{
		orNone(p.field(keyIndex)), orNone(p.field(keyCode)), string(p.c.ID), due,
	}}})
	p.gap(3)
	p.facts(body(), 42, append(p.labelled("data"), p.otherFacts()...))
	p.gap(3)
	p.table(table{ruled: true, size: bodySize, gap: 2, cols: p.headed("kepala_instruksi", column{}, column{width: 66}), rows: [][]string{{
		orNone(p.field(keyInstruction)), orNone(p.field(keyForwardedTo)),
	}}})
	p.gap(4)
	p.heading(bodySize, p.words("judul_jejak"))
	p.gap(1)
	p.table(table{ruled: true, size: 9.5, rows: p.trail(), tail: 4 + p.officerHeight(1), cols: p.headed("kepala_jejak",
		column{width: 17, align: alignCentre}, column{}, column{width: 46}, column{width: 29, align: alignCentre}, column{width: 17, align: alignCentre})})
	p.officerBlock(p.placeAndDate())
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
		rows = append(rows, []string{none, p.words("berkas_baru"), none, none, none})
	}
	return rows
}
