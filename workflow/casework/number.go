package casework

import (
	"context"
	"errors"
	"fmt"

	"izinbot/workflow"
)

// decide reserves the register numbers that the command needs (rule 5), then decides.
// Reserving is idempotent by case and letter, so a crash or a conflict after it leaves
// neither gap nor double.
func (w *Work) decide(ctx context.Context, s *staged, cmd *workflow.Command) (workflow.Decision, *workflow.Error, error) {
	for _, id := range workflow.NumbersNeeded(s.def, s.c, *cmd, w.now) {
		n, err := w.reserve(ctx, s, id)
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
	at := w.now.In(workflow.WIB())
	seq, err := w.desk.Store.Reserve(ctx, def.Register, at.Year(), string(s.c.ID)+"/"+string(id), w.now)
	if err != nil {
		return workflow.Number{}, fmt.Errorf("reserve a number: %w", err)
	}
	return workflow.Number{
		Register: def.Register, Year: at.Year(), Seq: seq,
		Text: w.desk.Office.FormatNumber(def.Class, seq, at),
	}, nil
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
