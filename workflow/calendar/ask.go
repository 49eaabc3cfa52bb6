package calendar

import "time"

// Open tells whether the office is open at t. It is at the instant of opening
// and no longer at the instant of closing.
func (c *Calendar) Open(t time.Time) bool {
	m := momentOf(t)
	for _, s := range c.hours(m.day) {
		if s.open <= m.at && m.at < s.close {
			return true
		}
	}
	return false
}

// NextOpen is t itself if the office is open then, else its next opening: after
// lunch or on the next working day. It is the zero time if there is none.
func (c *Calendar) NextOpen(t time.Time) time.Time {
	m, ok := c.nextOpen(momentOf(t))
	if !ok {
		return time.Time{}
	}
	return m.time(c.zone)
}

// IsWorkingDay tells whether the office opens at all on t's date in WIB.
func (c *Calendar) IsWorkingDay(t time.Time) bool { return len(c.hours(momentOf(t).day)) > 0 }

// DayClose is the close of business of t's date in WIB; ok is false if that is
// no working day.
func (c *Calendar) DayClose(t time.Time) (closing time.Time, ok bool) {
	m, ok := c.closing(momentOf(t).day)
	if !ok {
		return time.Time{}, false
	}
	return m.time(c.zone), true
}

// Holiday is the day off that the file gives for t's date in WIB. A weekend is
// none by itself.
func (c *Calendar) Holiday(t time.Time) (Holiday, bool) {
	h, ok := c.holidays[momentOf(t).day]
	return h, ok
}
