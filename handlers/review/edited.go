package review

import (
	"context"

	"izinbot/handlers/form"
	"izinbot/handlers/session"
	"izinbot/workflow"
)

// Change implements [session.Changer]: what is wrong with a document, until the check is done.
func (*Check) Change(ctx context.Context, s *session.Session, t session.Typed, text string) (session.Change, bool, error) {
	_, c, err := s.StepCase(ctx)
	if err != nil {
		return session.Change{}, false, err
	}
	d, _ := c.Document(workflow.DocCode(t.Key))
	if d.Verdict == nil || d.Verdict.OK {
		return session.Change{}, false, nil
	}
	change, ok := form.ChangeWords(s, t, s.Text("check.label", "doc", t.Key), d.Verdict.Reason, text, form.Note)
	return change, ok, nil
}

// Replace implements [session.Changer].
func (*Check) Replace(ctx context.Context, s *session.Session, key, value string) error {
	def, c, err := s.StepCase(ctx)
	if err != nil {
		return err
	}
	_, err = s.Do(ctx, c.ID, c.WaitsFor(def), workflow.Judge{Documents: []workflow.DocCode{workflow.DocCode(key)}, Reason: value}, workflow.ProofNone)
	return err
}
