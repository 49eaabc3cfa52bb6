package visit

import (
	"context"
	"slices"

	"izinbot/bot"
	"izinbot/handlers/form"
	"izinbot/handlers/session"
	"izinbot/workflow"
)

// Holds implements [session.FileHolder]: photos can be replaced until the report is made.
func (k *FieldVisit) Holds(ctx context.Context, s *session.Session, message string) (bool, error) {
	if s.Officer == nil || s.State.Open.Dialogue() != k {
		return false, nil
	}
	def, c, err := s.Work.Case(ctx, s.State.Open.Case)
	if err != nil {
		return false, err
	}
	step, _ := def.Step(c.Step)
	if _, err := s.Acting(ctx, def, step.Role); err != nil {
		return false, nil //nolint:nilerr // no longer of the team: nothing is replaced
	}
	return step.Kind == workflow.KindVisit && c.Stage == workflow.StageWork && brought(c, message), nil
}

func brought(c workflow.Case, message string) bool {
	return c.Visit != nil && slices.ContainsFunc(c.Visit.Photos, func(p workflow.Photo) bool { return p.File.Message == message })
}

// Improve implements [session.FileHolder].
func (k *FieldVisit) Improve(ctx context.Context, s *session.Session, message string, f bot.InboundFile) error {
	file, report, problem, err := form.TakeFile(ctx, s, f, nil)
	if err != nil || problem != "" {
		return err
	}
	return k.replace(ctx, s, workflow.Photograph{Instead: message, Photos: []workflow.Photo{photoOf(file, report)}})
}

func (*FieldVisit) replace(ctx context.Context, s *session.Session, act workflow.Photograph) error {
	def, c, err := s.Work.Case(ctx, s.State.Open.Case)
	if err != nil {
		return err
	}
	step, _ := def.Step(c.Step)
	_, err = s.Do(ctx, c.ID, step.Role, act, workflow.ProofNone)
	return err
}

// Withdraw implements [session.FileHolder]. What the report shows already stays in it.
func (k *FieldVisit) Withdraw(ctx context.Context, s *session.Session, message string) (told string, err error) {
	holds, err := k.Holds(ctx, s, message)
	if err != nil {
		return "", err
	}
	if holds {
		return s.Text("visit.photo_deleted"), k.replace(ctx, s, workflow.Photograph{Instead: message})
	}
	if s.State.Open.Dialogue() != k {
		return "", nil
	}
	_, c, err := s.Work.Case(ctx, s.State.Open.Case)
	if err != nil || !brought(c, message) {
		return "", err
	}
	return s.Text("visit.photo_kept"), nil
}
