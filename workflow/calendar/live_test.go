package calendar_test

import (
	"sync"
	"testing"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

// TestLive: who holds it answers by the new calendar at once, while others ask.
func TestLive(t *testing.T) {
	t.Parallel()
	old, err := calendar.Default()
	if err != nil {
		t.Fatal(err)
	}
	tuesday := time.Date(2026, 11, 24, 9, 0, 0, 0, workflow.WIB())
	src, err := calendar.AddDay(calendar.DefaultFile(), calendar.Regional, tuesday, "Libur CONTOH")
	if err != nil {
		t.Fatal(err)
	}
	other, err := calendar.Parse(src)
	if err != nil {
		t.Fatal(err)
	}
	live := calendar.NewLive(old)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 1000 {
				live.Due(tuesday, workflow.Budget{N: 1, Unit: workflow.Day}, nil)
			}
		})
	}
	if !live.IsWorkingDay(tuesday) || !live.NextOpen(tuesday).Equal(tuesday) || live.Used(tuesday, tuesday.Add(time.Hour), nil) != time.Hour {
		t.Error("the first calendar is not in force")
	}
	live.Replace(other)
	if live.IsWorkingDay(tuesday) || live.NextOpen(tuesday).Day() != 25 || live.Used(tuesday, tuesday.Add(time.Hour), nil) != 0 {
		t.Error("the new calendar is not in force")
	}
	if _, ok := live.DayClose(tuesday); ok || live.WorkingDaysBetween(tuesday, tuesday.AddDate(0, 0, 2)) != old.WorkingDaysBetween(tuesday, tuesday.AddDate(0, 0, 2))-1 {
		t.Error("days are counted by the old calendar")
	}
	wg.Wait()
	if live.Current() != other {
		t.Error("another calendar is in force")
	}
}
