package compose

import (
	"context"

	"izinbot/handlers/session"
	"izinbot/workflow"
)

// Change implements [session.Changer].
func (k *Composition) Change(ctx context.Context, s *session.Session, t session.Typed, text string) (session.Change, bool, error) {
	def, c, step, err := k.load(ctx, s)
	if err != nil {
		return session.Change{}, false, err
	}
	change, ok := k.form(ctx, s, def, c, step).Change(s, &k.State, t, text)
	return change, ok, nil
}

// Replace implements [session.Changer].
func (k *Composition) Replace(ctx context.Context, s *session.Session, key, value string) error {
	def, c, step, err := k.load(ctx, s)
	if err != nil {
		return err
	}
	k.form(ctx, s, def, c, step).Replace(&k.State, key, value)
	return nil
}

// Edited implements [session.Editor].
func (k *Composition) Edited(ctx context.Context, s *session.Session, text string) (bool, error) {
	def, c, step, err := k.load(ctx, s)
	if err != nil || k.At == choiceEdit || step.Kind == workflow.KindRecommend && k.Outcome == "" {
		return false, err
	}
	if !k.form(ctx, s, def, c, step).Edited(s, &k.State, text) {
		return false, nil
	}
	return true, k.Ask(ctx, s)
}
