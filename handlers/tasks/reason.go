package tasks

import (
	"context"

	"izinbot/handlers/form"
	"izinbot/handlers/session"
	"izinbot/workflow"
)

// Reason asks why before an act that needs a note is carried out.
type Reason struct {
	Acts []Pending `json:"acts"` // one
}

// Name implements [session.Dialogue].
func (*Reason) Name() string { return "reason" }

// AskReason asks for the note of an act before it is carried out.
func AskReason(ctx context.Context, s *session.Session, p Pending) error {
	return s.BeginAt(ctx, &Reason{[]Pending{p}}, p.Case, 0)
}

// Ask implements [session.Dialogue].
func (r *Reason) Ask(_ context.Context, s *session.Session) error {
	s.Ask(s.Text("reason.ask_"+workflow.ActName(r.Acts[0].Command.Act)), s.Choice("/batal", "menu.cancel"))
	return nil
}

// Answer implements [session.Dialogue].
func (r *Reason) Answer(ctx context.Context, s *session.Session, in session.Input) error {
	p := r.Acts[0]
	var note string
	var ok bool
	if _, printed := p.Command.Act.(workflow.NoteAbsent); printed {
		note, ok = form.Note(s, in)
	} else {
		note, ok = form.Words(s, in)
	}
	if !ok {
		return r.Ask(ctx, s)
	}
	s.Typed("note")
	s.End()
	return Finish(ctx, s, p.Case, p.Role, withNote(p.Command.Act, note))
}

// TakesWords implements [session.WordsTaker].
func (*Reason) TakesWords(context.Context, *session.Session, string) bool { return true }

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
