package workflow

import (
	"cmp"
	"slices"
	"strconv"
	"time"
)

// Reminder is a rung of one of a case's running clocks, with the instant from
// which it is to be sent.
type Reminder struct {
	Rung
	// Key is stable: the same after a pause or a change of the calendar. A sender
	// claims it, once for all, so that the reminder is sent once.
	Key string
	// At is within working hours.
	At time.Time
}

// Reminders lists the rungs of the case's running clocks by their instants. A
// clock that is paused or stopped has none, so that a finished step voids its own.
func (s *SOP) Reminders(c Case, cal WorkingTime) []Reminder {
	if !c.Open() {
		return nil
	}
	l := ladder{def: s, c: c, cal: cal}
	var out []Reminder
	for _, r := range s.Ladder {
		k, ok := l.clock(r.Clock)
		if !ok {
			continue
		}
		at := l.instant(r, k)
		if at.IsZero() {
			continue
		}
		out = append(out, Reminder{Rung: r, Key: reminderKey(c.ID, r, k), At: l.sendable(r, at)})
	}
	slices.SortStableFunc(out, func(a, b Reminder) int { return a.At.Compare(b.At) })
	return out
}

// ReminderPrefix begins the keys of all reminders of a case.
func ReminderPrefix(id CaseID) string { return "rung/" + string(id) + "/" }

func reminderKey(id CaseID, r Rung, k Clock) string {
	return ReminderPrefix(id) + string(r.Clock) + "/" + strconv.FormatInt(k.Start.UnixNano(), 36) + "/" + r.When.String()
}

// String writes the instant as the SOP file does: "75 persen", "batas".
func (w When) String() string {
	if w.N == 0 {
		return string(w.Kind)
	}
	return strconv.Itoa(w.N) + " " + string(w.Kind)
}

// ladder computes the rungs of one case.
type ladder struct {
	def *SOP
	c   Case
	cal WorkingTime
}

// clock gives a clock that has rungs now. The applicant's own steps (submission,
// receipt) have none: he is never late.
func (l ladder) clock(name ClockName) (Clock, bool) {
	k := l.c.StepClock
	switch name {
	case ClockService:
		k = l.c.ServiceClock
	case ClockReply:
		k = l.c.ReplyClock
	case ClockStep:
		step, ok := l.def.Step(l.c.Step)
		if !ok || step.Role == RoleApplicant {
			return k, false
		}
	}
	return k, k.Running() && !k.Due.IsZero()
}

// instant gives the rung's due instant; zero if this clock has no such instant.
func (l ladder) instant(r Rung, k Clock) time.Time {
	switch r.When.Kind {
	case WhenUsed:
		return l.used(k, r.When.N)
	case WhenDue:
		return k.Due
	case WhenLate:
		return l.workingDays(k.Due, r.When.N)
	case WhenLeft:
		if at := l.cal.NextOpen(midnight(l.workingDays(k.Due, -r.When.N))); !at.Before(k.Start) {
			return at
		}
	case WhenRun:
		if at := l.cal.Due(k.Start, Budget{N: r.When.N, Unit: Day}, k.Pauses); at.Before(k.Due) {
			return l.cal.NextOpen(midnight(at))
		}
	case WhenMisfit:
		return l.misfit(k.Due)
	}
	return time.Time{}
}

// sendable moves the instant into working hours and, for the task's own holder, past
// the end of his promise to do it today.
func (l ladder) sendable(r Rung, at time.Time) time.Time {
	at = l.cal.NextOpen(at)
	p, ok := l.c.Promised()
	own := len(r.To) == 1 && r.To[0] == ToHolder
	if ok && own && r.Clock == ClockStep && !at.Before(p.At) && at.Before(p.Until) {
		at = l.cal.NextOpen(p.Until)
	}
	return at
}

func (l ladder) used(k Clock, percent int) time.Time {
	minutes := k.Budget.N
	switch k.Budget.Unit {
	case Day:
		return l.cal.NextOpen(midnight(k.Due))
	case Hour:
		minutes *= 60
	case Minute:
	}
	return l.cal.Due(k.Start, Budget{N: max(1, minutes*percent/100), Unit: Minute}, k.Pauses)
}

