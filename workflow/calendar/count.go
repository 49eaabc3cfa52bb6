package calendar

import (
	"time"

	"izinbot/workflow"
)

// WorkingDaysBetween counts the closes of business in (a, b]: how many working
// days end after a and not after b. It is 0 if b is not after a.
func (c *Calendar) WorkingDaysBetween(a, b time.Time) int {
	after, until := momentOf(a), momentOf(b)
	n := 0
	for closing := range c.closings(after.day, []span{fromOn(after)}) {
		if until.before(closing) {
			break
		}
		if after.before(closing) {
			n++
		}
	}
	return n
}

// DaysUsed counts the days that a clock started at from has used up at to: the
// working days after its day 0 at whose close of business it ran. A budget of N
// days is due at the earliest instant at which DaysUsed is N.
func (c *Calendar) DaysUsed(from, to time.Time, pauses []workflow.Span) int {
	start, until := momentOf(from), momentOf(to)
	opening, ok := c.nextOpen(start)
	if !ok {
		return 0
	}
	n := 0
	for closing := range c.closings(opening.day+1, running(start, pauses)) {
		if until.before(closing) {
			break
		}
		n++
	}
	return n
}

// Used is the working time between two instants without the pauses. It is 0 if
// to is not after from.
func (c *Calendar) Used(from, to time.Time, pauses []workflow.Span) time.Duration {
	until := momentOf(to)
	var sum time.Duration
	for run := range c.runs(running(momentOf(from), pauses)) {
		if !(moment{run.day, run.open}).before(until) {
			break
		}
		if run.day == until.day {
			run.close = min(run.close, until.at)
		}
		sum += run.close - run.open
	}
	return sum
}
