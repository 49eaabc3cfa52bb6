package calendar

import "time"

const (
	wibOffset     = 7 * 60 * 60 // seconds east of UTC, as of [workflow.WIB]
	secondsPerDay = 24 * 60 * 60

	// horizon is the first day that is not looked at, 10000-01-01: RFC 3339
	// cannot write it. It bounds every walk, also through a calendar that never
	// opens and a pause that never ends.
	horizon = 2_932_897
)

// moment is an instant as the office sees it: the day, counted from 1970-01-01
// in WIB, and the time since that day's midnight.
type moment struct {
	day int
	at  time.Duration
}

func momentOf(t time.Time) moment {
	seconds := t.Unix() + wibOffset
	day, rest := seconds/secondsPerDay, seconds%secondsPerDay
	if rest < 0 {
		day, rest = day-1, rest+secondsPerDay
	}
	return moment{int(day), time.Duration(rest)*time.Second + time.Duration(t.Nanosecond())}
}

func (m moment) time(zone *time.Location) time.Time {
	return time.Unix(int64(m.day)*secondsPerDay-wibOffset, int64(m.at)).In(zone)
}

func (m moment) before(o moment) bool {
	return m.day < o.day || m.day == o.day && m.at < o.at
}

func (m moment) compare(o moment) int {
	switch {
	case m.before(o):
		return -1
	case o.before(m):
		return 1
	}
	return 0
}

// later gives the later of two moments.
func later(a, b moment) moment {
	if a.before(b) {
		return b
	}
	return a
}

// dayOf gives the number of a date.
func dayOf(year int, month time.Month, day int) int {
	return int(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / secondsPerDay)
}

// weekday gives the weekday of a day's number; 1970-01-01 was a Thursday.
func weekday(day int) time.Weekday {
	w := (day + int(time.Thursday)) % 7
	if w < 0 {
		w += 7
	}
	return time.Weekday(w)
}
