package tasks

import (
	"context"
	"time"

	"izinbot/handlers/session"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

// PromiseToday is the answer "Saya kerjakan hari ini" to a reminder: it is kept in the
// case's history, and his superiors see it.
func PromiseToday(ctx context.Context, s *session.Session, arg string) error {
	def, c, err := s.CaseNamed(ctx, arg)
	if err != nil {
		return err
	}
	role := c.WaitsFor(def)
	if role == "" || role == workflow.RoleApplicant {
		return NothingToDo(s, c, "promise.not_now", "promise.ended")
	}
	act := workflow.Promise{Until: endOfWork(s.Env.Calendar, s.Now)}
	if _, err := s.Do(ctx, c.ID, role, act, workflow.ProofNone); err != nil {
		return err
	}
	s.Ask(s.Text("promise.done", "case", string(c.ID), "until", calendar.ShortDateTime(act.Until, s.Lang())),
		s.Choice("/buka "+string(c.ID), "menu.open"), s.Choice("/tugas", "menu.tasks"))
	return nil
}

// endOfWork is the close of business of the present working day, or of the next
// one if the office has closed for today.
func endOfWork(cal workflow.WorkingTime, now time.Time) time.Time {
	opening := cal.NextOpen(now)
	closing, ok := cal.DayClose(opening)
	if !ok {
		return now.Add(time.Hour)
	}
	return closing
}
