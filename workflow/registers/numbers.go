package registers

import (
	"context"
	"strings"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/store"
)

// page is how many rows of a register are read at once.
const page = 500

// walk gives the numbers of a register that were reserved in the period, until more is false.
func (r *reading) walk(ctx context.Context, register string, each func(store.NumberRow) (more bool, err error)) error {
	first, last := r.period.From.In(workflow.WIB()).Year(), r.period.To.Add(-1).In(workflow.WIB()).Year()
	for year := first; year <= last; year++ {
		q := store.NumberQuery{Register: register, Year: year, From: r.period.From, To: r.period.To, Limit: page}
		for {
			rows, err := r.Store.NumbersTaken(ctx, q)
			if err != nil {
				return err
			}
			for _, row := range rows {
				if more, err := each(row); err != nil || !more {
					return err
				}
				q.After = row.Seq
			}
			if len(rows) < page {
				break
			}
		}
	}
	return nil
}

// numbered is a row of a register with the letter that bears its number.
type numbered struct {
	store.NumberRow
	file
	letter workflow.Letter
	def    workflow.LetterDef
	// borne tells that the letter bears the number. If not, it was reserved by an act that
	// was never done.
	borne bool
}

// numbers gives a row for each number of a register that letters have.
func (r *reading) numbers(ctx context.Context, register string, line func(numbered) []Cell) error {
	return r.walk(ctx, register, func(row store.NumberRow) (bool, error) {
		n, err := r.numbered(ctx, row)
		if err != nil {
			return false, err
		}
		cells := append(line(n), text(""))
		cells[len(cells)-1].Text, err = r.remark(ctx, n)
		if err != nil {
			return false, err
		}
		out := of(n.c, append(cells, text(string(n.id)), text(short(n.letter.File.SHA256)))...)
		out.Void = row.Status == workflow.NumberVoid
		return r.give(out), nil
	})
}

// caseOf is the case whose letter has a number.
func caseOf(row store.NumberRow) workflow.CaseID {
	id, _, _ := strings.Cut(row.Key, "/")
	return workflow.CaseID(id)
}

func (r *reading) numbered(ctx context.Context, row store.NumberRow) (numbered, error) {
	n := numbered{NumberRow: row}
	_, letter, _ := strings.Cut(row.Key, "/")
	var err error
	if n.file, err = r.open(ctx, caseOf(row)); err != nil || n.err != nil {
		return n, err
	}
	kind, _, _ := workflow.ParseLetterID(workflow.LetterID(letter))
	n.def, _ = n.file.def.Letter(kind)
	if l, ok := n.c.Letter(workflow.LetterID(letter)); ok && l.Number != nil {
		n.letter, n.borne = l, true
	}
	return n, nil
}

// step is the step that made the letter.
func (n numbered) step() workflow.Step {
	if n.file.def == nil {
		return workflow.Step{}
	}
	st, _ := n.file.def.Step(n.letter.Step)
	return st
}

// date is the day that the letter bears: none before its signature.
func (n numbered) date() Cell {
	switch {
	case n.letter.Signed != nil:
		return at(n.letter.Signed.At)
	case n.letter.Status == workflow.LetterReleased || n.letter.Status == workflow.LetterFinal:
		return at(n.letter.Made.At)
	}
	return Cell{}
}

// remark is the state of a number in words: "terbit", "dipesan …", "batal: …".
func (r *reading) remark(ctx context.Context, n numbered) (string, error) {
	switch {
	case n.err != nil:
		return "permohonannya tidak terbaca", nil //nolint:nilerr // the row says so
	case n.Status == workflow.NumberVoid:
		why, err := r.voided(ctx, n)
		return "BATAL: " + why, err
	case n.Status == workflow.NumberIssued:
		return "terbit", nil
	case !n.borne:
		return "dipesan, belum ada suratnya", nil
	case n.letter.Signed == nil:
		return "dipesan, surat belum ditandatangani", nil
	}
	return "ditandatangani, belum dicatat", nil
}

// voided tells why a number is void: what ended its case before the letter was signed.
func (r *reading) voided(ctx context.Context, n numbered) (string, error) {
	switch n.c.End {
	case workflow.EndWithdrawn:
	case workflow.EndUnanswered:
		return "permohonan tidak dilengkapi", nil
	default:
		return "surat tidak jadi dibuat", nil
	}
	const why = "permohonan dicabut pemohon"
	entries, err := r.Store.History(ctx, n.id)
	if err != nil {
		return "", err
	}
	for _, e := range entries {
		cmd, err := e.Decode()
		if w, ok := cmd.Act.(workflow.Withdraw); ok && err == nil && e.Refused == nil && strings.TrimSpace(w.Reason) != "" {
			return why + " (" + strings.TrimSpace(w.Reason) + ")", nil
		}
	}
	return why, nil
}

// maker is who drafted the letter, by his office.
func maker(a workflow.Actor) string {
	if a.Title != "" {
		return a.Title
	}
	return a.Name
}

// short is the beginning of a hash, long enough to tell two files apart.
func short(sha256 string) string { return sha256[:min(16, len(sha256))] }

// ended is the instant at which something ended, if it did.
func ended(t time.Time) Cell {
	if t.IsZero() {
		return Cell{}
	}
	return at(t)
}
