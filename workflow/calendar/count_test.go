package calendar_test

import (
	"testing"
	"time"

	"izinbot/workflow"
)

func TestWorkingDaysBetween(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want int
	}{
		{"2026-11-23 10.00", "2026-11-27 16.30", 5},
		{"2026-11-23 10.00", "2026-11-27 16.29", 4},
		{"2026-11-23 16.00", "2026-11-24 16.00", 1}, // (a, b]
		{"2026-11-23 16.00", "2026-11-23 16.00", 0},
		{"2026-11-27 17.00", "2026-11-30 15.59", 0},
		{"2026-12-23 17.00", "2026-12-30 16.00", 3},
		{"2026-11-27 16.30", "2026-11-23 10.00", 0}, // backwards
	} {
		if got := defaults(t).WorkingDaysBetween(at(t, tt.a), at(t, tt.b)); got != tt.want {
			t.Errorf("WorkingDaysBetween(%s, %s) = %d, want %d", tt.a, tt.b, got, tt.want)
		}
	}
}

func TestDaysUsed(t *testing.T) {
	night := pause(t, "2026-11-24 15.00", "2026-11-25 08.00")
	for _, tt := range []struct {
		from, to string
		pauses   []workflow.Span
		want     int
	}{
		{"2026-11-23 10.00", "2026-11-23 16.00", nil, 0}, // day 0 is free
		{"2026-11-23 10.00", "2026-11-24 15.59", nil, 0},
		{"2026-11-23 10.00", "2026-11-24 16.00", nil, 1},
		{"2026-11-23 16.00", "2026-11-24 16.00", nil, 0}, // day 0 is the 24th
		{"2026-11-23 10.00", "2026-11-27 16.30", []workflow.Span{night}, 3},
		{"2026-11-27 10.00", "2026-11-23 10.00", nil, 0}, // backwards
	} {
		if got := defaults(t).DaysUsed(at(t, tt.from), at(t, tt.to), tt.pauses); got != tt.want {
			t.Errorf("DaysUsed(%s, %s) = %d, want %d", tt.from, tt.to, got, tt.want)
		}
	}
}

func TestUsed(t *testing.T) {
	for _, tt := range []struct {
		from, to string
		want     time.Duration
	}{
		{"2026-11-23 11.00", "2026-11-23 13.00", time.Hour},
		{"2026-11-23 11.00", "2026-11-23 13.20", 80 * time.Minute},
		{"2026-11-23 12.10", "2026-11-23 12.50", 0},
		{"2026-11-23 00.00", "2026-11-30 00.00", 37*time.Hour + 30*time.Minute},
		{"2027-02-08 00.00", "2027-02-15 00.00", 32*time.Hour + 30*time.Minute},
		{"2026-11-24 10.00", "2026-11-23 10.00", 0}, // backwards
	} {
		if got := defaults(t).Used(at(t, tt.from), at(t, tt.to), nil); got != tt.want {
			t.Errorf("Used(%s, %s) = %v, want %v", tt.from, tt.to, got, tt.want)
		}
	}
	quarter := []workflow.Span{pause(t, "2026-11-23 10.00", "2026-11-23 10.15")}
	if got := defaults(t).Used(at(t, "2026-11-23 09.00"), at(t, "2026-11-23 11.00"), quarter); got != 105*time.Minute {
		t.Errorf("Used with a pause = %v", got)
	}
}