// lookedAt bounds walks from day to day, in days.
const lookedAt = 3660

// workingDays is the same time of day n working days later, or earlier if n is
// negative.
func (l ladder) workingDays(t time.Time, n int) time.Time {
	step := cmp.Compare(n, 0)
	t = t.In(WIB())
	for range lookedAt {
		if n == 0 {
			break
		}
		t = t.AddDate(0, 0, step)
		if l.cal.IsWorkingDay(t) {
			n -= step
		}
	}
	return t
}

// misfit gives the instant from which the charter's promise can no longer be kept if
// every step that is left takes the SOP's time: now, if the present step's own time is
// too long already, else the present step's planned end. A day's work counts here
// from an hour to the same hour, not to the close of business: what is left is
// measured, not a deadline set.
func (l ladder) misfit(due time.Time) time.Time {
	latest := due
	minutes := 0
	for i, step := range l.def.Ahead(l.c.Step) {
		if step.Kind == KindReceive {
			break
		}
		switch {
		case i == 0:
		case step.Time.Unit == Day:
			latest = l.workingDays(latest, -step.Time.N)
		case step.Time.Unit == Hour:
			minutes += 60 * step.Time.N
		default:
			minutes += step.Time.N
		}
	}
	latest = l.before(latest, minutes)
	end, k := l.c.StepClock.Due, l.c.StepClock
	if k.Budget.Unit == Day && len(k.Pauses) == 0 {
		end = l.workingDays(l.cal.NextOpen(k.Start), k.Budget.N)
	}
	if end.After(latest) {
		latest = k.since()
	}
	if !latest.Before(due) || !k.Running() {
		return time.Time{}
	}
	return latest
}

// since gives the instant from which the clock has run without a break.
func (k Clock) since() time.Time {
	if n := len(k.Pauses); n > 0 {
		return k.Pauses[n-1].To
	}
	return k.Start
}

// before is the latest instant from which so much working time is left until t.
func (l ladder) before(t time.Time, minutes int) time.Time {
	for range lookedAt {
		if minutes <= 0 {
			break
		}
		day := midnight(t)
		if !day.Before(t) {
			day = day.AddDate(0, 0, -1)
		}
		in := int(l.cal.Used(day, t, nil) / time.Minute)
		switch {
		case in > minutes:
			return l.cal.Due(day, Budget{N: in - minutes, Unit: Minute}, nil)
		case in == minutes:
			return l.cal.NextOpen(day)
		}
		minutes, t = minutes-in, day
	}
	return t
}

func midnight(t time.Time) time.Time {
	year, month, day := t.In(WIB()).Date()
	return time.Date(year, month, day, 0, 0, 0, 0, WIB())
}

// Recipients gives the addressees of a rung: each a person, an officer or everybody of
// a role.
func (s *SOP) Recipients(c Case, r Rung) []Notice {
	var out []Notice
	for _, to := range r.To {
		if n := s.recipient(c, to); !slices.ContainsFunc(out, n.sameAddressee) {
			out = append(out, n)
		}
	}
	return out
}

func (n Notice) sameAddressee(o Notice) bool {
	return n.Person == o.Person && n.Officer == o.Officer && n.Role == o.Role
}

// recipient gives the addressee. Where there is no superior, the head of the
// office hears it himself.
func (s *SOP) recipient(c Case, to Audience) Notice {
	role := c.WaitsFor(s)
	above := s.Above(role)
	switch to {
	case ToApplicant:
		return Notice{Person: c.Applicant}
	case ToSuperior, ToNextSuperior:
		n := 1
		if to == ToNextSuperior {
			n = 2
		}
		if n = min(n, len(above)); n > 0 {
			return Notice{Role: above[n-1]}
		}
	case ToHolder:
	default:
		return Notice{Role: Role(to)}
	}
	if c.Holder != nil {
		return Notice{Officer: c.Holder.By.Officer, Role: role}
	}
	return Notice{Role: role}
}
