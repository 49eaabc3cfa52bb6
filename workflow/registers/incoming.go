package registers

import (
	"context"

	"izinbot/workflow"
	"izinbot/workflow/store"
)

// incomingBook is the Buku Agenda Surat Masuk: the applicants' letters as they came in.
func incomingBook() Book {
	return Book{Kind: Incoming, Title: "Buku Agenda Surat Masuk", Columns: []Column{
		{Head: "No.", Type: Number, Width: 3},
		{Head: "Nomor agenda", Type: Code, Width: 11},
		{Head: "Diterima", Type: Time, Width: 8},
		{Head: "Nomor surat", Type: Code, Width: 11},
		{Head: "Tanggal surat", Type: Date, Width: 7},
		{Head: "Pengirim", Width: 15},
		{Head: "Perihal", Width: 14},
		{Head: "Lampiran", Type: Number, Width: 5, Sum: true},
		{Head: "Diteruskan kepada", Width: 10},
		{Head: Remark, Width: 13},
		{Head: "Permohonan", Type: Code, Width: 8},
	}}
}

// incoming gives a row for each number of the agenda.
func (r *reading) incoming(ctx context.Context) error {
	return r.walk(ctx, workflow.RegisterIncoming, func(row store.NumberRow) (bool, error) {
		f, err := r.open(ctx, caseOf(row))
		if err != nil {
			return false, err
		}
		return r.give(letterIn(row, f)), nil
	})
}

func letterIn(row store.NumberRow, f file) Row {
	cells := []Cell{number(row.Seq), text(row.Printed), at(row.Taken), {}, {}, {}, {}, {}, {}, {}, text(string(f.id))}
	if f.err != nil {
		cells[9] = text(unread(f.err))
		return Row{Cells: cells}
	}
	cells[2], cells[3] = at(f.c.Submitted), text(f.answer(workflow.MeansLetterNumber))
	cells[4], cells[5] = on(f.answer(workflow.MeansLetterDate)), text(f.body())
	cells[6], cells[7] = text("Permohonan "+f.def.Permit.ID), number(documents(f.c))
	cells[8], cells[9] = text(forwarded(f.c)), text(state(f))
	return of(f.c, cells...)
}

// unread says why a row has no application.
func unread(err error) string {
	if workflow.CodeOf(err) == workflow.CodeNotFound {
		return "dipesan, belum ada permohonannya"
	}
	return "permohonannya tidak terbaca"
}

// forwarded is to whom the routing slip passes the letter on.
func forwarded(c workflow.Case) string {
	const key = "diteruskan_kepada" // of the routing slip's field
	for _, l := range c.Letters {
		if l.Fields[key] != "" {
			return l.Fields[key]
		}
	}
	return ""
}
