package public

import (
	"context"

	"izinbot/handlers/mycases"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

// Status words how far the case with a number is. It is not found before the file
// is complete, because only then the applicant has his resi.
func (p Pages) Status(ctx context.Context, typed string, lang workflow.Lang) (Sheet, error) {
	l := p.leaf(lang)
	if typed == "" {
		return l.ask(), nil
	}
	def, c, ok, err := p.find(ctx, typed)
	if err != nil {
		return Sheet{}, err
	}
	if !ok || !mycases.Registered(c) {
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
	p := mycases.ProgressOf(def, c)
	step, _ := def.Step(mycases.PresentStep(c))
	l.Done, l.Ahead = len(p.Done), len(p.Ahead)
	l.Dots = l.text("page.status.dots", "done", l.Done, "all", l.Done+l.Ahead)
	l.Step = l.text("page.status.step", "no", step.No, "step", step.Name(l.lang))
	l.fact(l.text("page.status.turn"), l.roleName(def, c.WaitsFor(def)))
	switch due := c.StepClock.Due; {
	case due.IsZero():
		l.mark(ToneWait, l.text("page.status.waiting"))
		l.note(l.text("page.status.paused"))
	case due.Before(l.now):
		l.mark(ToneBad, l.text("page.status.late"))
		l.fact(l.text("page.status.was_due"), calendar.DateTime(due, l.lang))
	default:
		l.mark(ToneGood, l.text("page.status.in_progress"))
		l.fact(l.text("page.status.due"), calendar.DateTime(due, l.lang))
	}
	if due := c.ServiceClock.Due; !due.IsZero() {
		l.fact(l.text("page.status.service"), calendar.Date(due, l.lang))
	}
}

func (l *leaf) ended(c workflow.Case) {
	tone := ToneWait
	switch c.End {
	case workflow.EndGranted:
		tone = ToneGood
	case workflow.EndRefused:
		tone = ToneBad
	}
	l.mark(tone, l.text("page.status.ended", "outcome", l.text("end."+c.End)))
	l.fact(l.text("page.status.ended_on"), calendar.Date(c.Ended, l.lang))
}
