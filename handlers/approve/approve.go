package approve

import (
	"context"
	"strings"

	"izinbot/handlers/session"
	"izinbot/handlers/tasks"
	"izinbot/workflow"
	"izinbot/workflow/normalize"
)

// Approval shows a letter and takes the officer's paraf, signature or entry in the
// register, or a return with its reason.
type Approval struct {
	At string `json:"at,omitempty"` // atShown once the letters were
}

const atShown = "shown"

// Name implements [session.Dialogue].
func (*Approval) Name() string { return "approve" }

// Ids of the choices.
const (
	choiceInitial = "initial"
	choiceSign    = "sign"
	choiceRecord  = "record"
	choiceReturn  = "return"
)

// Begin implements [session.Work].
func (k *Approval) Begin(ctx context.Context, s *session.Session, c workflow.Case, _ workflow.Step) error {
	return s.BeginAt(ctx, k, c.ID, c.Step)
}

// Ask implements [session.Dialogue].
func (k *Approval) Ask(ctx context.Context, s *session.Session) error {
	def, c, err := s.StepCase(ctx)
	if err != nil {
		return err
	}
	if k.At == "" {
		for _, l := range tasks.AtHand(def, c) {
			tasks.ShowLetter(s, def, c, l)
		}
		k.At = atShown
	}
	step, _ := def.Step(c.Step)
	items := []session.Choice{approval(s, step)}
	if step.Kind != workflow.KindNumber {
		items = append(items, s.Choice(choiceReturn, "approve.return"))
	}
	items = append(items, s.Choice("/alihkan "+string(c.ID), "menu.hand_over"), s.Choice("/batal", "menu.later"))
	s.Ask(s.Text("approve.ask_"+string(step.Kind), "activity", step.Name(s.Lang())), items...)
	return nil
}

func approval(s *session.Session, step workflow.Step) session.Choice {
	if step.Kind == workflow.KindInitial {
		return s.Choice(choiceInitial, "approve.initial")
	}
	if step.Kind == workflow.KindNumber {
		return s.Choice(choiceRecord, "approve.record")
	}
	return s.Choice(choiceSign, "approve.sign")
}

// Answer implements [session.Dialogue].
func (k *Approval) Answer(ctx context.Context, s *session.Session, in session.Input) error {
	def, c, err := s.StepCase(ctx)
	if err != nil {
		return err
	}
	switch in.Choice {
	case choiceInitial, choiceSign:
		return tasks.Confirm(ctx, s, pendingMark(def, c))
	case choiceRecord:
		return tasks.Finish(ctx, s, c.ID, c.WaitsFor(def), workflow.Record{})
	}
	if in.Choice == choiceReturn || strings.HasPrefix(normalize.Plain(in.Text), "kembalikan") {
		return tasks.AskReason(ctx, s, tasks.Pending{Role: c.WaitsFor(def), Case: c.ID, Command: workflow.Command{Act: workflow.Return{}}})
	}
	return s.Choose(ctx)
}

// pendingMark is the paraf or signature that the case's step waits for, on the
// revision that was shown.
func pendingMark(def *workflow.SOP, c workflow.Case) tasks.Pending {
	seen := 0
	if at := tasks.AtHand(def, c); len(at) > 0 {
		seen = at[0].Revision
	}
	step, _ := def.Step(c.Step)
	var act workflow.Act = workflow.Sign{Seen: seen}
	if step.Kind == workflow.KindInitial {
		act = workflow.Initial{Seen: seen}
	}
	return tasks.Pending{Role: c.WaitsFor(def), Case: c.ID, Command: workflow.Command{Act: act}}
}

// mostAtOnce is the number of letters one code may confirm.
const mostAtOnce = 20

// All shows every letter that waits for the officer's paraf or signature
// and confirms them with one code.
func All(ctx context.Context, s *session.Session, _ string) error {
	rows, err := tasks.Open(ctx, s, "", 5*mostAtOnce)
	if err != nil {
		return err
	}
	var acts []tasks.Pending
	for _, row := range rows {
		def, c, err := s.Work.Case(ctx, row.ID)
		if s.Unreadable(ctx, row.ID, err) {
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
		for _, l := range tasks.AtHand(def, c) {
			tasks.ShowLetter(s, def, c, l)
		}
		acts = append(acts, pendingMark(def, c))
	}
	if len(acts) == 0 {
		s.Ask(s.Text("approve.none"), s.Choice("/tugas", "menu.tasks"))
		return nil
	}
	return tasks.Confirm(ctx, s, acts...)
}
