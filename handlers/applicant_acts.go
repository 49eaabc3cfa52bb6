package handlers

import (
	"context"
	"strconv"
	"strings"

	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

// dialogueWithdraw is the name of the dialogue in a chat's state.
const dialogueWithdraw = "withdraw"

// awaitsAgreement tells whether the applicant may approve the visit's report.
func awaitsAgreement(_ *workflow.SOP, c workflow.Case) bool {
	return c.Open() && c.Stage == workflow.StageApprove && c.Visit != nil && c.Visit.Agreed == nil && c.Visit.Absent == nil
}

// awaitsReceipt tells whether the applicant may confirm the receipt of a letter.
func awaitsReceipt(def *workflow.SOP, c workflow.Case) bool {
	step, _ := def.Step(c.Step)
	return c.Open() && step.Kind == workflow.KindReceive
}

// agreeToReport approves the visit's report: "setuju <case> <revision>", where the
// button that came with the report names the revision that was sent.
func agreeToReport(ctx context.Context, t *turn, arg string) error {
	arg, revision, _ := strings.Cut(arg, " ")
	c, ok, err := t.ownCase(ctx, arg, "setuju", awaitsAgreement)
	if err != nil || !ok {
		return err
	}
	seen, _ := strconv.Atoi(revision) // typed without one: what is there now
	result, ok, err := t.doApplicant(ctx, c.ID, workflow.Agree{Seen: seen})
	if err != nil {
		return err
	}
	if ok {
		t.say("agree.done", "at", calendar.Time(t.now), "role", t.roleName(result.Def, result.Case.WaitsFor(result.Def)))
	}
	return t.askAgain(ctx)
}

// receiveLetter confirms the receipt of the letter and, if that was the end, asks
// how it was.
func receiveLetter(ctx context.Context, t *turn, arg string) error {
	if thanks, _, _ := strings.Cut(strings.ToLower(arg), " "); thanks == "kasih" {
		t.ask(t.text("receive.thanks"), t.likely()...)
		return t.askAgain(ctx)
	}
	c, ok, err := t.ownCase(ctx, arg, "terima", awaitsReceipt)
	if err != nil || !ok {
		return err
	}
	result, ok, err := t.doApplicant(ctx, c.ID, workflow.Receive{})
	if err != nil || !ok {
		return err
	}
	done := t.text("receive.done", "at", calendar.DateTime(t.now, t.lang()))
	if result.Case.Open() || t.state.Open != nil {
		t.remark(done)
		return t.askAgain(ctx)
	}
	t.offerSurvey(done, result.Case)
	return nil
}

// withdrawal ends a case at the applicant's wish: an optional reason, then a
// confirmation.
type withdrawal struct{}

// Keys and choice ids of a withdrawal.
const (
	withdrawReason = "reason"
	withdrawYes    = "yes"
	withdrawNo     = "no"
)

func withdrawCommand(ctx context.Context, t *turn, arg string) error {
	c, ok, err := t.ownCase(ctx, arg, "tarik", func(_ *workflow.SOP, c workflow.Case) bool { return c.Open() })
	if err != nil || !ok {
		return err
	}
	t.begin(dialogueWithdraw, func(d *Data) { d.Case = c.ID })
	return t.askAgain(ctx)
}

func (withdrawal) ask(ctx context.Context, t *turn) error {
	d := t.data()
	def, c, err := t.work.Case(ctx, d.Case)
	if err != nil {
		return err
	}
	label := t.caseLabel(def, c)
	if d.Answers[withdrawReason] == "" && !d.Skipped[withdrawReason] {
		t.ask(t.text("withdraw.reason", "case", label),
			t.item(choiceSkip, "withdraw.no_reason"), t.item(withdrawNo, "withdraw.keep"))
		return nil
	}
	t.ask(t.text("withdraw.confirm", "case", label), t.item(withdrawYes, "withdraw.yes"), t.item(withdrawNo, "withdraw.keep"))
	return nil
}

func (w withdrawal) answer(ctx context.Context, t *turn, in input) error {
	d := t.data()
	asking := d.Answers[withdrawReason] == "" && !d.Skipped[withdrawReason]
	switch {
	case in.choice == withdrawNo:
		t.end()
		t.ask(t.text("withdraw.kept"), t.likely()...)
		return nil
	case in.choice == withdrawYes && !asking:
		return w.carry(ctx, t)
	case in.choice == choiceSkip && asking:
		d.skip(withdrawReason)
	case asking:
		if note, ok := t.words(in.text); ok {
			d.set(withdrawReason, note)
		}
	default:
		t.say("common.choose")
	}
	return w.ask(ctx, t)
}

func (withdrawal) carry(ctx context.Context, t *turn) error {
	d := t.data()
	t.end()
	_, ok, err := t.doApplicant(ctx, d.Case, workflow.Withdraw{Reason: d.Answers[withdrawReason]})
	if err != nil || !ok {
		return err
	}
	t.ask(t.text("withdraw.done"), t.likely()...)
	return nil
}

// back asks for the reason once more.
func (w withdrawal) back(ctx context.Context, t *turn) error {
	d := t.data()
	delete(d.Answers, withdrawReason)
	delete(d.Skipped, withdrawReason)
	return w.ask(ctx, t)
}
