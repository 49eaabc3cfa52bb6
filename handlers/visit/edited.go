package visit

import (
	"context"
	"slices"
	"strings"

	"izinbot/handlers/form"
	"izinbot/handlers/session"
	"izinbot/workflow"
)

// Change implements [session.Changer]: conclusion, statement and notes, until the report is made.
func (k *FieldVisit) Change(ctx context.Context, s *session.Session, t session.Typed, text string) (session.Change, bool, error) {
	def, c, err := s.StepCase(ctx)
	if err != nil {
		return session.Change{}, false, err
	}
	if c.Stage == workflow.StageApprove {
		s.Say("edited.visit", "case", string(c.ID))
		return session.Change{}, true, nil
	}
	step, _ := def.Step(c.Step)
	item, note := strings.CutPrefix(t.Key, keyNote)
	if note {
		change, ok := form.ChangeWords(s, t, s.Text("visit.note_label", "item", itemText(step, item)), k.noteOf(c, step, item), text, form.Note)
		return change, ok, nil
	}
	change, ok := form.ChangeWords(s, t, s.Text("field."+t.Key), k.Answers[t.Key], text, form.Note)
	return change, ok, nil
}

// noteOf gives the note on a line of the check table, recorded or about to be.
func (k *FieldVisit) noteOf(c workflow.Case, step workflow.Step, key string) string {
	if present, _ := k.nextItem(c.Visit, step); present.Key == key && k.Note != "" {
		return k.Note
	}
	f, _ := found(c, key)
	return f.Note
}

func found(c workflow.Case, key string) (workflow.Finding, bool) {
	i := slices.IndexFunc(c.Visit.Findings, func(f workflow.Finding) bool { return f.Item == key })
	if i < 0 {
		return workflow.Finding{}, false
	}
	return c.Visit.Findings[i], true
}

// Replace implements [session.Changer].
func (k *FieldVisit) Replace(ctx context.Context, s *session.Session, key, value string) error {
	item, note := strings.CutPrefix(key, keyNote)
	if !note {
		k.Set(key, value)
		return nil
	}
	def, c, err := s.StepCase(ctx)
	if err != nil {
		return err
	}
	step, _ := def.Step(c.Step)
	f, there := found(c, item)
	if present, _ := k.nextItem(c.Visit, step); present.Key == item && k.Note != "" || !there {
		k.Note = value
		return nil
	}
	_, err = s.Do(ctx, c.ID, step.Role, workflow.Find{Item: item, OK: f.OK, Note: value}, workflow.ProofNone)
	return err
}
