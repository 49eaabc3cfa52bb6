package calendar_test

import (
	"testing"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

func TestOpenIsHalfOpen(t *testing.T) {
	for when, want := range map[string]bool{
		"2026-11-23 07.29": false, "2026-11-23 07.30": true, "2026-11-23 11.59": true,
		"2026-11-23 12.00": false, "2026-11-23 13.00": true, "2026-11-23 16.00": false,
		"2026-11-27 13.00": false, "2026-11-27 13.30": true, "2026-11-27 16.29": true,
		"2026-11-28 10.00": false, "2026-12-24 10.00": false,
		"2027-02-09 07.45": false, "2027-02-09 12.30": true, "2027-02-09 15.00": false,
		"2027-03-16 07.30": true,
	} {
		if got := defaults(t).Open(at(t, when)); got != want {
			t.Errorf("Open(%s) = %v", when, got)
		}
	}
}

func TestNextOpen(t *testing.T) {
	for from, want := range map[string]string{
		"2026-11-23 10.00": "2026-11-23 10.00",
		"2026-11-23 12.00": "2026-11-23 13.00",
		"2026-11-27 16.30": "2026-11-30 07.30",
		"2026-12-23 16.00": "2026-12-28 07.30",
		"2027-03-06 10.00": "2027-03-16 07.30",
	} {
		if got := defaults(t).NextOpen(at(t, from)); !got.Equal(at(t, want)) {
			t.Errorf("NextOpen(%s) = %v, want %s", from, got, want)
		}
	}
}

func TestDayClose(t *testing.T) {
	for day, want := range map[string]string{
		"2026-11-23 00.00": "2026-11-23 16.00",
		"2026-11-27 23.59": "2026-11-27 16.30",
		"2027-02-09 10.00": "2027-02-09 15.00",
		"2027-02-12 10.00": "2027-02-12 15.30",
	} {
		if got, ok := defaults(t).DayClose(at(t, day)); !ok || !got.Equal(at(t, want)) {
			t.Errorf("DayClose(%s) = %v %v, want %s", day, got, ok, want)
		}
	}
	if got, ok := defaults(t).DayClose(at(t, "2026-11-28 10.00")); ok || !got.IsZero() {
		t.Errorf("a Saturday closes at %v", got)
	}
}

// The date is Jakarta's even where it is still yesterday.
func TestDatesAreThoseOfJakarta(t *testing.T) {
	c := defaults(t)
	christmas := time.Date(2026, 12, 24, 17, 0, 0, 0, time.UTC)
	if h, ok := c.Holiday(christmas); !ok || h.Kind != calendar.National {
		t.Errorf("Holiday = %v %v", h, ok)
	}
	if h, ok := c.Holiday(christmas.Add(-1)); !ok || h.Kind != calendar.Collective {
		t.Errorf("Holiday = %v %v", h, ok)
	}
	if c.IsWorkingDay(christmas) || !c.IsWorkingDay(christmas.AddDate(0, 0, -2)) {
		t.Error("working days do not follow the date in Jakarta")
	}
}

// The working days around Ramadan, and those in it, by when they close.
func TestRamadanHours(t *testing.T) {
	for _, closing := range []string{
		"2026-02-13 16.30", "2026-02-18 15.00", "2026-03-13 15.30", "2026-03-17 15.00", "2026-03-25 16.00",
		"2027-02-04 16.00", "2027-02-08 15.00", "2027-03-05 15.30", "2027-03-16 16.00",
	} {
		want := at(t, closing)
		if got, ok := defaults(t).DayClose(want.Add(-6 * time.Hour)); !ok || !got.Equal(want) {
			t.Errorf("the day of %s closes at %v, %t", closing, got, ok)
		}
	}
}

// Every day up to the last that RFC 3339 can write is looked at, and none after.
func TestTheHorizonIsTheYear10000(t *testing.T) {
	c := parse(t, "jam kerja:\n  senin-minggu: 07.30-16.30\n")
	if got, want := c.NextOpen(at(t, "9999-12-31 05.00")), at(t, "9999-12-31 07.30"); !got.Equal(want) {
		t.Errorf("NextOpen = %v, want %v", got, want)
	}
	if got := c.NextOpen(at(t, "9999-12-31 16.30")); !got.IsZero() {
		t.Errorf("NextOpen = %v, want none", got)
	}
}

// The fixed zone must be what the zone database says.
func TestZoneIsJakartas(t *testing.T) {
	for year := 1970; year <= 2037; year++ {
		for month := time.January; month <= time.December; month++ {
			when := time.Date(year, month, 1, 0, 0, 0, 0, jakarta(t))
			name, offset := when.In(workflow.WIB()).Zone()
			wantName, want := when.Zone()
			if name != wantName || offset != want {
				t.Fatalf("%v: %s %d, want %s %d", when, name, offset, wantName, want)
			}
		}
	}
}

// Dates before 1970 have negative day numbers.
func TestLongAgo(t *testing.T) {
	monday := at(t, "1969-12-29 08.00")
	c := defaults(t)
	if !c.Open(monday) || c.Open(monday.AddDate(0, 0, -1)) {
		t.Error("1969-12-29 was a Monday")
	}
	if got := c.Due(time.Time{}, budget(t, "1 Hari"), nil); got.Format(time.DateOnly) != "0001-01-02" {
		t.Errorf("due = %v", got)
	}
}

func TestTheZeroCalendarNeverOpens(t *testing.T) {
	c, now := new(calendar.Calendar), at(t, "2026-11-23 10.00")
	if c.Open(now) || c.IsWorkingDay(now) {
		t.Error("it is open")
	}
	if got := c.NextOpen(now); !got.IsZero() {
		t.Errorf("NextOpen = %v", got)
	}
	if got := c.DaysUsed(now, now.AddDate(1, 0, 0), nil); got != 0 {
		t.Errorf("DaysUsed = %d", got)
	}
}
