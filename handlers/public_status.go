package handlers

import (
	"context"

	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

// Status words how far the case with a number is. It is not found before the file
// is complete, because only then the applicant has his resi (sop.md rule 1).
func (p Public) Status(ctx context.Context, typed string, lang workflow.Lang) (Sheet, error) {
	l := p.leaf(lang)
	if typed == "" {
		return l.ask(), nil
	}
	def, c, ok, err := p.find(ctx, typed)
	if err != nil {
		return Sheet{}, err
	}
	if !ok || !registered(c) {
		return l.nothing(), nil
	}
	return l.status(def, c), nil
}

func (l *leaf) status(def *workflow.SOP, c workflow.Case) Sheet {
	l.Found, l.Title, l.About = true, l.text("page.status.title"), def.Permit.In(l.lang)
	l.fact(l.text("page.status.number"), string(c.ID))
	if c.Open() {
		l.underWay(def, c)
	} else {
		l.ended(c)
	}
	l.note(l.text("page.status.more"))
	if def.Tariff == 0 {
		l.note(l.text("page.status.free"))
	}
	l.note(l.text("page.status.as_of", "at", calendar.DateTime(l.now, l.lang)))
	return l.Sheet
}

func (l *leaf) underWay(def *workflow.SOP, c workflow.Case) {
	p := progressOf(def, c)
	step, _ := def.Step(presentStep(c))
	l.Done, l.Ahead = len(p.done), len(p.ahead)
	l.Dots = l.text("page.status.dots", "done", l.Done, "all", l.Done+l.Ahead)
	l.Step = l.text("page.status.step", "no", step.No, "step", step.Activity)
	l.fact(l.text("page.status.turn"), l.roleName(def, c.WaitsFor(def)))
	switch due := c.StepClock.Due; {
	case due.IsZero():
		l.mark(toneWait, l.text("page.status.waiting"))
		l.note(l.text("page.status.paused"))
	case due.Before(l.now):
		l.mark(toneBad, l.text("page.status.late"))
		l.fact(l.text("page.status.was_due"), calendar.DateTime(due, l.lang))
	default:
		l.mark(toneGood, l.text("page.status.in_progress"))
		l.fact(l.text("page.status.due"), calendar.DateTime(due, l.lang))
	}
	if due := c.ServiceClock.Due; !due.IsZero() {
		l.fact(l.text("page.status.service"), calendar.Date(due, l.lang))
	}
}

func (l *leaf) ended(c workflow.Case) {
	tone := toneWait
	switch c.End {
	case workflow.EndGranted:
		tone = toneGood
	case workflow.EndRefused:
		tone = toneBad
	}
	l.mark(tone, l.text("page.status.ended", "outcome", l.text("end."+c.End)))
	l.fact(l.text("page.status.ended_on"), calendar.Date(c.Ended, l.lang))
}
