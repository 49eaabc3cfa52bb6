package casework_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"izinbot/workflow"
	"izinbot/workflow/casework"
	"izinbot/workflow/store"
)

// ledger holds the records that a recap is made of.
type ledger struct {
	cases      map[workflow.CaseID]workflow.Case
	milestones []store.Milestone
	counted    time.Time
}

func (l *ledger) Case(_ context.Context, id workflow.CaseID) (workflow.Case, error) {
	if c, ok := l.cases[id]; ok {
		return c, nil
	}
	return workflow.Case{}, workflow.Refuse(workflow.CodeUnavailable, "case")
}

func (l *ledger) TaskCounts(_ context.Context, now time.Time) ([]store.TaskCount, error) {
	l.counted = now
	return []store.TaskCount{{Role: "loket", Open: 3, Late: 1}, {Role: "kepala", Open: 2, Late: 2}}, nil
}

func (l *ledger) Milestones(context.Context, time.Time, time.Time, int) ([]store.Milestone, error) {
	return l.milestones, nil
}

// refusal is a case whose letter gives reasons, one a line.
func refusal(reasons string) workflow.Case {
	return workflow.Case{
		End: workflow.EndRefused, Current: "surat_izin",
		Letters: []workflow.Letter{{ID: "surat_izin", Step: 4, Fields: workflow.Answers{"alasan": reasons}}},
	}
}

func surveyed(score int) workflow.Case {
	answer := workflow.Survey{}
	for i := range answer.Scores {
		answer.Scores[i] = score
	}
	return workflow.Case{Survey: &workflow.Surveyed{Answer: answer}}
}

func TestMakeRecap(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	def := *o.def
	def.Steps = append([]workflow.Step(nil), def.Steps...)
	def.Steps[3].Fields = append(def.Steps[3].Fields, workflow.Field{Key: "alasan", Type: workflow.FieldReasons})
	l := &ledger{cases: map[workflow.CaseID]workflow.Case{
		"a": refusal("Tanpa izin lahan | Pasal 1\nTerlalu besar | Pasal 2\n\n"), "b": refusal("Tanpa izin lahan | Pasal 9"),
		"s": surveyed(4), "t": surveyed(3),
	}}
	mark := func(kind store.MilestoneKind, id workflow.CaseID, step int, outcome string, used time.Duration) {
		l.milestones = append(l.milestones, store.Milestone{Case: id, SOP: "reklame", Kind: kind, Step: step, Outcome: outcome, Used: used})
	}
	mark(store.MilestoneRun, "a", 2, "lengkap", time.Hour)
	mark(store.MilestoneRun, "b", 2, "lengkap", 2*time.Hour)
	mark(store.MilestoneRun, "b", 5, "lanjut", time.Minute)
	for id, end := range map[workflow.CaseID]string{"a": "ditolak", "b": "ditolak", "damaged": "ditolak", "c": "terbit"} {
		mark(store.MilestoneEnd, id, 6, end, 0)
	}
	mark(store.MilestoneSurvey, "s", 6, "", 0)
	mark(store.MilestoneSurvey, "t", 6, "", 0)
	l.milestones = append(l.milestones, store.Milestone{Case: "x", SOP: "lain", Kind: store.MilestoneEnd, Outcome: "terbit"})
	from := at(t, "2026-11-16 00.00")
	r, err := casework.MakeRecap(t.Context(), l, &def, from, from.AddDate(0, 0, 7), o.now)
	if err != nil {
		t.Fatal(err)
	}
	if !l.counted.Equal(o.now) || r.Open() != 5 || r.Late() != 3 || r.Role("kepala").Late != 2 || r.Role("penata") != (store.TaskCount{Role: "penata"}) {
		t.Errorf("open %+v as of %v", r.Roles, l.counted)
	}
	if r.Done() != 4 || r.Ends["ditolak"] != 3 || r.Ends["terbit"] != 1 {
		t.Errorf("ends %v", r.Ends)
	}
	var steps []string
	for _, s := range r.Steps {
		steps = append(steps, fmt.Sprint(s.Step.No, " ", s.Runs, " ", s.Mean, " ", s.Planned()))
	}
	if got := strings.Join(steps, ", "); got != "2 2 1h30m0s 1h0m0s, 5 1 1m0s 4h0m0s" {
		t.Errorf("steps %q", got)
	}
	if got := fmt.Sprint(r.Reasons); got != "[{Tanpa izin lahan 2} {Terlalu besar 1}]" {
		t.Errorf("reasons %s", got)
	}
	if r.Surveys != 2 || r.SKM != 87.5 {
		t.Errorf("%d surveys, index %v", r.Surveys, r.SKM)
	}
}

// TestSKMGrades covers the whole scale without gaps, a higher index never a lower grade.
func TestSKMGrades(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.Float64Range(25, 100).Draw(t, "a"), rapid.Float64Range(25, 100).Draw(t, "b")
		low, high := casework.SKMGrade(min(a, b)), casework.SKMGrade(max(a, b))
		if !strings.Contains("ABCD", low) || high > low {
			t.Fatalf("%v is %s, %v is %s", min(a, b), low, max(a, b), high)
		}
	})
}

func TestPlannedTime(t *testing.T) {
	t.Parallel()
	for budget, want := range map[workflow.Budget]time.Duration{
		{N: 3, Unit: workflow.Day}: 22*time.Hour + 30*time.Minute, {N: 2, Unit: workflow.Hour}: 2 * time.Hour, {N: 15, Unit: workflow.Minute}: 15 * time.Minute,
	} {
		if got := (casework.StepMean{Step: workflow.Step{Time: budget}}).Planned(); got != want {
			t.Errorf("%v is %v", budget, got)
		}
	}
}
