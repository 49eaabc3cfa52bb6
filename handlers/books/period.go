package books

import (
	"strconv"
	"strings"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/calendar"
	"izinbot/workflow/registers"
)

// offered is a period that is offered, with the code that its choice carries.
type offered struct {
	registers.Period
	code string
}

// months is how many months are offered.
const months = 6

// recent are the latest months and years.
func recent(now time.Time) []offered {
	now = now.In(workflow.WIB())
	var out []offered
	for i := range months {
		first := time.Date(now.Year(), now.Month()-time.Month(i), 1, 0, 0, 0, 0, workflow.WIB())
		out = append(out, offered{registers.Month(first.Year(), first.Month()), first.Format("2006-01")})
	}
	for _, year := range []int{now.Year(), now.Year() - 1} {
		out = append(out, offered{registers.Year(year), strconv.Itoa(year)})
	}
	return out
}

// periodOf reads a month or a year as people type it: "2026-11", "November 2026", "november",
// "2026", "tahun 2026", "bulan ini", "bulan lalu", "tahun ini", "tahun lalu". A month without its
// year is the latest that had begun. ok is false for what is still to come.
func periodOf(words string, now time.Time) (p registers.Period, ok bool) {
	now = now.In(workflow.WIB())
	words = strings.ToLower(strings.Join(strings.Fields(words), " "))
	list := recent(now)
	switch words {
	case "":
		return p, false
	case "bulan ini":
		return list[0].Period, true
	case "bulan lalu", "bulan kemarin":
		return list[1].Period, true
	case "tahun ini":
		return list[months].Period, true
	case "tahun lalu", "tahun kemarin":
		return list[months+1].Period, true
	}
	if year, err := strconv.Atoi(strings.TrimPrefix(words, "tahun ")); err == nil {
		return registers.Year(year), year >= 2000 && year <= now.Year()
	}
	if month, err := time.Parse("2006-01", words); err == nil {
		p = registers.Month(month.Year(), month.Month())
		return p, !p.From.After(now)
	}
	words = "1 " + strings.TrimPrefix(words, "bulan ")
	first, err := calendar.ParseDate(words)
	if err != nil {
		if first, err = calendar.ParseDate(words + "/" + strconv.Itoa(now.Year())); err != nil {
			return p, false
		}
		if first.After(now) {
			first = first.AddDate(-1, 0, 0)
		}
	}
	return registers.Month(first.Year(), first.Month()), !first.After(now)
}
