package calendar_test

import (
	"testing"
	"time"
	_ "time/tzdata" // the tests check against the real zone, on a bare machine too

	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

func defaults(tb testing.TB) *calendar.Calendar {
	tb.Helper()
	c, err := calendar.Default()
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

// at reads "2026-11-27 15.45" in Jakarta.
func at(tb testing.TB, s string) time.Time {
	tb.Helper()
	return parseIn(tb, "2006-01-02 15.04", s)
}

// day reads "2026-11-27" as midnight in Jakarta.
func day(tb testing.TB, s string) time.Time {
	tb.Helper()
	return parseIn(tb, time.DateOnly, s)
}

func parseIn(tb testing.TB, layout, s string) time.Time {
	tb.Helper()
	t, err := time.ParseInLocation(layout, s, jakarta(tb))
	if err != nil {
		tb.Fatal(err)
	}
	return t
}

func jakarta(tb testing.TB) *time.Location {
	tb.Helper()
	zone, err := time.LoadLocation("Asia/Jakarta")
	if err != nil {
		tb.Fatal(err)
	}
	return zone
}

func budget(tb testing.TB, s string) workflow.Budget {
	tb.Helper()
	b, err := workflow.ParseBudget(s)
	if err != nil {
		tb.Fatal(err)
	}
	return b
}

func pause(tb testing.TB, from, to string) workflow.Span {
	tb.Helper()
	return workflow.Span{From: at(tb, from), To: at(tb, to)}
}
