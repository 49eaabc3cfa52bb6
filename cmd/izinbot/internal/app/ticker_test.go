package app

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
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
