package deliver

import (
	"context"

	"izinbot/handlers/form"
	"izinbot/handlers/session"
	"izinbot/handlers/tasks"
	"izinbot/workflow"
)

// Dispatch hands a letter over, in chat or at the counter, and records who received it
// there.
type Dispatch struct {
	form.State

	At string `json:"at,omitempty"` // what is asked at the counter
}

// Name implements [session.Dialogue].
func (*Dispatch) Name() string { return "counter" }

// What is asked at the counter, and ids of choices.
const (
	atRecipient = "recipient"
	atIdentity  = "identity"
	choiceChat  = "chat"
	choiceDesk  = "desk"
	choiceYes   = "yes"
	choiceNo    = "no"
)

// RecordReceipt records a receipt at the counter (step kind terima).
func RecordReceipt(ctx context.Context, s *session.Session, arg string) error {
	def, c, err := s.CaseNamed(ctx, arg)
	if err != nil {
		return err
	}
	step, _ := def.Step(c.Step)
	if !c.Open() || step.Kind != workflow.KindReceive {
		s.Say("counter.not_now", "case", string(c.ID))
		return nil
	}
	return s.BeginAt(ctx, &Dispatch{At: atRecipient}, c.ID, c.Step)
}

// Begin implements [session.Work].
func (k *Dispatch) Begin(ctx context.Context, s *session.Session, c workflow.Case, _ workflow.Step) error {
	return s.BeginAt(ctx, k, c.ID, c.Step)
}

// Ask implements [session.Dialogue].
func (k *Dispatch) Ask(ctx context.Context, s *session.Session) error {
	def, c, err := s.StepCase(ctx)
	if err != nil {
		return err
	}
	switch k.At {
	case atRecipient:
		s.Ask(s.Text("counter.recipient"), s.Choice("/batal", "menu.cancel"))
	case atIdentity:
		s.Ask(s.Text("counter.identity", "name", k.Answers[atRecipient]),
			s.Choice(choiceYes, "counter.checked"), s.Choice(choiceNo, "counter.not_checked"))
	default:
		for _, l := range tasks.AtHand(def, c) {
			tasks.ShowLetter(s, def, l)
		}
		s.Ask(s.Text("counter.means"), s.Choice(choiceChat, "counter.chat"), s.Choice(choiceDesk, "counter.desk"), s.Choice("/batal", "menu.later"))
	}
	return nil
}

// Answer implements [session.Dialogue].
func (k *Dispatch) Answer(ctx context.Context, s *session.Session, in session.Input) error {
	def, c, err := s.StepCase(ctx)
	if err != nil {
		return err
	}
	switch k.At {
	case atRecipient:
		if value, problem := form.Parse(s, workflow.Field{Type: workflow.FieldText, Label: workflow.Text{ID: s.Text("counter.recipient_label")}}, in); problem != "" {
			s.SayText(problem)
		} else {
			k.Set(atRecipient, value)
			k.At = atIdentity
		}
		return k.Ask(ctx, s)
	case atIdentity:
		return k.receipt(ctx, s, def, c, in)
	}
	means := map[string]workflow.Means{choiceChat: workflow.MeansChat, choiceDesk: workflow.MeansCounter}[in.Choice]
	if means == "" {
		return s.Choose(ctx)
	}
	result, err := s.Do(ctx, c.ID, c.WaitsFor(def), workflow.Deliver{Means: means}, workflow.ProofNone)
	if err != nil {
		return err
	}
	s.End()
	s.Say("done.deliver_"+string(means), "case", string(result.Case.ID))
	return tasks.OfferNext(ctx, s)
}

func (k *Dispatch) receipt(ctx context.Context, s *session.Session, def *workflow.SOP, c workflow.Case, in session.Input) error {
	switch in.Choice {
	case choiceNo:
		s.End()
		s.Say("counter.check_first")
		return nil
	case choiceYes:
	default:
		return s.Choose(ctx)
	}
	act := workflow.HandDeliver{Recipient: k.Answers[atRecipient], IdentityChecked: true}
	s.End()
	return tasks.Finish(ctx, s, c.ID, delivererOf(def, c), act)
}

// delivererOf is the role that handed the case's letter over.
func delivererOf(def *workflow.SOP, c workflow.Case) workflow.Role {
	if len(c.Trail) == 0 {
		return ""
	}
	step, _ := def.Step(c.Trail[len(c.Trail)-1].Step)
	return step.Role
}
