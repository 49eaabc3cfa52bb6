package calendar

import (
	"sync/atomic"
	"time"

	"izinbot/workflow"
)

// Live is an office's calendar while a program runs: another one may be put in its
// place at any time, because days off are decreed in the middle of a year. Who
// needs several answers of one and the same calendar takes it with Current.
type Live struct{ current atomic.Pointer[Calendar] }

var _ workflow.WorkingTime = (*Live)(nil)

// NewLive gives a Live with a calendar in force.
func NewLive(c *Calendar) *Live {
	l := &Live{}
	l.Replace(c)
	return l
}

// Replace puts another calendar in force.
func (l *Live) Replace(c *Calendar) { l.current.Store(c) }

// Current is the calendar in force.
func (l *Live) Current() *Calendar { return l.current.Load() }

// Due is [Calendar.Due] of the calendar in force.
func (l *Live) Due(start time.Time, budget workflow.Budget, pauses []workflow.Span) time.Time {
	return l.Current().Due(start, budget, pauses)
}

// NextOpen is [Calendar.NextOpen] of the calendar in force.
func (l *Live) NextOpen(t time.Time) time.Time { return l.Current().NextOpen(t) }

// IsWorkingDay is [Calendar.IsWorkingDay] of the calendar in force.
func (l *Live) IsWorkingDay(t time.Time) bool { return l.Current().IsWorkingDay(t) }

// DayClose is [Calendar.DayClose] of the calendar in force.
func (l *Live) DayClose(t time.Time) (closing time.Time, ok bool) { return l.Current().DayClose(t) }

// Used is [Calendar.Used] of the calendar in force.
func (l *Live) Used(from, to time.Time, pauses []workflow.Span) time.Duration {
	return l.Current().Used(from, to, pauses)
}

// WorkingDaysBetween is [Calendar.WorkingDaysBetween] of the calendar in force.
func (l *Live) WorkingDaysBetween(a, b time.Time) int { return l.Current().WorkingDaysBetween(a, b) }
