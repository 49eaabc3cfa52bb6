package calendar_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

// model is working time as slowly and plainly as it can be said: it asks of
// every single minute whether the office is open and the clock runs. It shares
// nothing with the package but the rules of the SOP.
type model struct {
	zone            *time.Location
	normal, fasting map[time.Weekday][]hours
	ramadan         [2]string // first and last date, both included
	off             map[string]bool
}

// hours are minutes since midnight, [open, close).
type hours struct{ open, close int }

func (m model) open(t time.Time) bool {
	t = t.In(m.zone)
	minute := t.Hour()*60 + t.Minute()
	for _, h := range m.week(t)[t.Weekday()] {
		if h.open <= minute && minute < h.close {
			return !m.off[t.Format(time.DateOnly)]
		}
	}
	return false
}

func (m model) week(t time.Time) map[time.Weekday][]hours {
	if date := t.Format(time.DateOnly); m.ramadan[0] <= date && date <= m.ramadan[1] {
		return m.fasting
	}
	return m.normal
}

func (m model) paused(t time.Time, pauses []workflow.Span) bool {
	for _, p := range pauses {
		if !t.Before(p.From) && t.Before(p.To) {
			return true
		}
	}
	return false
}

func (m model) dueMinutes(start time.Time, n int, pauses []workflow.Span) time.Time {
	t := start
	for ; n > 0; t = t.Add(time.Minute) {
		if m.open(t) && !m.paused(t, pauses) {
			n--
		}
	}
	return t
}

func (m model) dueDays(start time.Time, n int, pauses []workflow.Span) time.Time {
	day := m.nextOpen(start).In(m.zone)
	for {
		day = day.AddDate(0, 0, 1)
		closing, ok := m.closing(day)
		if ok && !m.paused(closing, pauses) {
			n--
		}
		if n == 0 {
			return closing
		}
	}
}

func (m model) nextOpen(t time.Time) time.Time {
	for !m.open(t) {
		t = t.Add(time.Minute)
	}
	return t
}

// closing is the end of the last minute of a date in which the office is open.
func (m model) closing(day time.Time) (time.Time, bool) {
	year, month, date := day.In(m.zone).Date()
	for minute := 24*60 - 1; minute >= 0; minute-- {
		t := time.Date(year, month, date, 0, minute, 0, 0, m.zone)
		if m.open(t) {
			return t.Add(time.Minute), true
		}
	}
	return time.Time{}, false
}

func (m model) used(from, to time.Time, pauses []workflow.Span) time.Duration {
	n := 0
	for t := from; t.Before(to); t = t.Add(time.Minute) {
		if m.open(t) && !m.paused(t, pauses) {
			n++
		}
	}
	return time.Duration(n) * time.Minute
}

// closingsIn counts the closes of business in (from, to].
func (m model) closingsIn(from, to time.Time) int {
	n := 0
	for day := from; !day.After(to.Add(24 * time.Hour)); day = day.Add(24 * time.Hour) {
		if closing, ok := m.closing(day); ok && closing.After(from) && !closing.After(to) {
			n++
		}
	}
	return n
}

// file writes the model as a calendar file.
func (m model) file() string {
	var b strings.Builder
	writeWeek := func(key string, week map[time.Weekday][]hours) {
		b.WriteString(key + ":\n")
		for i, name := range []string{"minggu", "senin", "selasa", "rabu", "kamis", "jumat", "sabtu"} {
			var list []string
			for _, h := range week[time.Weekday(i)] {
				list = append(list, fmt.Sprintf("%02d.%02d-%02d.%02d", h.open/60, h.open%60, h.close/60, h.close%60))
			}
			if len(list) > 0 {
				fmt.Fprintf(&b, "  %s: %s\n", name, strings.Join(list, ", "))
			}
		}
	}
	writeWeek("jam kerja", m.normal)
	writeWeek("jam kerja ramadan", m.fasting)
	fmt.Fprintf(&b, "ramadan:\n  CONTOH: %s..%s\ndaerah:\n", m.ramadan[0], m.ramadan[1])
	for date := range m.off {
		fmt.Fprintf(&b, "  %s: CONTOH\n", date)
	}
	return b.String()
}

