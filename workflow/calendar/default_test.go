package calendar_test

import (
	"slices"
	"testing"
	"time"

	"izinbot/workflow/calendar"
)

// The days off of 2026 and 2027 as the procedure's description lists them, in
// its order: month and day.
func TestDefaultHasTheDaysOff(t *testing.T) {
	for _, tt := range []struct {
		year int
		kind calendar.Kind
		want []string
	}{
		{2026, calendar.National, []string{
			"01-01", "01-16", "02-17", "03-19", "03-21", "03-22", "04-03", "04-05", "05-01", "05-14",
			"05-27", "05-31", "06-01", "06-16", "08-17", "08-25", "12-25",
		}},
		{2026, calendar.Collective, []string{
			"02-16", "03-18", "03-20", "03-23", "03-24", "05-15", "05-28", "12-24",
		}},
		{2027, calendar.National, []string{
			"01-01", "01-05", "02-06", "03-08", "03-10", "03-11", "03-26", "03-28", "05-01", "05-06",
			"05-17", "05-20", "06-01", "06-06", "08-15", "08-17", "12-25", "12-26",
		}},
		{2027, calendar.Collective, []string{
			"02-05", "03-09", "03-12", "03-15", "03-25", "05-18", "05-19", "12-24",
		}},
		{2026, calendar.Regional, nil},
		{2027, calendar.Regional, nil},
	} {
		if got := daysOff(t, tt.year, tt.kind); !slices.Equal(got, tt.want) {
			t.Errorf("%d %s:\ngot  %v\nwant %v", tt.year, tt.kind, got, tt.want)
		}
	}
}

func daysOff(t *testing.T, year int, kind calendar.Kind) []string {
	t.Helper()
	c := defaults(t)
	var got []string
	for day := time.Date(year, 1, 1, 0, 0, 0, 0, jakarta(t)); day.Year() == year; day = day.AddDate(0, 0, 1) {
		h, ok := c.Holiday(day)
		if !ok || h.Kind != kind {
			continue
		}
		if !h.Date.Equal(day) || h.Name == "" || c.IsWorkingDay(day) {
			t.Errorf("%v: %+v", day, h)
		}
		got = append(got, day.Format("01-02"))
	}
	return got
}

func TestHolidayString(t *testing.T) {
	h, _ := defaults(t).Holiday(day(t, "2026-12-24"))
	if got := h.String(); got != "Natal (cuti bersama)" {
		t.Errorf("String = %q", got)
	}
}
