package apply

import (
	"context"

	"izinbot/handlers/mycases"
	"izinbot/handlers/session"
	"izinbot/workflow"
)

// Discard is the dialogue that drops an application that was not sent, once that is confirmed.
type Discard struct{}

// Ids of its choices.
const (
	discardYes = "yes"
	discardNo  = "no"
)

// Name implements [session.Dialogue].
func (*Discard) Name() string { return "discard" }

// BeginDiscard asks whether what is half filled in is to be dropped.
func BeginDiscard(ctx context.Context, s *session.Session) error { return s.Begin(ctx, new(Discard)) }

// BodyOf names the body for which a draft applies; "" while it has no name.
func BodyOf(s *session.Session, draft *session.Stored) string {
	a, ok := draft.Dialogue().(*Application)
	if !ok {
		return ""
	}
	return a.Answers.Of(s.Env.Desk.Library.Current().Form, workflow.MeansBody)
}

// Ask implements [session.Dialogue].
func (*Discard) Ask(ctx context.Context, s *session.Session) error {
	draft, err := mycases.Draft(ctx, s)
	if err != nil {
		return err
	}
	s.Ask(s.Text("discard.confirm", "body", BodyOf(s, draft)), s.Choice(discardYes, "discard.yes"), s.Choice(discardNo, "withdraw.keep"))
	return nil
}

// Answer implements [session.Dialogue].
func (d *Discard) Answer(ctx context.Context, s *session.Session, in session.Input) error {
	switch in.Choice {
	case discardYes:
		draft, err := mycases.Draft(ctx, s)
		if err != nil {
			return err
		}
		s.End()
		s.DropDrafts(mycases.Application, draft)
		s.Ask(s.Text("discard.done"), s.Choice("/ajukan", "menu.apply"), s.Choice("/mulai", "menu.start"))
		return nil
	case discardNo:
		s.End()
		s.Ask(s.Text("common.put_aside"), s.Choice("/lanjutkan", "menu.resume"), s.Choice("/mulai", "menu.start"))
		return nil
	}
	s.Say("common.choose")
	return d.Ask(ctx, s)
}
