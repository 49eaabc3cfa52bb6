package mycases

import (
	"context"

	"izinbot/handlers/session"
	"izinbot/workflow"
)

// Waiting offers what the office waits for from the person: documents, the approval
// of a report, the receipt of a letter.
func Waiting(ctx context.Context, s *session.Session) ([]session.Choice, error) {
	rows, err := OwnRows(ctx, s)
	if err != nil {
		return nil, err
	}
	var items []session.Choice
	for _, row := range rows {
		if row.End != "" || len(items) > 2 {
			continue
		}
		def, c, err := s.Work.Case(ctx, row.ID)
		if err != nil {
			continue // a damaged case must not keep the menu from anybody
		}
		items = append(items, Awaited(s, def, c)...)
	}
	return items, nil
}

// Awaited offers what the office waits for from the applicant of a case.
func Awaited(s *session.Session, def *workflow.SOP, c workflow.Case) []session.Choice {
	switch id := string(c.ID); {
	case AwaitsAnswer(c):
		return []session.Choice{s.Choice("/lengkapi "+id, "menu.mend")}
	case AwaitsAgreement(def, c):
		return []session.Choice{s.Choice("/setuju "+id, "menu.agree"), s.Choice("/keberatan "+id, "menu.object")}
	case AwaitsReceipt(def, c):
		return []session.Choice{s.Choice("/terima "+id, "menu.received")}
	}
	return nil
}

// AwaitsAgreement tells whether the applicant may approve the visit's report.
func AwaitsAgreement(_ *workflow.SOP, c workflow.Case) bool {
	return c.Open() && c.Stage == workflow.StageApprove && c.Visit != nil && c.Visit.Agreed == nil && c.Visit.Absent == nil
}

// AwaitsReceipt tells whether the applicant may confirm the receipt of a letter: one that he
// collects is recorded at the counter.
func AwaitsReceipt(def *workflow.SOP, c workflow.Case) bool {
	step, _ := def.Step(c.Step)
	return c.Open() && step.Kind == workflow.KindReceive && !c.Collected()
}

// AwaitsAnswer tells whether the office waits for the applicant to complete the
// file.
func AwaitsAnswer(c workflow.Case) bool { return c.Open() && c.Stage == workflow.StageWaiting }
