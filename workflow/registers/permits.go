package registers

import (
	"strings"

	"izinbot/workflow"
)

// permitBook is the Buku Agenda Penomoran Izin.
func permitBook() Book {
	return Book{Kind: Permits, Title: "Buku Agenda Penomoran Izin", Columns: columns([]Column{
		{Head: "No.", Type: Number, Width: 3},
		{Head: "Nomor izin", Type: Code, Width: 12},
		{Head: "Tanggal izin", Type: Date, Width: 7},
		{Head: "Pemegang izin", Width: 13},
		{Head: "Jenis izin", Width: 9},
		{Head: "Lokasi", Width: 15},
		{Head: "Berlaku sampai", Type: Date, Width: 7},
		{Head: "Penanda tangan", Width: 10},
	}, numberColumns()...)}
}

func (r *reading) permit(n numbered) []Cell {
	cells := []Cell{number(n.Seq), text(n.Printed), n.date(), {}, {}, {}, {}, {}}
	if n.err != nil {
		return cells
	}
	cells[3], cells[4], cells[5] = text(n.body()), text(n.file.def.Permit.ID), text(site(n.file))
	if n.borne {
		cells[6] = on(n.letter.Fields.Of(n.step().Fields, workflow.MeansValidUntil))
	}
	if s := n.letter.Signed; s != nil {
		cells[7] = text(s.By.Shown())
	}
	return cells
}

// site is where the activity is, on one line.
func site(f file) string {
	return strings.Join(strings.Fields(f.answer(workflow.MeansSite)), " ")
}
