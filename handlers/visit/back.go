package visit

import (
	"context"

	"izinbot/handlers/session"
	"izinbot/workflow"
)

// Back goes to the part before: from the report over the statement and the conclusion
// to the check table, line by line.
func (k FieldVisit) Back(ctx context.Context, s *session.Session) error {
	def, c, err := s.StepCase(ctx)
	if err != nil {
		return err
	}
	step, _ := def.Step(c.Step)
	if c.Stage == workflow.StageApprove || c.Visit == nil || !stepBack(k, s.Data(), c.Visit, step) {
		s.Say("common.cannot_go_back")
	}
	return k.Ask(ctx, s)
}

// stepBack opens the part of a visit before the present one; false if there is none.
func stepBack(k FieldVisit, d *session.Data, v *workflow.Visit, step workflow.Step) bool {
	_, n := k.nextItem(d, v, step)
	said := d.Answers[keyStatement] != "" || d.Skipped[partStatement]
	switch {
	case len(v.Findings) == 0 && !d.Skipped[partPhotos]:
		unlocated := len(v.Locations) == 0 && d.Skipped[partLocation]
		delete(d.Skipped, partLocation)
		return unlocated
	case n > 0 && d.At == keyNote:
		d.At = ""
	case n > 1:
		d.Edit, d.Note = step.Checklist[n-2].Key, ""
	case n == 1 && len(v.Findings) == 0:
		delete(d.Skipped, partPhotos)
	case n > 0:
		return false
	case said:
		delete(d.Answers, keyStatement)
		delete(d.Skipped, partStatement)
	case d.Answers[keyConclusion] != "":
		delete(d.Answers, keyConclusion)
	default:
		d.Edit = step.Checklist[len(step.Checklist)-1].Key
	}
	return true
}
