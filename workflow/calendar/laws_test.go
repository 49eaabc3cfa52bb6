package calendar_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"izinbot/workflow"
)

// The laws here hold to the nanosecond, which the minutes of the model cannot
// show.

func drawNanos(t *rapid.T, name string) time.Time {
	year := time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
	return year.Add(time.Duration(rapid.Int64Range(0, int64(400*24*time.Hour)).Draw(t, name)))
}

func drawNanoPauses(t *rapid.T) []workflow.Span {
	pauses := make([]workflow.Span, rapid.IntRange(0, 4).Draw(t, "pauses"))
	for i := range pauses {
		from := drawNanos(t, "from")
		length := rapid.Int64Range(0, int64(10*24*time.Hour)).Draw(t, "length")
		pauses[i] = workflow.Span{From: from, To: from.Add(time.Duration(length))}
	}
	return pauses
}

func TestDueIsTheEarliestInstantOfUse(t *testing.T) {
	c := defaults(t)
	rapid.Check(t, func(t *rapid.T) {
		start, pauses := drawNanos(t, "start"), drawNanoPauses(t)
		n := rapid.IntRange(1, 60).Draw(t, "n")

		due := c.Due(start, workflow.Budget{N: n, Unit: workflow.Hour}, pauses)
		want := time.Duration(n) * time.Hour
		if used := c.Used(start, due, pauses); used != want {
			t.Errorf("at %v %v are used, want %v", due, used, want)
		}
		if used := c.Used(start, due.Add(-1), pauses); used != want-1 {
			t.Errorf("before %v %v are used, want %v", due, used, want-1)
		}

		due = c.Due(start, workflow.Budget{N: n, Unit: workflow.Day}, pauses)
		if used := c.DaysUsed(start, due, pauses); used != n {
			t.Errorf("at %v %d days are used, want %d", due, used, n)
		}
		if used := c.DaysUsed(start, due.Add(-1), pauses); used != n-1 {
			t.Errorf("before %v %d days are used, want %d", due, used, n-1)
		}
	})
}

func TestTheOrderAndCutOfPausesIsIndifferent(t *testing.T) {
	c := defaults(t)
	rapid.Check(t, func(t *rapid.T) {
		start, pauses := drawNanos(t, "start"), drawNanoPauses(t)
		var cut []workflow.Span
		for _, p := range pauses {
			middle := p.From.Add(p.To.Sub(p.From) / 2)
			cut = append(cut, workflow.Span{From: middle, To: p.To}, workflow.Span{From: p.From, To: middle})
		}
		slices.Reverse(cut)
		for _, unit := range []workflow.Unit{workflow.Minute, workflow.Hour, workflow.Day} {
			b := workflow.Budget{N: rapid.IntRange(1, 30).Draw(t, "n"), Unit: unit}
			if one, two := c.Due(start, b, pauses), c.Due(start, b, cut); !one.Equal(two) {
				t.Errorf("%v: %v, with the pauses cut in two %v", b, one, two)
			}
		}
	})
}

func TestDueLeavesThePausesAlone(t *testing.T) {
	pauses := []workflow.Span{
		pause(t, "2026-11-25 08.00", "2026-11-25 09.00"),
		pause(t, "2026-11-24 08.00", "2026-11-24 09.00"),
	}
	before := slices.Clone(pauses)
	defaults(t).Due(at(t, "2026-11-23 10.00"), budget(t, "5 Hari"), pauses)
	if !slices.Equal(pauses, before) {
		t.Error("Due reordered its caller's pauses")
	}
}

func TestNextOpenIsTheNextOpening(t *testing.T) {
	c := defaults(t)
	rapid.Check(t, func(t *rapid.T) {
		from := drawNanos(t, "from")
		next := c.NextOpen(from)
		if !c.Open(next) || next.Before(from) || c.Used(from, next, nil) != 0 {
			t.Errorf("NextOpen(%v) = %v", from, next)
		}
		if c.Open(from) != next.Equal(from) {
			t.Errorf("NextOpen(%v) = %v, and Open is %v", from, next, c.Open(from))
		}
	})
}

func TestWorkingDaysAddUp(t *testing.T) {
	c := defaults(t)
	rapid.Check(t, func(t *rapid.T) {
		moments := []time.Time{drawNanos(t, "a"), drawNanos(t, "b"), drawNanos(t, "c")}
		slices.SortFunc(moments, time.Time.Compare)
		x, y, z := moments[0], moments[1], moments[2]
		if c.WorkingDaysBetween(x, y)+c.WorkingDaysBetween(y, z) != c.WorkingDaysBetween(x, z) {
			t.Errorf("the days from %v over %v to %v do not add up", x, y, z)
		}
	})
}
