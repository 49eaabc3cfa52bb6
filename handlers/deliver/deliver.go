package deliver

import (
	"context"

	"izinbot/handlers/form"
	"izinbot/handlers/session"
	"izinbot/handlers/tasks"
	"izinbot/workflow"
)

// DialogueDelivery is the name of the dialogue in a chat's state.
const DialogueDelivery = "counter"

// Delivery sends a letter off, in chat or at the counter, and records who received
// it there.
type Delivery struct{}

// At of a delivery's Data at the counter, and ids of choices.
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
	s.Begin(DialogueDelivery, func(d *session.Data) { d.Case, d.Step, d.At = c.ID, c.Step, atRecipient })
	return s.Repeat(ctx)
}

// Begin begins the handing over of a letter.
func Begin(ctx context.Context, s *session.Session, c workflow.Case, _ workflow.Step) error {
	return s.BeginStep(ctx, DialogueDelivery, c)
}

// Ask implements [session.Dialogue].
func (Delivery) Ask(ctx context.Context, s *session.Session) error {
	def, c, err := s.StepCase(ctx)
	if err != nil {
		return err
	}
	switch s.Data().At {
	case atRecipient:
		s.Ask(s.Text("counter.recipient"), s.Choice("/batal", "menu.cancel"))
	case atIdentity:
		s.Ask(s.Text("counter.identity", "name", s.Data().Answers[atRecipient]),
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
func (k Delivery) Answer(ctx context.Context, s *session.Session, in session.Input) error {
	def, c, err := s.StepCase(ctx)
	if err != nil {
		return err
	}
	switch s.Data().At {
	case atRecipient:
		if value, problem := form.Parse(s, workflow.Field{Type: workflow.FieldText, Label: workflow.Text{ID: s.Text("counter.recipient_label")}}, in); problem != "" {
			s.SayText(problem)
		} else {
			s.Data().Set(atRecipient, value)
			s.Data().At = atIdentity
		}
		return k.Ask(ctx, s)
	case atIdentity:
		return k.receipt(ctx, s, def, c, in)
	}
	means := map[string]workflow.Means{choiceChat: workflow.MeansChat, choiceDesk: workflow.MeansCounter}[in.Choice]
	if means == "" {
		s.Say("common.choose")
		return k.Ask(ctx, s)
	}
	result, err := s.Do(ctx, c.ID, c.WaitsFor(def), workflow.Deliver{Means: means}, workflow.ProofNone)
	if err != nil {
		return err
	}
	s.End()
	s.Say("done.deliver_"+string(means), "case", string(result.Case.ID))
	return tasks.OfferNext(ctx, s)
}

func (k Delivery) receipt(ctx context.Context, s *session.Session, def *workflow.SOP, c workflow.Case, in session.Input) error {
	switch in.Choice {
	case choiceNo:
		s.End()
		s.Say("counter.check_first")
		return nil
	case choiceYes:
	default:
		s.Say("common.choose")
		return k.Ask(ctx, s)
	}
	act := workflow.HandDeliver{Recipient: s.Data().Answers[atRecipient], IdentityChecked: true}
	result, err := s.Do(ctx, c.ID, delivererOf(def, c), act, workflow.ProofNone)
	s.End()
	if err != nil {
		return err
	}
	tasks.SayDone(s, result.Case, act)
	return tasks.OfferNext(ctx, s)
}

// delivererOf is the role that handed the case's letter over.
func delivererOf(def *workflow.SOP, c workflow.Case) workflow.Role {
	if len(c.Trail) == 0 {
		return ""
	}
	step, _ := def.Step(c.Trail[len(c.Trail)-1].Step)
	return step.Role
}
