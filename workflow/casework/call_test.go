package casework_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"izinbot/workflow"
	"izinbot/workflow/casework"
)

// callBook keeps claims, and says which cases and officers there are.
type callBook struct {
	claims   []string
	cases    map[workflow.CaseID]workflow.Case
	officers map[workflow.OfficerID]workflow.Officer
}

func (b *callBook) Claimed(_ context.Context, prefix string) ([]string, error) {
	var out []string
	for _, c := range b.claims {
		if strings.HasPrefix(c, prefix) {
			out = append(out, c)
		}
	}
	return out, nil
}

func (b *callBook) Case(_ context.Context, id workflow.CaseID) (workflow.Case, error) {
	if c, ok := b.cases[id]; ok {
		return c, nil
	}
	return workflow.Case{}, workflow.Refuse(workflow.CodeUnavailable, "case")
}

func (b *callBook) Officer(_ context.Context, id workflow.OfficerID) (workflow.Officer, error) {
	if o, ok := b.officers[id]; ok {
		return o, nil
	}
	return workflow.Officer{}, workflow.Refuse(workflow.CodeNotFound, "officer")
}

func open(t *testing.T, b *callBook) []casework.Call {
	t.Helper()
	calls, err := casework.OpenCalls(t.Context(), b)
	if err != nil {
		t.Fatal(err)
	}
	return calls
}

func TestOpenCalls(t *testing.T) {
	t.Parallel()
	b := &callBook{
		cases:    map[workflow.CaseID]workflow.Case{"A-1": {Version: 1}, "A-2": {Version: 1, End: workflow.EndGranted}},
		officers: map[workflow.OfficerID]workflow.Officer{"o-1": {}, "o-2": {Disabled: true}},
	}
	late := casework.Call{Case: "A-1", Day: "2026-11-24", Role: "front_office", Why: casework.CallBlocked}
	early := casework.Call{Officer: "o-1", Day: "2026-11-23", Role: "kabid", Why: casework.CallNoAnswer}
	damaged := casework.Call{Case: "A-3", Day: "2026-11-25", Role: "front_office", Why: casework.CallBlocked}
	moot := []casework.Call{
		{Case: "A-2", Day: "2026-11-23", Role: "front_office", Why: casework.CallBlocked}, // has ended
		{Officer: "o-2", Day: "2026-11-23", Role: "kabid", Why: casework.CallBlocked},     // is gone
		{Officer: "o-3", Day: "2026-11-23", Role: "kabid", Why: casework.CallBlocked},     // was never there
	}
	for _, c := range append(moot, late, early, damaged) {
		b.claims = append(b.claims, c.Asked()...)
	}
	b.claims = append(b.claims, "call/case/A-1/2026-13-01/kabid/blocked", "call/x/A-1/2026-11-24/kabid/blocked", "calling/x")
	if got := open(t, b); !slices.Equal(got, []casework.Call{early, late, damaged}) {
		t.Errorf("open %+v", got)
	}
	b.claims = append(b.claims, early.Made(), damaged.Made())
	if got := open(t, b); !slices.Equal(got, []casework.Call{late}) {
		t.Errorf("after two were made: %+v", got)
	}
}

// TestWanted: once a day, and not while one is still to be made by somebody.
func TestWanted(t *testing.T) {
	t.Parallel()
	b := &callBook{}
	works := map[workflow.Role]bool{"kabid": true, "sekretaris": true}
	wanted := func(c casework.Call) bool {
		t.Helper()
		ok, err := c.Wanted(t.Context(), b, func(r workflow.Role) bool { return works[r] })
		if err != nil {
			t.Fatal(err)
		}
		return ok
	}
	first := casework.Call{Officer: "o-1", Day: "2026-11-23", Role: "kabid", Why: casework.CallBlocked}
	again, next := first, first
	again.Why, next.Day = casework.CallNoAnswer, "2026-11-24"
	if !wanted(first) {
		t.Fatal("the first call is not wanted")
	}
	b.claims = append(b.claims, first.Asked()...)
	other := casework.Call{Officer: "o-10", Day: "2026-11-23"}
	if wanted(again) || wanted(next) || !wanted(other) {
		t.Error("a call is asked for while one is open")
	}
	works["kabid"] = false
	if wanted(again) || !wanted(next) {
		t.Error("a call that nobody can make keeps others from being asked for")
	}
	works["kabid"] = true
	b.claims = append(b.claims, first.Made())
	if wanted(again) || !wanted(next) {
		t.Error("after the call: not again on that day, but on the next")
	}
}

// TestCallClaims: claims keep a call whatever its names hold, and one call's claims are
// no other's.
func TestCallClaims(t *testing.T) {
	t.Parallel()
	name := rapid.StringMatching(`[a-z%/ .-]{1,12}`)
	rapid.Check(t, func(t *rapid.T) {
		draw := func(label string) casework.Call {
			return casework.Call{
				Officer: workflow.OfficerID(name.Draw(t, label)), Day: "2026-11-23",
				Role: workflow.Role(name.Draw(t, label+" role")), Why: casework.CallReason(name.Draw(t, label+" why")),
			}
		}
		a, other := draw("a"), draw("other")
		b := &callBook{claims: a.Asked(), officers: map[workflow.OfficerID]workflow.Officer{a.Officer: {}}}
		calls, err := casework.OpenCalls(context.Background(), b)
		if err != nil || !slices.Equal(calls, []casework.Call{a}) {
			t.Fatalf("%+v came back as %+v, %v", a, calls, err)
		}
		ok, err := other.Wanted(context.Background(), b, func(workflow.Role) bool { return true })
		if err != nil || ok != (a.Officer != other.Officer) {
			t.Fatalf("%+v beside %+v: wanted %v, %v", other, a, ok, err)
		}
	})
}
