package registers

import (
	"context"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/store"
)

// courierBook is the Buku Ekspedisi: what was sent or handed over, and who received it.
func courierBook() Book {
	return Book{Kind: Courier, Title: "Buku Ekspedisi", Columns: []Column{
		{Head: "No.", Type: Number, Width: 3},
		{Head: "Dikirim", Type: Time, Width: 8},
		{Head: "Nomor surat", Type: Code, Width: 12},
		{Head: "Hal", Width: 13},
		{Head: "Tujuan", Width: 13},
		{Head: "Cara", Width: 6},
		{Head: "Diterima", Type: Time, Width: 8},
		{Head: "Penerima", Width: 10},
		{Head: "Identitas diperiksa", Width: 8},
		{Head: "Bukti", Width: 10},
		{Head: "Petugas", Width: 11},
		{Head: "Resi", Type: Code, Width: 8},
	}}
}

// delivers picks milestones at which a letter may have been sent.
func (*reading) delivers(all []*workflow.SOP, m store.Milestone) bool {
	return m.Kind == store.MilestoneEnd || m.Kind == store.MilestoneRun && stepOf(all, m, workflow.KindDeliver)
}

// courier gives the letters of a case that were sent at an instant.
func (r *reading) courier(_ context.Context, f file, sent time.Time) (bool, error) {
	for _, l := range f.c.Letters {
		if l.Sent == nil || !l.Sent.At.Equal(sent) {
			continue
		}
		def, _ := f.def.Letter(l.Kind)
		cells := []Cell{
			number(r.n + 1), at(l.Sent.At),
			{},
			text(subject(numbered{def: def})), text(f.body()), text(means(l.Sent.Means)),
			{},
			{},
			{},
			{},
			text(l.Sent.By.Shown()), text(string(f.id)),
		}
		if l.Number != nil {
			cells[2] = text(l.Number.Text)
		}
		if got := l.Received; got != nil {
			cells[6], cells[7], cells[8], cells[9] = at(got.At), text(got.Recipient), text(checked(*got)), text(proof(*got))
		}
		if !r.give(of(f.c, cells...)) {
			return false, nil
		}
	}
	return true, nil
}

func means(m workflow.Means) string {
	if m == workflow.MeansCounter {
		return "loket"
	}
	return "chat"
}

// checked names the identity that was shown at the counter.
func checked(r workflow.Receipt) string {
	switch {
	case !r.IdentityChecked:
		return ""
	case r.Identity == "":
		return "ya"
	}
	return r.Identity
}

// proof says what proves the receipt.
func proof(r workflow.Receipt) string {
	if r.Means == workflow.MeansCounter {
		return "dicatat " + r.By.Name
	}
	return "dinyatakan di chat"
}
