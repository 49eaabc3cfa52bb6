package calendar

import (
	_ "embed"
	"time"

	"izinbot/workflow"
)

//go:embed kalender.yaml
var defaultFile []byte

// Calendar is an office's working time. It is made by [Parse] or [Default] and
// never changes afterwards, so it may be shared. The zero Calendar never opens.
type Calendar struct {
	normal, fasting week
	ramadan         []ramadan
	holidays        map[int]Holiday

	// first and days hold the hours of every day from the file's first date to
	// its last; all other days have normal hours.
	first int
	days  [][]shift
	zone  *time.Location
}

var _ workflow.Calendar = (*Calendar)(nil)

// shift is one stretch [open, close) of a day's working time, as time since
// midnight. A day's shifts are in order and do not overlap.
type shift struct{ open, close time.Duration }

// week holds the shifts by [time.Weekday]; a day without shifts is closed.
type week [7][]shift

// ramadan is a fasting month, first and last day included.
type ramadan struct {
	name        string // its year: "1448 H"
	first, last int
}

// Kind is the authority by which a day is off.
type Kind string

// The kinds of days off, as the data file names them: the first two from the
// joint decree of three ministers (SKB 3 Menteri), the last from the regency.
const (
	National   Kind = "libur nasional"
	Collective Kind = "cuti bersama"
	Regional   Kind = "daerah"
)

// Holiday is a day off.
type Holiday struct {
	Date time.Time // its midnight in WIB
	Name string    // the feast; on a cuti bersama the one that it belongs to
	Kind Kind
}

// String writes "Natal (cuti bersama)".
func (h Holiday) String() string { return h.Name + " (" + string(h.Kind) + ")" }

// Default gives the calendar that comes with the program: the hours of Perpres
// 21/2023 and the days off of 2026 and 2027. An error means that the program
// was built with a faulty file.
func Default() (*Calendar, error) { return Parse(defaultFile) }

// newCalendar makes a calendar whose parts have been checked.
func newCalendar(normal, fasting week, months []ramadan, holidays map[int]Holiday) *Calendar {
	c := &Calendar{normal: normal, fasting: fasting, ramadan: months, holidays: holidays, zone: workflow.WIB()}
	first, last := horizon, 0
	for day := range holidays {
		first, last = min(first, day), max(last, day)
	}
	for _, r := range months {
		first, last = min(first, r.first), max(last, r.last)
	}
	c.first = first
	for day := first; day <= last; day++ {
		c.days = append(c.days, c.shiftsOf(day))
	}
	return c
}

// shiftsOf works out a day's hours from the file.
func (c *Calendar) shiftsOf(day int) []shift {
	if _, off := c.holidays[day]; off {
		return nil
	}
	if c.fastingOn(day) {
		return c.fasting[weekday(day)]
	}
	return c.normal[weekday(day)]
}

// hours gives the shifts of a day, precomputed for the days that the file is about.
func (c *Calendar) hours(day int) []shift {
	if i := day - c.first; i >= 0 && i < len(c.days) {
		return c.days[i]
	}
	return c.normal[weekday(day)]
}

// closing gives a day's close of business; ok is false if it is no working day.
func (c *Calendar) closing(day int) (m moment, ok bool) {
	shifts := c.hours(day)
	if len(shifts) == 0 {
		return moment{}, false
	}
	return moment{day, shifts[len(shifts)-1].close}, true
}

func (c *Calendar) fastingOn(day int) bool {
	for _, r := range c.ramadan {
		if r.first <= day && day <= r.last {
			return true
		}
	}
	return false
}
