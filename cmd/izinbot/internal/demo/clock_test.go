package demo

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"izinbot/handlers/web"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

func testCalendar(t *testing.T) *calendar.Calendar {
	t.Helper()
	cal, err := calendar.Default()
	if err != nil {
		t.Fatal(err)
	}
	return cal
}

// TestClockGoesOn moves the simulated time and opens it again: it is where it was,
// and it never goes back.
func TestClockGoesOn(t *testing.T) {
	t.Parallel()
	dir, cal := t.TempDir(), testCalendar(t)
	sunday := time.Date(2026, 11, 22, 3, 0, 0, 0, workflow.WIB())
	wall := func() time.Time { return sunday }
	k, err := runningClock(dir, wall, cal)
	if err != nil {
		t.Fatal(err)
	}
	first := time.Date(2026, 11, 23, 8, 0, 0, 0, workflow.WIB())
	if !k.Now().Equal(first) || work(cal)(k.Now()) != "buka" {
		t.Errorf("on a Sunday the demo starts at %v", k.Now())
	}
	for _, step := range []struct {
		name string
		want time.Time
	}{
		{web.StepTenMinutes, first.Add(10 * time.Minute)},
		{web.StepHour, first.Add(70 * time.Minute)},
		{web.StepWorkday, first.Add(70*time.Minute + 24*time.Hour)},
	} {
		if now, err := k.advance(t.Context(), cal, step.name); err != nil || !now.Equal(step.want) {
			t.Errorf("after %s it is %v, %v; want %v", step.name, now, err, step.want)
		}
	}
	if _, err := k.advance(t.Context(), cal, "1y"); err == nil {
		t.Error("an unknown step is taken")
	}
	if err := k.moveTo(first); err != nil {
		t.Fatal(err)
	}
	again, err := runningClock(dir, wall, cal)
	if err != nil || !again.Now().Equal(k.Now()) || again.Now().Before(first) {
		t.Errorf("opened again it is %v, %v; was %v", again.Now(), err, k.Now())
	}
}

func TestClockThatCannotBeReadIsNamed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "clock.json"), []byte("besok"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := runningClock(dir, time.Now, testCalendar(t)); err == nil || !strings.Contains(err.Error(), "clock.json") {
		t.Errorf("error %v", err)
	}
}

func TestWorkIsSaid(t *testing.T) {
	t.Parallel()
	say := work(testCalendar(t))
	for at, want := range map[time.Time]string{
		time.Date(2026, 11, 23, 10, 0, 0, 0, workflow.WIB()):  "buka",
		time.Date(2026, 11, 23, 12, 30, 0, 0, workflow.WIB()): "istirahat",
		time.Date(2026, 11, 23, 20, 0, 0, 0, workflow.WIB()):  "tutup",
		time.Date(2026, 12, 25, 10, 0, 0, 0, workflow.WIB()):  "tutup, ",
	} {
		if got := say(at); !strings.HasPrefix(got, want) || want == "tutup" && got != want {
			t.Errorf("at %v: %q, want %q", at, got, want)
		}
	}
}
