package handlers

import (
	"context"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

// today is the answer "Saya kerjakan hari ini" to a reminder: it is kept in the
// case's history, and his superiors see it.
func today(ctx context.Context, t *turn, arg string) error {
	def, c, ok, err := t.caseArg(ctx, arg)
	if err != nil || !ok {
		return err
	}
	role := c.WaitsFor(def)
	if role == "" || role == workflow.RoleApplicant {
		t.say("hand.not_now", "case", string(c.ID))
		return nil
	}
	act := workflow.Promise{Until: endOfWork(t.app.Calendar, t.now)}
	_, ok, err = t.do(ctx, c.ID, role, act, workflow.ProofNone)
	if err != nil || !ok {
		return err
	}
	t.ask(t.text("promise.done", "case", string(c.ID), "until", calendar.ShortDateTime(act.Until, t.lang())),
		t.item("/buka "+string(c.ID), "menu.open"), t.item("/tugas", "menu.tasks"))
	return nil
}

// endOfWork is the close of business of the present working day, or of the next
// one if the office has closed for today.
func endOfWork(cal WorkingTime, now time.Time) time.Time {
	opening := cal.NextOpen(now)
	closing, ok := cal.DayClose(opening)
	if !ok {
		return now.Add(time.Hour)
	}
	return closing
}
