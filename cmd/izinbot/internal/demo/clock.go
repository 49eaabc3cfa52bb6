package demo

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"izinbot/handlers/web"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

// clock is the simulated time: the real one moved forward, or one that stands
// still until it is moved.
type clock struct {
	mu     sync.Mutex
	real   func() time.Time // nil: stands still
	offset time.Duration
	still  time.Time
	path   string // where the offset is kept between runs; "" for nowhere
}

// runningClock runs with the real time. The first time it is opened in a
// directory it starts in working time, so that there is something to watch.
func runningClock(dir string, realTime func() time.Time, cal *calendar.Calendar) (*clock, error) {
	k := &clock{real: realTime, path: filepath.Join(dir, clockFile)}
	data, err := os.ReadFile(k.path)
	if os.IsNotExist(err) {
		now := realTime()
		k.offset = max(0, cal.NextOpen(now).Add(30*time.Minute).Sub(now))
		if cal.Open(now) {
			k.offset = 0
		}
		return k, k.save()
	}
	if err != nil {
		return nil, fmt.Errorf("read simulated time: %w", err)
	}
	if err := json.Unmarshal(data, &k.offset); err != nil {
		return nil, fmt.Errorf("read simulated time from %s: %w", k.path, err)
	}
	return k, nil
}

func stillClock(at time.Time) *clock { return &clock{still: at} }

// Now is the simulated time.
func (k *clock) Now() time.Time {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.now()
}

func (k *clock) now() time.Time {
	if k.real == nil {
		return k.still
	}
	return k.real().Add(k.offset)
}

// moveTo moves the time forward; an earlier instant is ignored, since the office's
// clocks must not run backwards.
func (k *clock) moveTo(at time.Time) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	now := k.now()
	if !at.After(now) {
		return nil
	}
	if k.real == nil {
		k.still = at
		return nil
	}
	k.offset += at.Sub(now)
	return k.save()
}

func (k *clock) save() error {
	data, err := json.Marshal(k.offset)
	if err != nil {
		return fmt.Errorf("encode simulated time: %w", err)
	}
	// A process that is killed while it writes leaves the old time or the new one.
	if err := os.WriteFile(k.path+".new", data, 0o600); err != nil { //nolint:gosec // the operator names the directory
		return fmt.Errorf("keep simulated time: %w", err)
	}
	if err := os.Rename(k.path+".new", k.path); err != nil { //nolint:gosec // the operator names the directory
		return fmt.Errorf("keep simulated time: %w", err)
	}
	return nil
}

// advance moves the time by a step of the demo page.
func (k *clock) advance(_ context.Context, cal *calendar.Calendar, step string) (time.Time, error) {
	now := k.Now()
	var to time.Time
	switch step {
	case web.StepTenMinutes:
		to = now.Add(10 * time.Minute)
	case web.StepHour:
		to = now.Add(time.Hour)
	case web.StepWorkday:
		to = nextWorkday(cal, now)
	default:
		return now, fmt.Errorf("unknown step %q", step)
	}
	return to, k.moveTo(to)
}

// nextWorkday is the same time on the next working day, or that day's opening if
// the office is closed at that time.
func nextWorkday(cal *calendar.Calendar, now time.Time) time.Time {
	to := now.AddDate(0, 0, 1)
	for range 60 {
		if cal.IsWorkingDay(to) {
			return to
		}
		to = to.AddDate(0, 0, 1)
	}
	return to
}

// work says whether the office works at an instant.
func work(cal *calendar.Calendar) func(time.Time) string {
	return func(now time.Time) string {
		if cal.Open(now) {
			return "buka"
		}
		if h, off := cal.Holiday(now); off {
			return "tutup, " + h.Name
		}
		next := cal.NextOpen(now)
		if calendar.Date(next, workflow.Indonesian) == calendar.Date(now, workflow.Indonesian) && next.Sub(now) < 2*time.Hour {
			return "istirahat"
		}
		return "tutup"
	}
}
