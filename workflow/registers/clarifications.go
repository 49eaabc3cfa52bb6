package registers

import (
	"context"
	"strings"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/store"
)

// clarificationBook lists what applicants were asked to complete.
func clarificationBook() Book {
	return Book{Kind: Clarifications, Title: "Buku Klarifikasi", Columns: []Column{
		{Head: "No.", Type: Number, Width: 3},
		{Head: "Diminta", Type: Time, Width: 8},
		{Head: "Permohonan", Type: Code, Width: 10},
		{Head: "Lembaga", Width: 15},
		{Head: "Putaran", Type: Number, Width: 5},
		{Head: "Dokumen yang diminta", Width: 16},
		{Head: "Jumlah", Type: Number, Width: 5, Sum: true},
		{Head: "Batas jawab", Type: Time, Width: 8},
		{Head: "Dijawab", Type: Time, Width: 8},
		{Head: "Petugas", Width: 13},
	}}
}

// asks picks milestones at which an applicant was asked.
func (*reading) asks(_ []*workflow.SOP, m store.Milestone) bool {
	return m.Kind == store.MilestoneClarify
}

// clarification gives the request that was made in a case at an instant.
func (r *reading) clarification(ctx context.Context, f file, asked time.Time) (bool, error) {
	for round := 1; round <= f.c.Round; round++ {
		l, ok := f.c.Letter(workflow.MakeLetterID(workflow.LetterClarification, round))
		if !ok || !l.Made.At.Equal(asked) {
			continue
		}
		codes, err := r.askedFor(ctx, f, asked)
		if err != nil {
			return false, err
		}
		due, answered := replied(f, asked)
		return r.give(of(f.c, number(r.n+1), at(asked), text(string(f.id)), text(f.body()), number(round),
			text(strings.Join(codes, ", ")), number(len(codes)), at(due), at(answered), text(l.Made.By.Shown()))), nil
	}
	return true, nil
}

// askedFor gives the documents that were asked for at an instant: the case remembers the
// verdicts of its last check alone, the history those of all.
func (r *reading) askedFor(ctx context.Context, f file, asked time.Time) ([]string, error) {
	entries, err := r.Store.History(ctx, f.id)
	if err != nil {
		return nil, err
	}
	n := 0
	for n < len(entries) && !entries[n].At.After(asked) {
		n++
	}
	then, err := workflow.Replay(f.def, entries[:n])
	if err != nil {
		return nil, nil //nolint:nilerr // a damaged history is told by audit verify
	}
	var codes []string
	for _, code := range then.Asked(f.def) {
		codes = append(codes, string(code))
	}
	return codes, nil
}

// replied gives until when the answer to a request was awaited, and when it came; zero: it has
// not come.
func replied(f file, asked time.Time) (due, answered time.Time) {
	for _, run := range f.c.Trail {
		if run.Clock.Start.Equal(asked) && run.Clock.Budget == f.def.ReplyTime {
			return run.Due, run.Clock.Stop
		}
	}
	if f.c.ReplyClock.Start.Equal(asked) {
		return f.c.ReplyClock.Due, time.Time{}
	}
	return time.Time{}, time.Time{}
}
