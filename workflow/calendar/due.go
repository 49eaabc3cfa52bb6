package calendar

import (
	"iter"
	"math"
	"time"

	"izinbot/workflow"
)

// Due is the instant, in WIB, at which budget is used up when it starts at start
// and does not run during pauses; the package comment has the rules. The pauses
// may be in any order and overlap. Due is the zero time where no such instant
// exists: the budget is missing, a pause never ends, the office never opens.
func (c *Calendar) Due(start time.Time, budget workflow.Budget, pauses []workflow.Span) time.Time {
	var due moment
	var ok bool
	from := momentOf(start)
	spans := running(from, pauses)
	switch budget.Unit {
	case workflow.Minute:
		due, ok = c.dueTime(budget.N, time.Minute, spans)
	case workflow.Hour:
		due, ok = c.dueTime(budget.N, time.Hour, spans)
	case workflow.Day:
		due, ok = c.dueDays(budget.N, from, spans)
	}
	if !ok {
		return time.Time{}
	}
	return due.time(c.zone)
}

func (c *Calendar) dueTime(n int, unit time.Duration, spans []span) (moment, bool) {
	if n < 1 || n > int(math.MaxInt64/unit) {
		return moment{}, false
	}
	left := time.Duration(n) * unit
	for run := range c.runs(spans) {
		if left <= run.close-run.open {
			return moment{run.day, run.open + left}, true
		}
		left -= run.close - run.open
	}
	return moment{}, false
}

func (c *Calendar) dueDays(n int, start moment, spans []span) (moment, bool) {
	opening, ok := c.nextOpen(start)
	if !ok || n < 1 {
		return moment{}, false
	}
	for closing := range c.closings(opening.day+1, spans) {
		if n--; n == 0 {
			return closing, true
		}
	}
	return moment{}, false
}

// nextOpen is the first moment from m on at which the office is open.
func (c *Calendar) nextOpen(m moment) (moment, bool) {
	for run := range c.runs([]span{fromOn(m)}) {
		return moment{run.day, run.open}, true
	}
	return moment{}, false
}

// run is a stretch of working time within one day and between pauses.
type run struct {
	day int
	shift
}

// runs gives the working time inside spans, in order.
func (c *Calendar) runs(spans []span) iter.Seq[run] {
	return func(yield func(run) bool) {
		for _, s := range spans {
			for day := s.from.day; day <= s.to.day; day++ {
				for _, shift := range c.hours(day) {
					r := run{day, s.clip(day, shift)}
					if r.open < r.close && !yield(r) {
						return
					}
				}
			}
		}
	}
}

// clip gives the part of a day's shift inside s; open is not before close if
// there is none.
func (s span) clip(day int, h shift) shift {
	if day == s.from.day {
		h.open = max(h.open, s.from.at)
	}
	if day == s.to.day {
		h.close = min(h.close, s.to.at)
	}
	return h
}

// closings gives, in order, the closes of business inside spans from the day
// first on.
func (c *Calendar) closings(first int, spans []span) iter.Seq[moment] {
	return func(yield func(moment) bool) {
		for _, s := range spans {
			for day := max(first, s.from.day); day <= s.to.day; day++ {
				closing, ok := c.closing(day)
				if ok && s.contains(closing) && !yield(closing) {
					return
				}
			}
		}
	}
}
