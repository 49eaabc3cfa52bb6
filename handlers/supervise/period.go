package supervise

import (
	"strconv"
	"strings"
	"time"

	"izinbot/handlers/wording"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

// period reads a stretch of days as people type it, and gives [from, to), to not
// after now: "" for this week, "hari ini", "minggu lalu", "bulan ini", "30 hari",
// "November", "tahun 2026", a day, or two days: "1 Nov - 15 Nov", "1-15 November".
// A year that is not said is the latest in which the period had begun.
func period(arg string, now time.Time) (from, to time.Time, ok bool) {
	words := strings.ToLower(strings.Join(strings.Fields(arg), " "))
	for _, read := range []func(string, time.Time) (time.Time, time.Time, bool){wordPeriod, dayPeriod, monthPeriod, twoDays} {
		if from, to, ok = read(words, now); ok {
			break
		}
	}
	if !ok || from.After(now) || !from.Before(to) {
		return from, to, false
	}
	if to.After(now) {
		to = now
	}
	return from, to, true
}

// wordPeriod reads the periods that have names, and "30 hari".
func wordPeriod(words string, now time.Time) (from, to time.Time, ok bool) {
	today := wording.MidnightAfter(now).AddDate(0, 0, -1)
	monday := today.AddDate(0, 0, -(int(today.Weekday())+6)%7)
	first := today.AddDate(0, 0, 1-today.Day())
	year := first.AddDate(0, 1-int(first.Month()), 0)
	switch words {
	case "", "minggu ini":
		return monday, now, true
	case "minggu lalu", "minggu kemarin":
		return monday.AddDate(0, 0, -7), monday, true
	case "hari ini":
		return today, now, true
	case "kemarin":
		return today.AddDate(0, 0, -1), today, true
	case "bulan ini":
		return first, now, true
	case "bulan lalu", "bulan kemarin":
		return first.AddDate(0, -1, 0), first, true
	case "tahun ini":
		return year, now, true
	case "tahun lalu", "tahun kemarin":
		return year.AddDate(-1, 0, 0), year, true
	}
	if days, found := strings.CutSuffix(words, " hari"); found {
		n, err := strconv.Atoi(days)
		return today.AddDate(0, 0, 1-n), now, err == nil && n > 0 && n <= 3660
	}
	return from, to, false
}

// dayPeriod reads one day.
func dayPeriod(words string, now time.Time) (from, to time.Time, ok bool) {
	if _, err := strconv.Atoi(words); err == nil {
		return from, to, false // a number alone may be anything
	}
	from, said, ok := readDay(words, now)
	if ok && !said && from.After(now) {
		from = from.AddDate(-1, 0, 0)
	}
	return from, from.AddDate(0, 0, 1), ok
}

// monthPeriod reads a month or a year, with or without the word.
func monthPeriod(words string, now time.Time) (from, to time.Time, ok bool) {
	if year, found := strings.CutPrefix(words, "tahun "); found {
		from, err := calendar.ParseDate("1/1/" + year)
		return from, from.AddDate(1, 0, 0), err == nil
	}
	words = strings.TrimPrefix(words, "bulan ")
	from, said, ok := readDay("1 "+words, now)
	if ok && !said && from.After(now) {
		from = from.AddDate(-1, 0, 0)
	}
	return from, from.AddDate(0, 1, 0), ok
}

// twoDays reads a first and a last day. What one leaves out, month or year, is that
// of the other.
func twoDays(words string, now time.Time) (from, to time.Time, ok bool) {
	for _, separator := range []string{" sampai dengan ", " sampai ", " s.d. ", " s/d ", " - ", "–", " ", "-"} {
		first, last, _ := strings.Cut(words, separator)
		if from, to, ok = between(strings.TrimSpace(first), strings.TrimSpace(last), now); ok {
			break
		}
	}
	return from, to, ok
}

func between(first, last string, now time.Time) (from, to time.Time, ok bool) {
	to, said, ok := readDay(last, now)
	if !ok {
		return from, to, false
	}
	from, own, ok := readDay(first, to)
	if ok && !own && from.After(to) {
		from = from.AddDate(-1, 0, 0) // 20 Des - 5 Jan
	}
	if ok && !said && !own && from.After(now) {
		from, to = from.AddDate(-1, 0, 0), to.AddDate(-1, 0, 0)
	}
	return from, to.AddDate(0, 0, 1), ok
}

// readDay reads a day; its month and year, if they are left out, are those of
// another. said tells that it names its year.
func readDay(s string, like time.Time) (day time.Time, said, ok bool) {
	like = like.In(workflow.WIB())
	year := "/" + strconv.Itoa(like.Year())
	month := "/" + strconv.Itoa(int(like.Month()))
	for i, rest := range []string{"", year, month + year} {
		if day, err := calendar.ParseDate(s + rest); err == nil {
			return day, i == 0, true
		}
	}
	return day, false, false
}
