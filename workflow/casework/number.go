package casework

import (
	"context"
	"errors"
	"fmt"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/store"
)

// decide reserves the register numbers that the command needs (rule 5), then decides.
// Reserving is idempotent by case and letter, so a crash or a conflict after it leaves
// neither gap nor double.
func (w *Work) decide(ctx context.Context, s *staged, cmd *workflow.Command) (workflow.Decision, *workflow.Error, error) {
	for _, id := range workflow.NumbersNeeded(s.def, s.c, *cmd, w.now) {
		n, err := w.reserve(ctx, s, id)
		if refused, ok := errors.AsType[*workflow.Error](err); ok && refused.Code == workflow.CodeNumberTaken {
			return workflow.Decision{}, refused, nil
		}
		if err != nil {
			return workflow.Decision{}, nil, err
		}
		if cmd.Numbers == nil {
			cmd.Numbers = map[workflow.LetterID]workflow.Number{}
		}
		if w.reserved[s.c.ID] == nil {
			w.reserved[s.c.ID] = map[workflow.LetterID]workflow.Number{}
		}
		cmd.Numbers[id], w.reserved[s.c.ID][id] = n, n
	}
	d, err := workflow.Decide(s.def, s.c, *cmd, w.now)
	refused, ok := errors.AsType[*workflow.Error](err)
	if err != nil && !ok {
		return d, nil, err
	}
	return d, refused, nil
}

func (w *Work) reserve(ctx context.Context, s *staged, id workflow.LetterID) (workflow.Number, error) {
	kind, _, err := workflow.ParseLetterID(id)
	if err != nil {
		return workflow.Number{}, err
	}
	def, ok := s.def.Letter(kind)
	if !ok {
		return workflow.Number{}, workflow.Refuse(workflow.CodeNotFound, "letter")
	}
	return w.take(ctx, def.Register, string(s.c.ID)+"/"+string(id), func(seq int, at time.Time) string {
		return w.desk.Office.FormatNumber(def.Register, def.Class, seq, at)
	})
}

// agenda reserves the number of an application in the agenda of incoming letters, if it can be
// submitted. The key is the case's, so that a repeat gets the same number.
func (w *Work) agenda(ctx context.Context, s *staged, submit workflow.Command, id workflow.CaseID) (map[workflow.LetterID]workflow.Number, error) {
	if len(workflow.NumbersNeeded(s.def, s.c, submit, w.now)) == 0 {
		return nil, nil
	}
	n, err := w.take(ctx, workflow.RegisterIncoming, string(id)+"/"+string(workflow.AgendaLetter), func(seq int, at time.Time) string {
		return w.desk.Office.FormatNumber(workflow.RegisterIncoming, "", seq, at)
	})
	return map[workflow.LetterID]workflow.Number{workflow.AgendaLetter: n}, err
}

// take gives a key its number in a register. CodeNumberTaken: what it would be printed as was
// printed before, so that the office's formats must be changed.
func (w *Work) take(ctx context.Context, register, key string, text func(seq int, at time.Time) string) (workflow.Number, error) {
	n, err := w.desk.Store.Reserve(ctx, store.Reservation{
		Register: register, Year: w.now.In(workflow.WIB()).Year(), Key: key,
		Print: func(seq int, at time.Time) string { return text(seq, at.In(workflow.WIB())) },
	}, w.now)
	if double, ok := errors.AsType[*workflow.Error](err); ok && double.Code == workflow.CodeDuplicate {
		return n, workflow.Refuse(workflow.CodeNumberTaken, double.Field)
	}
	if err != nil {
		return n, fmt.Errorf("reserve a number: %w", err)
	}
	return n, nil
}

// orphans makes void the numbers that were reserved for a case that ended before its
// letter could take them: neither case nor letter has a record of them.
func (w *Work) orphans(c workflow.Case) []workflow.NumberChange {
	if c.Open() {
		return nil
	}
	var out []workflow.NumberChange
	for id, n := range w.reserved[c.ID] {
		if l, ok := c.Letter(id); !ok || l.Number == nil {
			out = append(out, workflow.NumberChange{Letter: id, Number: n, Status: workflow.NumberVoid})
		}
	}
	delete(w.reserved, c.ID)
	return out
}
