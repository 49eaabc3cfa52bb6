package casework_test

import (
	"context"
	"slices"
	"testing"

	"izinbot/workflow"
	"izinbot/workflow/casework"
	"izinbot/workflow/store"
)

// callBook keeps the calls to be made, and says which cases and officers there are.
type callBook struct {
	calls    []store.Call
	cases    map[workflow.CaseID]workflow.Case
	officers map[workflow.OfficerID]workflow.Officer
}

func (b *callBook) Calls(context.Context) ([]store.Call, error) { return b.calls, nil }

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

func open(t *testing.T, b *callBook) []store.Call {
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
	late := store.Call{Case: "A-1", Day: "2026-11-24", Role: "front_office", Why: store.CallBlocked}
	early := store.Call{Officer: "o-1", Day: "2026-11-23", Role: "kabid", Why: store.CallNoAnswer}
	damaged := store.Call{Case: "A-3", Day: "2026-11-25", Role: "front_office", Why: store.CallBlocked}
	moot := []store.Call{
		{Case: "A-2", Day: "2026-11-23", Role: "front_office", Why: store.CallBlocked}, // has ended
		{Officer: "o-2", Day: "2026-11-23", Role: "kabid", Why: store.CallBlocked},     // is gone
		{Officer: "o-3", Day: "2026-11-23", Role: "kabid", Why: store.CallBlocked},     // was never there
	}
	b.calls = append(moot, early, late, damaged)
	if got := open(t, b); !slices.Equal(got, []store.Call{early, late, damaged}) {
		t.Errorf("open %+v", got)
	}
}

// TestWanted: once a day, and not while one is still to be made by somebody.
func TestWanted(t *testing.T) {
	t.Parallel()
	b := &callBook{}
	works := map[workflow.Role]bool{"kabid": true, "sekretaris": true}
	wanted := func(c store.Call) bool {
		t.Helper()
		ok, err := casework.CallWanted(t.Context(), b, c, func(r workflow.Role) bool { return works[r] })
		if err != nil {
			t.Fatal(err)
		}
		return ok
	}
	first := store.Call{Officer: "o-1", Day: "2026-11-23", Role: "kabid", Why: store.CallBlocked}
	again, next := first, first
	again.Why, next.Day = store.CallNoAnswer, "2026-11-24"
	if !wanted(first) {
		t.Fatal("the first call is not wanted")
	}
	b.calls = append(b.calls, first)
	other := store.Call{Officer: "o-10", Day: "2026-11-23"}
	if wanted(again) || wanted(next) || !wanted(other) {
		t.Error("a call is asked for while one is open")
	}
	works["kabid"] = false
	if wanted(again) || !wanted(next) {
		t.Error("a call that nobody can make keeps others from being asked for")
	}
	works["kabid"] = true
	b.calls = nil
	if !wanted(next) {
		t.Error("not again after the call")
	}
}
