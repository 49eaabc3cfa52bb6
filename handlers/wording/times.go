package wording

import (
	"time"

	"izinbot/handlers/session"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

// ByWhen shows a deadline: the time if it is today, else the day too.
func ByWhen(s *session.Session, due time.Time) string {
	if calendar.Date(due, s.Lang()) == calendar.Date(s.Now, s.Lang()) {
		return calendar.Time(due) + " WIB"
	}
	return calendar.ShortDateTime(due, s.Lang()) + " WIB"
}

// Left tells how much working time is left until due, or how much it is over.
func Left(s *session.Session, due time.Time, unit workflow.Unit) string {
	if due.IsZero() {
		return ""
	}
	late := s.Now.After(due)
	from, to := s.Now, due
	if late {
		from, to = due, s.Now
	}
	amount := calendar.DurationWords(s.Env.Calendar.Used(from, to, nil), s.Lang())
	if days := s.Env.Calendar.WorkingDaysBetween(MidnightAfter(from), to); unit == workflow.Day && days > 0 {
		amount = s.Text("time.days", "n", days)
	}
	if late {
		return s.Text("time.late", "amount", amount)
	}
	return s.Text("time.left", "amount", amount)
}

// MidnightAfter is the end of the instant's day: what is due on the next working
// day is one working day away, whatever the hour.
func MidnightAfter(at time.Time) time.Time {
	at = at.In(workflow.WIB())
	return time.Date(at.Year(), at.Month(), at.Day()+1, 0, 0, 0, 0, workflow.WIB())
}
