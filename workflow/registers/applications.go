package registers

import (
	"context"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/store"
)

// applicationBook lists the applications by their numbers.
func applicationBook() Book {
	return Book{Kind: Applications, Title: "Daftar Permohonan", Columns: []Column{
		{Head: "No.", Type: Number, Width: 3},
		{Head: "Nomor permohonan", Type: Code, Width: 10},
		{Head: "Masuk", Type: Time, Width: 8},
		{Head: "Lembaga", Width: 15},
		{Head: "Negara asal", Width: 8},
		{Head: "Jenis izin", Width: 10},
		{Head: "Dokumen", Type: Number, Width: 5, Sum: true},
		{Head: "Tanggal resi", Type: Date, Width: 7},
		{Head: "Batas layanan", Type: Date, Width: 7},
		{Head: "Keadaan", Width: 15},
		{Head: "Selesai", Type: Date, Width: 7},
	}}
}

// applications gives a row for each number of an application, procedure by procedure.
func (r *reading) applications(ctx context.Context) error {
	all, err := r.Procedures.All(ctx)
	if err != nil {
		return err
	}
	seen, more := map[string]bool{}, true
	for _, def := range all {
		if seen[def.Code] || !more {
			continue
		}
		seen[def.Code] = true
		err := r.walk(ctx, workflow.RegisterIntake+"/"+def.Code, func(row store.NumberRow) (bool, error) {
			f, err := r.open(ctx, workflow.CaseID(row.Printed))
			if err == nil {
				more = r.give(application(row, f))
			}
			return more, err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func application(row store.NumberRow, f file) Row {
	cells := []Cell{number(row.Seq), text(row.Printed), {}, {}, {}, {}, {}, {}, {}, {}, {}}
	if f.err != nil {
		cells[9] = text(unread(f.err))
		return Row{Cells: cells}
	}
	cells[2], cells[3], cells[4] = at(f.c.Submitted), text(f.body()), text(f.answer(workflow.MeansCountry))
	cells[5], cells[6] = text(f.def.Permit.ID), number(documents(f.c))
	cells[7], cells[8] = at(f.c.ServiceClock.Start), at(due(f.c))
	cells[9], cells[10] = text(state(f)), ended(f.c.Ended)
	return of(f.c, cells...)
}

// due is until when the service was or is promised.
func due(c workflow.Case) time.Time { return c.ServiceClock.Due }

// state says how far an application is.
func state(f file) string {
	switch f.c.End {
	case workflow.EndGranted:
		return "izin terbit"
	case workflow.EndRefused:
		return "ditolak"
	case workflow.EndWithdrawn:
		return "BATAL: dicabut pemohon"
	case workflow.EndUnanswered:
		return "ditutup: tidak dilengkapi"
	case "":
	default:
		return f.c.End
	}
	if f.c.WaitsFor(f.def) == workflow.RoleApplicant {
		return "menunggu pemohon"
	}
	st, _ := f.def.Step(f.c.Step)
	return st.Activity
}
