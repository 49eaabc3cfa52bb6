package handlers

import (
	"context"

	"izinbot/workflow"
)

// dialogueCounter is the name of the dialogue in a chat's state.
const dialogueCounter = "counter"

// counter sends a letter off, in chat or at the counter, and records who received
// it there (rule 8).
type counter struct{}

// Where a counter dialogue is, and the ids of its choices.
const (
	atRecipient = "recipient"
	atIdentity  = "identity"
	counterChat = "chat"
	counterDesk = "desk"
	counterYes  = "yes"
	counterNo   = "no"
)

// counterReceipt records a receipt at the counter (step kind terima).
func counterReceipt(ctx context.Context, t *turn, arg string) error {
	def, c, ok, err := t.caseArg(ctx, arg)
	if err != nil || !ok {
		return err
	}
	step, _ := def.Step(c.Step)
	if !c.Open() || step.Kind != workflow.KindReceive {
		t.say("counter.not_now", "case", string(c.ID))
		return nil
	}
	t.begin(dialogueCounter, func(d *Data) { d.Case, d.Step, d.At = c.ID, c.Step, atRecipient })
	return t.askAgain(ctx)
}

func beginDelivery(ctx context.Context, t *turn, c workflow.Case, _ workflow.Step) error {
	return t.beginStep(ctx, dialogueCounter, c)
}

func (counter) ask(ctx context.Context, t *turn) error {
	def, c, ok, err := t.stepCase(ctx)
	if err != nil || !ok {
		return err
	}
	switch t.data().At {
	case atRecipient:
		t.ask(t.text("counter.recipient"), t.item("/batal", "menu.cancel"))
	case atIdentity:
		t.ask(t.text("counter.identity", "name", t.data().Answers[atRecipient]),
			t.item(counterYes, "counter.checked"), t.item(counterNo, "counter.not_checked"))
	default:
		for _, l := range atHand(def, c) {
			t.showLetter(def, l)
		}
		t.ask(t.text("counter.means"), t.item(counterChat, "counter.chat"), t.item(counterDesk, "counter.desk"), t.item("/batal", "menu.later"))
	}
	return nil
}

func (k counter) answer(ctx context.Context, t *turn, in input) error {
	def, c, ok, err := t.stepCase(ctx)
	if err != nil || !ok {
		return err
	}
	switch t.data().At {
	case atRecipient:
		if value, problem := t.parse(workflow.Field{Type: workflow.FieldText, Label: workflow.Text{ID: t.text("counter.recipient_label")}}, in); problem != "" {
			t.replyText(problem)
		} else {
			t.data().set(atRecipient, value)
			t.data().At = atIdentity
		}
		return k.ask(ctx, t)
	case atIdentity:
		return k.receipt(ctx, t, def, c, in)
	}
	means := map[string]workflow.Means{counterChat: workflow.MeansChat, counterDesk: workflow.MeansCounter}[in.choice]
	if means == "" {
		t.say("common.choose")
		return k.ask(ctx, t)
	}
	result, ok, err := t.do(ctx, c.ID, c.WaitsFor(def), workflow.Deliver{Means: means}, workflow.ProofNone)
	if err != nil || !ok {
		return err
	}
	t.end()
	t.say("done.deliver_"+string(means), "case", string(result.Case.ID))
	return t.nextTask(ctx)
}

func (k counter) receipt(ctx context.Context, t *turn, def *workflow.SOP, c workflow.Case, in input) error {
	switch in.choice {
	case counterNo:
		t.end()
		t.say("counter.check_first")
		return nil
	case counterYes:
	default:
		t.say("common.choose")
		return k.ask(ctx, t)
	}
	act := workflow.HandDeliver{Recipient: t.data().Answers[atRecipient], IdentityChecked: true}
	result, ok, err := t.do(ctx, c.ID, delivererOf(def, c), act, workflow.ProofNone)
	t.end()
	if err != nil || !ok {
		return err
	}
	t.done(result.Case, act)
	return t.nextTask(ctx)
}

// delivererOf is the role that handed the case's letter over.
func delivererOf(def *workflow.SOP, c workflow.Case) workflow.Role {
	if len(c.Trail) == 0 {
		return ""
	}
	step, _ := def.Step(c.Trail[len(c.Trail)-1].Step)
	return step.Role
}