// drawModel draws an office with odd hours around the first of March 2027, and
// the calendar that its file gives.
func drawModel(t *rapid.T, zone *time.Location) (model, *calendar.Calendar) {
	base := time.Date(2027, 3, 1, 0, 0, 0, 0, zone)
	date := func(days int) string { return base.AddDate(0, 0, days).Format(time.DateOnly) }
	first := rapid.IntRange(0, 20).Draw(t, "ramadan from")
	last := first + rapid.IntRange(0, 10).Draw(t, "ramadan days")
	m := model{
		zone: zone, normal: drawWeek(t, "normal"), fasting: drawWeek(t, "fasting"),
		ramadan: [2]string{date(first), date(last)}, off: make(map[string]bool),
	}
	for _, day := range rapid.SliceOfN(rapid.IntRange(0, 30), 0, 8).Draw(t, "off") {
		m.off[date(day)] = true
	}
	c, err := calendar.Parse([]byte(m.file()))
	if err != nil {
		t.Fatalf("%v\n%s", err, m.file())
	}
	return m, c
}

func drawWeek(t *rapid.T, name string) map[time.Weekday][]hours {
	week := make(map[time.Weekday][]hours)
	for day := time.Sunday; day <= time.Saturday; day++ {
		from := rapid.IntRange(0, 12*60).Draw(t, name+" opens")
		for range rapid.IntRange(0, 3).Draw(t, name+" shifts") {
			h := hours{from, from + rapid.IntRange(20, 180).Draw(t, "long")}
			week[day] = append(week[day], h)
			from = h.close + rapid.IntRange(0, 50).Draw(t, "break")
		}
	}
	if len(week) == 0 {
		week[time.Tuesday] = []hours{{0, 23*60 + 59}}
	}
	return week
}

// drawInstant draws a whole minute in March 2027, often just at an edge.
func drawInstant(t *rapid.T, m model, name string) time.Time {
	minute := rapid.IntRange(0, 28*24*60).Draw(t, name)
	instant := time.Date(2027, 3, 1, 0, minute, 0, 0, m.zone)
	if rapid.Bool().Draw(t, name+" at a close") {
		if closing, ok := m.closing(instant); ok {
			return closing
		}
	}
	return instant
}

func drawPauses(t *rapid.T, m model) []workflow.Span {
	pauses := make([]workflow.Span, rapid.IntRange(0, 5).Draw(t, "pauses"))
	for i := range pauses {
		pauses[i] = workflow.Span{From: drawInstant(t, m, "from"), To: drawInstant(t, m, "to")}
	}
	return pauses
}

func TestDueAgreesWithTheModel(t *testing.T) {
	zone := jakarta(t)
	rapid.Check(t, func(t *rapid.T) {
		m, c := drawModel(t, zone)
		start, pauses := drawInstant(t, m, "start"), drawPauses(t, m)
		minutes := rapid.IntRange(1, 400).Draw(t, "minutes")
		got := c.Due(start, workflow.Budget{N: minutes, Unit: workflow.Minute}, pauses)
		if want := m.dueMinutes(start, minutes, pauses); !got.Equal(want) {
			t.Errorf("%d minutes: %v, the model says %v\n%s", minutes, got, want, m.file())
		}
		days := rapid.IntRange(1, 8).Draw(t, "days")
		got = c.Due(start, workflow.Budget{N: days, Unit: workflow.Day}, pauses)
		if want := m.dueDays(start, days, pauses); !got.Equal(want) {
			t.Errorf("%d days: %v, the model says %v\n%s", days, got, want, m.file())
		}
	})
}

func TestAnswersAgreeWithTheModel(t *testing.T) {
	zone := jakarta(t)
	rapid.Check(t, func(t *rapid.T) {
		m, c := drawModel(t, zone)
		a, b, pauses := drawInstant(t, m, "a"), drawInstant(t, m, "b"), drawPauses(t, m)
		if got, want := c.Open(a), m.open(a); got != want {
			t.Errorf("Open = %v, the model says %v", got, want)
		}
		if got, want := c.NextOpen(a), m.nextOpen(a); !got.Equal(want) {
			t.Errorf("NextOpen = %v, the model says %v", got, want)
		}
		closing, working := m.closing(a)
		if got, ok := c.DayClose(a); !got.Equal(closing) || ok != working || c.IsWorkingDay(a) != working {
			t.Errorf("DayClose = %v %v, the model says %v %v", got, ok, closing, working)
		}
		if got, want := c.Used(a, b, pauses), m.used(a, b, pauses); got != want {
			t.Errorf("Used = %v, the model says %v", got, want)
		}
		if got, want := c.WorkingDaysBetween(a, b), m.closingsIn(a, b); got != want {
			t.Errorf("WorkingDaysBetween = %v, the model says %v", got, want)
		}
	})
}
