package tasks

import (
	"context"

	"izinbot/handlers/form"
	"izinbot/handlers/session"
	"izinbot/workflow"
)

// DialogueReason is the name of the dialogue in a chat's state.
const DialogueReason = "reason"

// Reason asks why before an act that needs a note is carried out.
type Reason struct{}

// AskReason asks for the note of an act before it is carried out.
func AskReason(ctx context.Context, s *session.Session, p session.Pending) error {
	s.Begin(DialogueReason, func(d *session.Data) { d.Case, d.Acts = p.Case, []session.Pending{p} })
	return Reason{}.Ask(ctx, s)
}

// Ask implements [session.Dialogue].
func (Reason) Ask(_ context.Context, s *session.Session) error {
	s.Ask(s.Text("reason.ask_"+workflow.ActName(s.Data().Acts[0].Command.Act)), s.Choice("/batal", "menu.cancel"))
	return nil
}

// Answer implements [session.Dialogue].
func (r Reason) Answer(ctx context.Context, s *session.Session, in session.Input) error {
	p := s.Data().Acts[0]
	var note string
	var ok bool
	if _, printed := p.Command.Act.(workflow.NoteAbsent); printed {
		note, ok = form.Note(s, in.Text)
	} else {
		note, ok = form.Words(s, in.Text)
	}
	if !ok {
		return r.Ask(ctx, s)
	}
	act := withNote(p.Command.Act, note)
	result, err := s.Do(ctx, p.Case, p.Role, act, workflow.ProofNone)
	s.End()
	if err != nil {
		return err
	}
	SayDone(s, result.Case, act)
	return OfferNext(ctx, s)
}

// withNote puts the note into an act that needs one.
func withNote(act workflow.Act, note string) workflow.Act {
	switch act.(type) {
	case workflow.Return:
		return workflow.Return{Note: note}
	case workflow.Reopen:
		return workflow.Reopen{Reason: note}
	case workflow.Revise:
		return workflow.Revise{Note: note}
	case workflow.NoteAbsent:
		return workflow.NoteAbsent{Note: note}
	}
	return act
}
