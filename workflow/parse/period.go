package parse

import (
	"strings"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/calendar"
	"izinbot/workflow/normalize"
)

// Period checks a period from one day or month to another, in order and not over, and
// gives it as it was written. A year alone is the whole of it.
func Period(s string, now time.Time) (string, error) {
	s = normalize.Line(s)
	from, to, ok := periodEnds(s, now)
	today := now.In(workflow.WIB()).Format(time.DateOnly)
	switch {
	case !ok:
		return "", doubt(DoubtPeriod)
	case to.Before(from):
		return "", doubt(DoubtPeriodOrder)
	case to.Format(time.DateOnly) < today:
		return "", doubt(DoubtPeriodPast)
	}
	return s, nil
}

// periodEnds finds the two ends of a period. A first end without a year has that of the
// last: "Januari - Desember 2027".
func periodEnds(s string, now time.Time) (from, to time.Time, ok bool) {
	plain := strings.ToLower(normalize.Dashes(s))
	if year := unlabelled(plain, "tahun", "year"); len(year) == 4 && allDigits(year) {
		return between(year, year, now)
	}
	for _, separator := range []string{" sampai dengan ", " sampai ", " s.d. ", " s.d ", " s/d ", " sd ", " hingga ", " until ", " to ", " - ", "-"} {
		first, last, cut := strings.Cut(plain, separator)
		if cut && strings.Count(plain, separator) == 1 {
			return between(strings.TrimSpace(first), strings.TrimSpace(last), now)
		}
	}
	return from, to, false
}

func between(first, last string, now time.Time) (from, to time.Time, ok bool) {
	to, ok = periodEnd(last, now)
	if !ok {
		return from, to, false
	}
	if from, ok = periodEnd("awal "+first, now); !ok || !strings.ContainsAny(first, "0123456789") {
		from, ok = periodEnd("awal "+first+" "+to.Format("2006"), now)
	}
	return from, to, ok
}

// periodEnd reads a day, a month with its year, or a year.
func periodEnd(s string, now time.Time) (time.Time, bool) {
	if !strings.ContainsAny(s, "0123456789") {
		return time.Time{}, false
	}
	day, _, err := calendar.ReadDate(s, now)
	return day, err == nil
}
