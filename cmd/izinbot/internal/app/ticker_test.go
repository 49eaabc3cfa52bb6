package app

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"izinbot/workflow/calendar"
)

// TestTicker: the job runs at once and at each full minute, never twice at a time;
// neither an error nor a panic ends it.
func TestTicker(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var runs, together, most atomic.Int32
		tick, err := startTicker(t.Context(), func(ctx context.Context) error {
			most.Store(max(most.Load(), together.Add(1)))
			defer together.Add(-1)
			switch runs.Add(1) {
			case 2:
				return errors.New("CONTOH")
			case 3:
				panic("CONTOH")
			case 4: // takes two and a half minutes: two ticks are left out
				<-time.After(150 * time.Second)
			}
			return nil
		}, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if runs.Load() != 1 {
			t.Errorf("%d runs at the start", runs.Load())
		}
		time.Sleep(10*time.Minute + time.Second)
		synctest.Wait()
		if runs.Load() != 1+10-2 || most.Load() != 1 {
			t.Errorf("%d runs in ten minutes, %d at once", runs.Load(), most.Load())
		}
		if err := tick.stop(t.Context()); err != nil {
			t.Error(err)
		}
		before := runs.Load()
		time.Sleep(5 * time.Minute)
		if runs.Load() != before {
			t.Error("it runs on after its stop")
		}
	})
}

// TestStopWaitsForTheJob, but not longer than it is told to.
func TestStopWaitsForTheJob(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		done := false
		tick, err := startTicker(t.Context(), func(context.Context) error {
			<-time.After(10 * time.Second)
			done = true
			return nil
		}, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		short, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := tick.stop(short); err == nil {
			t.Error("it did not say that the job still runs")
		}
		if err := tick.stop(t.Context()); err != nil || !done {
			t.Errorf("stopped before the job was done: %v", err)
		}
	})
}

// TestCalendarOfTheOffice: the file in the data directory is in force, a faulty one
// keeps the program from starting, and what was used is remembered.
func TestCalendarOfTheOffice(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	start := func() error {
		p, err := Open(t.Context(), config(dir, &wire{}))
		if err != nil {
			return err
		}
		defer shut(t, p)
		return p.Start(t.Context())
	}
	if err := start(); err != nil {
		t.Fatal(err)
	}
	own, err := calendar.AddDay(calendar.DefaultFile(), calendar.Regional, time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC), "Libur CONTOH")
	if err != nil {
		t.Fatal(err)
	}
	write := func(src string) {
		if err := os.WriteFile(filepath.Join(dir, CalendarFile), []byte(src), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(string(own))
	if err := start(); err != nil {
		t.Fatal(err)
	}
	used, err := os.ReadFile(filepath.Join(dir, usedCalendar))
	if err != nil || string(used) != string(own) {
		t.Errorf("remembered %d bytes of %d: %v", len(used), len(own), err)
	}
	write("daerah: [salah]")
	if err := start(); err == nil || !strings.Contains(err.Error(), "calendar") {
		t.Errorf("a faulty calendar: %v", err)
	}
}

func TestWhyCalendar(t *testing.T) {
	t.Parallel()
	was, src := calendar.DefaultFile(), calendar.DefaultFile()
	for day := 7; day < 14; day++ {
		var err error
		if src, err = calendar.AddDay(src, calendar.Regional, time.Date(2026, 12, day, 12, 0, 0, 0, time.UTC), "CONTOH"); err != nil {
			t.Fatal(err)
		}
		now, err := calendar.Parse(src)
		if err != nil {
			t.Fatal(err)
		}
		why := whyCalendar(was, now)
		if !strings.HasPrefix(why, "Kalender kerja diubah: + 2026-12-07 CONTOH (daerah)") || strings.Count(why, "+") > namedChanges {
			t.Errorf("why: %s", why)
		}
	}
	hours, err := calendar.Parse([]byte(strings.Replace(string(was), "jumat: 07.30-12.00", "jumat: 08.00-12.00", 1)))
	if err != nil {
		t.Fatal(err)
	}
	if why := whyCalendar(was, hours); why != "Jam kerja diubah" {
		t.Errorf("why: %s", why)
	}
	if why := whyCalendar([]byte("?"), hours); why != "Kalender kerja diubah" {
		t.Errorf("why: %s", why)
	}
}
