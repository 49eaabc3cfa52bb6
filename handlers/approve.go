package handlers

import (
	"context"
	"strings"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

// dialogueApprove is the name of the dialogue in a chat's state.
const dialogueApprove = "approve"

// approve shows a letter and takes the officer's paraf, signature or entry in the
// register, or a return with its reason.
type approve struct{}

// Ids of the choices.
const (
	approveInitial = "initial"
	approveSign    = "sign"
	approveRecord  = "record"
	approveReturn  = "return"
)

func beginApproval(ctx context.Context, t *turn, c workflow.Case, _ workflow.Step) error {
	return t.beginStep(ctx, dialogueApprove, c)
}

func (k approve) ask(ctx context.Context, t *turn) error {
	def, c, ok, err := t.stepCase(ctx)
	if err != nil || !ok {
		return err
	}
	if t.data().At == "" {
		for _, l := range atHand(def, c) {
			t.showLetter(def, l)
		}
		t.data().At = "shown"
	}
	step, _ := def.Step(c.Step)
	items := []Item{t.approval(step)}
	if step.Kind != workflow.KindNumber {
		items = append(items, t.item(approveReturn, "approve.return"))
	}
	items = append(items, t.item("/alihkan "+string(c.ID), "menu.hand_over"), t.item("/batal", "menu.later"))
	t.ask(t.text("approve.ask_"+string(step.Kind), "activity", step.Activity), items...)
	return nil
}

func (t *turn) approval(step workflow.Step) Item {
	if step.Kind == workflow.KindInitial {
		return t.item(approveInitial, "approve.initial")
	}
	if step.Kind == workflow.KindNumber {
		return t.item(approveRecord, "approve.record")
	}
	return t.item(approveSign, "approve.sign")
}

// atHand gives the letters that wait at the case's step.
func atHand(def *workflow.SOP, c workflow.Case) []workflow.Letter {
	step, _ := def.Step(c.Step)
	var out []workflow.Letter
	for _, l := range c.Letters {
		if l.ID == c.Current && step.Kind != workflow.KindCoordinate || step.Kind == workflow.KindCoordinate && l.Step == step.No {
			out = append(out, l)
		}
	}
	return out
}

// showLetter sends a letter as PDF with the paraf that it has so far.
func (t *turn) showLetter(def *workflow.SOP, l workflow.Letter) {
	ld, _ := def.Letter(l.Kind)
	var b strings.Builder
	b.WriteString(ld.Title)
	if l.Number != nil {
		b.WriteString("\n" + t.text("approve.number", "number", l.Number.Text))
	}
	for _, m := range l.Initials {
		b.WriteString("\n" + t.text("approve.initialled", "by", m.By.Shown(), "at", calendar.ShortDateTime(m.At, t.lang())))
	}
	if l.Signed != nil {
		b.WriteString("\n" + t.text("approve.signed", "by", l.Signed.By.Shown(), "at", calendar.ShortDateTime(l.Signed.At, t.lang())))
	}
	t.reply(bot.Message{Text: b.String(), Files: attachments(l.Archive)})
}

func (k approve) answer(ctx context.Context, t *turn, in input) error {
	def, c, ok, err := t.stepCase(ctx)
	if err != nil || !ok {
		return err
	}
	switch in.choice {
	case approveInitial, approveSign:
		return t.confirm(ctx, pendingMark(def, c))
	case approveRecord:
		result, ok, err := t.do(ctx, c.ID, c.WaitsFor(def), workflow.Record{}, workflow.ProofNone)
		if err != nil || !ok {
			return err
		}
		t.end()
		t.done(result.Case, workflow.Record{})
		return t.nextTask(ctx)
	case approveReturn:
		return t.askReason(ctx, Pending{Role: c.WaitsFor(def), Case: c.ID, Command: workflow.Command{Act: workflow.Return{}}})
	}
	if strings.HasPrefix(plain(in.text), "kembalikan") {
		return t.askReason(ctx, Pending{Role: c.WaitsFor(def), Case: c.ID, Command: workflow.Command{Act: workflow.Return{}}})
	}
	t.say("common.choose")
	return k.ask(ctx, t)
}

// pendingMark is the paraf or signature that the case's step waits for, on the
// revision that was shown.
func pendingMark(def *workflow.SOP, c workflow.Case) Pending {
	seen := 0
	if at := atHand(def, c); len(at) > 0 {
		seen = at[0].Revision
	}
	step, _ := def.Step(c.Step)
	var act workflow.Act = workflow.Sign{Seen: seen}
	if step.Kind == workflow.KindInitial {
		act = workflow.Initial{Seen: seen}
	}
	return Pending{Role: c.WaitsFor(def), Case: c.ID, Command: workflow.Command{Act: act}}
}

// mostAtOnce is how many letters one code may confirm.
const mostAtOnce = 20

// approveAll shows every letter that waits for the officer's paraf or signature
// and confirms them with one code.
func approveAll(ctx context.Context, t *turn, _ string) error {
	rows, err := t.openTasks(ctx, "", 5*mostAtOnce)
	if err != nil {
		return err
	}
	var acts []Pending
	for _, row := range rows {
		def, c, err := t.work.Case(ctx, row.ID)
		if t.unreadable(ctx, row.ID, err) {
			continue
		}
		if err != nil {
			return err
		}
		step, _ := def.Step(c.Step)
		marks := step.Kind == workflow.KindInitial || step.Kind == workflow.KindSign || c.Stage == workflow.StageSign
		if !marks || len(acts) == mostAtOnce {
			continue
		}
		for _, l := range atHand(def, c) {
			t.showLetter(def, l)
		}
		acts = append(acts, pendingMark(def, c))
	}
	if len(acts) == 0 {
		t.ask(t.text("approve.none"), t.item("/tugas", "menu.tasks"))
		return nil
	}
	return t.confirm(ctx, acts...)
}
