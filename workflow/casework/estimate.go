package casework

import (
	"context"
	"fmt"
	"slices"
	"time"

	"izinbot/workflow"
)

// Bounds of the history that an estimate uses.
const (
	historyRuns = 200 // latest finished runs of a step that are read
	historyMin  = 20  // with fewer the SOP's time stands instead
)

// HalfDay is half a working day (7.5 hours): an estimate that moves by more is told.
const HalfDay = 3*time.Hour + 45*time.Minute

// Typical is the duration of a step by the office's own history, in working time.
type Typical struct {
	Median time.Duration
	Most   time.Duration // four of five runs took no longer
}

// TypicalOf gives the median and the 80th percentile of working times; ok is false
// if there are too few.
func TypicalOf(times []time.Duration) (t Typical, ok bool) {
	if len(times) < historyMin {
		return Typical{}, false
	}
	sorted := slices.Sorted(slices.Values(times))
	n := len(sorted)
	return Typical{Median: (sorted[(n-1)/2] + sorted[n/2]) / 2, Most: sorted[(8*n+9)/10-1]}, true
}

// Estimate gives the instants at which the applicant can expect the letter.
type Estimate struct {
	At   time.Time // if every step takes its median
	Late time.Time // if every step takes its 80th percentile
	Step time.Time // planned end of the present step
}

// Estimator estimates from stored step times, which it caches. It is for one goroutine
// and a short time.
type Estimator struct {
	Store interface {
		StepTimes(ctx context.Context, sop string, step, limit int) ([]time.Duration, error)
	}
	Calendar workflow.WorkingTime

	typical map[string]*Typical // nil: too little is known
}

// Estimate gives the estimate for an open case whose service clock runs; ok is
// false for any other.
func (e *Estimator) Estimate(ctx context.Context, def *workflow.SOP, c workflow.Case, now time.Time) (est Estimate, ok bool, err error) {
	ahead := def.Ahead(c.Step)
	if !c.Open() || !c.ServiceClock.Running() || !c.StepClock.Running() || len(ahead) == 0 {
		return Estimate{}, false, nil
	}
	for i, step := range ahead {
		if step.Kind == workflow.KindReceive {
			return est, i > 0, nil
		}
		t, err := e.stepTime(ctx, def.Ref.Name, step.No)
		if err != nil {
			return est, false, err
		}
		if i == 0 {
			est = e.present(c, t, now)
			continue
		}
		if t == nil {
			est.At, est.Late = e.bySOP(est.At, step.Time), e.bySOP(est.Late, step.Time)
			continue
		}
		est.At, est.Late = e.add(est.At, t.Median), e.add(est.Late, t.Most)
	}
	return est, true, nil
}

// present estimates the end of the present step, which is not before now.
func (e *Estimator) present(c workflow.Case, t *Typical, now time.Time) Estimate {
	at, late := c.StepClock.Due, c.StepClock.Due
	if t != nil {
		used := e.Calendar.Used(c.StepClock.Start, now, c.StepClock.Pauses)
		at, late = e.add(now, t.Median-used), e.add(now, t.Most-used)
	}
	if at.Before(now) {
		at = now
	}
	if late.Before(at) {
		late = at
	}
	return Estimate{At: at, Late: late, Step: at}
}

// add is working time later; none or less is t itself.
func (e *Estimator) add(t time.Time, d time.Duration) time.Time {
	minutes := int((d + time.Minute - 1) / time.Minute)
	if minutes <= 0 {
		return t
	}
	return e.Calendar.Due(t, workflow.Budget{N: minutes, Unit: workflow.Minute}, nil)
}

// bySOP gives a step its time of the table. The step before is done just before
// its deadline, often the close of business, which would be the next day's start.
func (e *Estimator) bySOP(t time.Time, b workflow.Budget) time.Time {
	return e.Calendar.Due(t.Add(-time.Minute), b, nil)
}

func (e *Estimator) stepTime(ctx context.Context, sop string, step int) (*Typical, error) {
	key := fmt.Sprintf("%s/%d", sop, step)
	if t, ok := e.typical[key]; ok {
		return t, nil
	}
	times, err := e.Store.StepTimes(ctx, sop, step, historyRuns)
	if err != nil {
		return nil, fmt.Errorf("read step times: %w", err)
	}
	if e.typical == nil {
		e.typical = map[string]*Typical{}
	}
	e.typical[key] = nil
	if t, ok := TypicalOf(times); ok {
		e.typical[key] = &t
	}
	return e.typical[key], nil
}

// Moved tells whether an estimate is worth telling after the one that was told.
func Moved(cal workflow.WorkingTime, told *workflow.Expected, est Estimate) bool {
	if told == nil {
		return true
	}
	from, to := told.At, est.At
	if to.Before(from) {
		from, to = to, from
	}
	return cal.Used(from, to, nil) > HalfDay
}
