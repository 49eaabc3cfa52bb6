package letters

import (
	"strings"

	"izinbot/workflow"
)

// presence lists where the team stood and how far that is from the declared site. Points that
// prove no presence stand apart, each with what it is.
func (p *letter) presence(v workflow.Visit) {
	proofs, others := v.Presence()
	switch {
	case len(proofs) > 0:
		p.checkIns(proofs, "kepala_titik", sentHow)
	case len(others) > 0:
		p.say("tanpa_bukti")
	default:
		p.say("tanpa_titik")
	}
	if len(others) == 0 {
		return
	}
	p.gap(2)
	p.need(20)
	p.para(body(), alignLeft, p.words("titik_lain"))
	p.gap(1)
	p.checkIns(others, "kepala_titik_lain", weakness)
}

// checkIns is a table of positions with the heads of a block; the last column says something
// of each.
func (p *letter) checkIns(list []workflow.CheckIn, heads string, last func(workflow.CheckIn) string) {
	rows := make([][]string, 0, len(list))
	for _, l := range list {
		distance := "alamat tanpa koordinat"
		if l.Distance >= 0 {
			distance = metres(l.Distance)
		}
		at := coordinates(l.Lat, l.Lon)
		if l.Accuracy > 0 {
			at += "\n(± " + metres(l.Accuracy) + ")"
		}
		rows = append(rows, []string{stamp(l.When()), orNone(l.By.Name), at, distance, last(l)})
	}
	p.table(table{ruled: true, size: 9.5, rows: rows, cols: p.headed(heads,
		column{width: 29, align: alignCentre}, column{}, column{width: 46, align: alignCentre}, column{width: 29, align: alignCentre}, column{width: 32})})
}

// sentHow says how a position that proves presence was sent.
func sentHow(l workflow.CheckIn) string {
	if l.Kind == workflow.PointLive {
		return "lokasi langsung"
	}
	return "dikirim dari ponsel"
}

// weakness says why a position proves no presence.
func weakness(l workflow.CheckIn) string {
	switch l.Weakness() {
	case workflow.NotOwn:
		return "titik terusan dari pesan lain"
	case workflow.PickedByName:
		if l.Name != "" {
			return "tempat yang dipilih dari daftar: " + l.Name
		}
		return "tempat yang dipilih dari daftar"
	case workflow.TooOld:
		return "titik lama, diambil sebelum dikirim"
	case workflow.TooVague:
		return "titik kurang teliti"
	case workflow.Proves:
	}
	return none
}

// doubts says what a photo's camera recorded that does not fit the visit; "" if all fits.
func (p *letter) doubts(ph workflow.Photo) string {
	if p.c.Visit == nil {
		return ""
	}
	d := p.c.Visit.Doubts(ph, p.c.Site(p.sop))
	var said []string
	if d.Time {
		said = append(said, "waktu kamera di luar waktu kunjungan")
	}
	if d.Distance > 0 {
		said = append(said, "tempat kamera "+metres(d.Distance)+" dari titik tim dan lokasi yang dinyatakan")
	}
	if len(said) == 0 {
		return ""
	}
	return "TIDAK COCOK: " + strings.Join(said, "; ")
}
