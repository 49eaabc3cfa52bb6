package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"izinbot/cmd/izinbot/internal/app"
	"izinbot/cmd/izinbot/internal/testclock"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

func TestCalendarAdd(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	run := func(args ...string) (int, string) {
		var out bytes.Buffer
		code := Run(append([]string{"calendar", "add", "--data", dir}, args...), &out, &out, testclock.Now)
		return code, out.String()
	}
	if code, out := run("--date", "28/12/2026", "--name", "Hari jadi CONTOH"); code != 0 || !strings.Contains(out, "Senin, 28 Desember 2026") {
		t.Fatalf("%d: %s", code, out)
	}
	if code, out := run("--date", "2026-12-29", "--name", "Cuti CONTOH", "--kind", "cuti bersama"); code != 0 {
		t.Fatalf("%d: %s", code, out)
	}
	src, err := os.ReadFile(filepath.Join(dir, "kalender.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	cal, err := calendar.Parse(src)
	if err != nil {
		t.Fatal(err)
	}
	standard, err := calendar.Default()
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(calendar.Changes(standard, cal), ", "); got != "libur baru 28 Desember 2026 Hari jadi CONTOH (daerah), libur baru 29 Desember 2026 Cuti CONTOH (cuti bersama)" {
		t.Errorf("changes %s", got)
	}
	for _, wrong := range [][]string{
		{"--date", "31/02/2027", "--name", "x"}, {"--date", "2026-12-28", "--name", "Dua kali CONTOH"}, {"--date", "2026-12-30", "--name", " "},
	} {
		if code, out := run(wrong...); code == 0 {
			t.Errorf("%v: %s", wrong, out)
		}
	}
	if after, err := os.ReadFile(filepath.Join(dir, "kalender.yaml")); err != nil || !bytes.Equal(after, src) {
		t.Errorf("a refused day changed the file: %v", err)
	}
}

// TestCalendarAddReachesARunningProgram at its next look at the clock.
func TestCalendarAddReachesARunningProgram(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	monday := time.Date(2026, 11, 23, 8, 0, 0, 0, workflow.WIB())
	p, err := app.Open(t.Context(), app.Config{Dir: dir, Now: func() time.Time { return monday }})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := p.Close(t.Context()); err != nil {
			t.Error(err)
		}
	}()
	if err := p.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if code := Run([]string{"calendar", "add", "--data", dir, "--date", "2026-11-24", "--name", "Libur CONTOH"}, &out, &out, testclock.Now); code != 0 {
		t.Fatalf("%d: %s", code, &out)
	}
	if !strings.Contains(out.String(), "dalam satu menit") {
		t.Errorf("it does not say when it counts: %s", &out)
	}
	if err := p.Look(t.Context()); err != nil {
		t.Fatal(err)
	}
	if h, off := p.Calendar.Current().Holiday(monday.AddDate(0, 0, 1)); !off || h.Name != "Libur CONTOH" {
		t.Errorf("Tuesday is %+v", h)
	}
}
