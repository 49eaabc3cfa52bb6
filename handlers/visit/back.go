package visit

import (
	"context"

	"izinbot/handlers/session"
	"izinbot/workflow"
)

// Back goes to the part before: from the report over the statement and the conclusion
// to the check table, line by line.
func (k *FieldVisit) Back(ctx context.Context, s *session.Session) error {
	def, c, err := s.StepCase(ctx)
	if err != nil {
		return err
	}
	step, _ := def.Step(c.Step)
	if c.Stage == workflow.StageApprove || c.Visit == nil || !k.stepBack(c.Visit, step) {
		s.Say("common.cannot_go_back")
	}
	return k.Ask(ctx, s)
}

// stepBack opens the part of a visit before the present one; false if there is none.
func (k *FieldVisit) stepBack(v *workflow.Visit, step workflow.Step) bool {
	_, n := k.nextItem(v, step)
	said := k.Answers[keyStatement] != "" || k.Skipped[partStatement]
	switch {
	case len(v.Findings) == 0 && !k.Skipped[partPhotos]:
		unlocated := !v.Present() && k.Skipped[partLocation]
		delete(k.Skipped, partLocation)
		return unlocated
	case n > 0 && k.At == keyNote:
		k.At = ""
	case n > 1:
		k.Edit, k.Note = step.Checklist[n-2].Key, ""
	case n == 1 && len(v.Findings) == 0:
		delete(k.Skipped, partPhotos)
	case n > 0:
		return false
	case said:
		delete(k.Answers, keyStatement)
		delete(k.Skipped, partStatement)
	case k.Answers[keyConclusion] != "":
		delete(k.Answers, keyConclusion)
	default:
		k.Edit = step.Checklist[len(step.Checklist)-1].Key
	}
	return true
}
