package casework_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"izinbot/workflow"
	"izinbot/workflow/casework"
)

// TestTypical: half of the runs took no longer than the median and half no less; four of
// five no longer than the most, which is one of them.
func TestTypical(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		minutes := rapid.SliceOfN(rapid.IntRange(0, 3000), 0, 250).Draw(t, "minutes")
		times := make([]time.Duration, len(minutes))
		for i, m := range minutes {
			times[i] = time.Duration(m) * time.Minute
		}
		before := slices.Clone(times)
		got, ok := casework.TypicalOf(times)
		if !slices.Equal(times, before) {
			t.Fatal("the times were put into order")
		}
		if ok != (len(times) >= 20) {
			t.Fatalf("%d times: %v", len(times), ok)
		}
		if !ok {
			return
		}
		within := func(d time.Duration) (n int) {
			for _, x := range times {
				if x <= d {
					n++
				}
			}
			return n
		}
		if n := within(got.Median); 2*n < len(times) || 2*within(got.Median-1) > len(times) {
			t.Fatalf("median %v of %v", got.Median, times)
		}
		if n := within(got.Most); 5*n < 4*len(times) || 5*within(got.Most-1) >= 4*len(times) || !slices.Contains(times, got.Most) || got.Most < got.Median {
			t.Fatalf("four of five %v, %d of %v", got.Most, n, times)
		}
	})
}

// spent is the time that each step took, always the same; 0: nothing is known of it.
type spent map[int]time.Duration

func (s spent) StepTimes(_ context.Context, sop string, step, limit int) ([]time.Duration, error) {
	if sop != "reklame" || limit != 200 {
		return nil, errors.New("asked for something else")
	}
	if s[step] == 0 {
		return nil, nil
	}
	return slices.Repeat([]time.Duration{s[step]}, 20), nil
}

func TestEstimateGoesStepByStep(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.submitted()
	c := o.carry(id, append(check(), by("loket", workflow.Issue{}))...) // at the draft, since Monday 08.00
	estimate := func(s spent, now string) string {
		t.Helper()
		e := casework.Estimator{Store: s, Calendar: o.desk.Calendar}
		est, ok, err := e.Estimate(t.Context(), o.def, c, at(t, now))
		if err != nil {
			t.Fatal(err)
		}
		if !ok {
			return "none"
		}
		return est.At.In(workflow.WIB()).Format("01-02 15.04")
	}
	all := spent{4: 2 * time.Hour, 5: time.Hour, 6: 30 * time.Minute}
	for _, try := range []struct {
		what  string
		spent spent
		now   string
		want  string
	}{
		{"one after the other", all, "2026-11-23 08.00", "11-23 11.30"},
		{"what is used of the present step is over", all, "2026-11-23 09.30", "11-23 11.30"},
		{"a present step that is late is done now", all, "2026-11-23 15.00", "11-24 08.00"},
		{"by the SOP: Tuesday's close, four hours, a day", spent{}, "2026-11-23 08.00", "11-26 16.00"},
		{"by the SOP where too little is known", spent{5: time.Hour}, "2026-11-23 08.00", "11-26 16.00"},
		{"the SOP's time of a present step that is late has passed too", spent{}, "2026-11-25 09.00", "11-26 16.00"},
	} {
		if got := estimate(try.spent, try.now); got != try.want {
			t.Errorf("%s: %s, want %s", try.what, got, try.want)
		}
	}
}

// TestNoEstimate before the resi, while the applicant has the file, and after the end.
func TestNoEstimate(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	e := casework.Estimator{Store: spent{}, Calendar: o.desk.Calendar}
	early := o.load(o.submitted())
	running := o.load(o.signable())
	stopped := running
	stopped.StepClock = early.StepClock
	stopped.ServiceClock.Pauses = []workflow.Span{{From: o.now}}
	ended := running
	ended.End = workflow.EndWithdrawn
	for what, try := range map[string]struct {
		c    workflow.Case
		want bool
	}{"before the resi": {early, false}, "running": {running, true}, "paused": {stopped, false}, "ended": {ended, false}} {
		if _, ok, err := e.Estimate(t.Context(), o.def, try.c, o.now); ok != try.want || err != nil {
			t.Errorf("%s: %v, %v", what, ok, err)
		}
	}
}

// TestMoved: by more than half a working day, later or earlier; nights do not count.
func TestMoved(t *testing.T) {
	t.Parallel()
	cal := newOffice(t).desk.Calendar
	told := &workflow.Expected{At: at(t, "2026-11-24 08.00")}
	for to, want := range map[string]bool{
		"2026-11-24 08.00": false, "2026-11-24 11.45": false, "2026-11-24 11.46": true,
		"2026-11-23 16.00": false, "2026-11-23 20.00": false, "2026-11-23 12.30": false, "2026-11-23 11.00": true,
	} {
		if got := casework.Moved(cal, told, casework.Estimate{At: at(t, to)}); got != want {
			t.Errorf("to %s: %v", to, got)
		}
	}
	if !casework.Moved(cal, nil, casework.Estimate{}) {
		t.Error("the first estimate is not kept")
	}
}
