package calendar_test

import (
	"math"
	"testing"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

func TestDatesInWords(t *testing.T) {
	monday := time.Date(2026, 11, 23, 8, 45, 59, 0, time.UTC) // 15.45 WIB
	next := time.Date(2026, 12, 6, 17, 0, 0, 0, time.UTC)     // already Monday in Jakarta
	id, en := workflow.Indonesian, workflow.English
	for _, tt := range []struct{ got, want string }{
		{calendar.Date(monday, id), "Senin, 23 November 2026"},
		{calendar.Date(monday, en), "Monday, 23 November 2026"},
		{calendar.Date(monday, ""), "Senin, 23 November 2026"},
		{calendar.DateTime(monday, id), "Senin, 23 November 2026, 15.45 WIB"},
		{calendar.DateTime(monday, en), "Monday, 23 November 2026, 15.45 WIB"},
		{calendar.Time(monday), "15.45"},
		{calendar.Time(next), "00.00"},
		{calendar.Date(next, id), "Senin, 7 Desember 2026"},
		{calendar.ShortDate(next, id), "Senin 7 Des"},
		{calendar.ShortDate(next, en), "Monday 7 Dec"},
		{calendar.ShortDateTime(at(t, "2026-12-02 16.00"), id), "Rabu 2 Des 16.00"},
		{calendar.ShortDateTime(at(t, "2026-08-05 08.05"), id), "Rabu 5 Agu 08.05"},
		{calendar.ShortDateTime(at(t, "2026-08-05 08.05"), en), "Wednesday 5 Aug 08.05"},
	} {
		if tt.got != tt.want {
			t.Errorf("got %q, want %q", tt.got, tt.want)
		}
	}
}

func TestDurationWords(t *testing.T) {
	for _, tt := range []struct {
		d      time.Duration
		id, en string
	}{
		{0, "kurang dari 1 menit", "less than 1 minute"},
		{59 * time.Second, "kurang dari 1 menit", "less than 1 minute"},
		{-59 * time.Second, "kurang dari 1 menit", "less than 1 minute"},
		{time.Minute, "1 menit", "1 minute"},
		{59*time.Minute + 59*time.Second, "59 menit", "59 minutes"},
		{time.Hour, "1 jam", "1 hour"},
		{100 * time.Minute, "1 jam 40 menit", "1 hour 40 minutes"},
		{-121 * time.Minute, "2 jam 1 menit", "2 hours 1 minute"},
		{49 * time.Hour, "49 jam", "49 hours"},
		{math.MinInt64, "2562047 jam 47 menit", "2562047 hours 47 minutes"},
	} {
		if got := calendar.DurationWords(tt.d, workflow.Indonesian); got != tt.id {
			t.Errorf("%v = %q, want %q", tt.d, got, tt.id)
		}
		if got := calendar.DurationWords(tt.d, workflow.English); got != tt.en {
			t.Errorf("%v = %q, want %q", tt.d, got, tt.en)
		}
	}
}
