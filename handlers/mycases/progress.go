package mycases

import (
	"slices"
	"time"

	"izinbot/workflow"
)

// Progress describes how far a case has come: the steps that are done and count, in
// order, and those that are expected to follow, the present one first.
type Progress struct {
	Done  []workflow.Run
	Ahead []workflow.Step
}

// ProgressOf reads a case's trail. A returned draft undoes the steps since its
// making; the answer to a clarification is no step forward.
func ProgressOf(def *workflow.SOP, c workflow.Case) Progress {
	var p Progress
	for _, run := range c.Trail {
		at := func(step int) int {
			return slices.IndexFunc(p.Done, func(d workflow.Run) bool { return d.Step == step })
		}
		if run.Outcome == workflow.OutcomeReturned {
			step, _ := def.Step(run.Step)
			branch, _ := step.Branch(run.Outcome)
			if i := at(branch.To); i >= 0 {
				p.Done = p.Done[:i]
			}
			continue
		}
		if at(run.Step) < 0 {
			p.Done = append(p.Done, run)
		}
	}
	if c.Open() {
		p.Ahead = ahead(def, PresentStep(c))
	}
	return p
}

// PresentStep gives the step at which the case is, also while the applicant completes the file.
func PresentStep(c workflow.Case) int {
	if c.Asker != 0 {
		return c.Asker
	}
	return c.Step
}

// ahead lists the steps from one on, along the way that leads to the permit.
func ahead(def *workflow.SOP, from int) []workflow.Step {
	out := make([]workflow.Step, 0, len(def.Steps))
	seen := make(map[int]bool, len(def.Steps))
	for no := from; no != 0 && !seen[no]; {
		step, ok := def.Step(no)
		if !ok {
			break
		}
		seen[no] = true
		out = append(out, step)
		no = hoped(step).To
	}
	return out
}

// hoped is the branch that leads on.
func hoped(step workflow.Step) workflow.Branch {
	for _, o := range []workflow.Outcome{workflow.OutcomeNext, workflow.OutcomeComplete, workflow.OutcomeRecommended} {
		if b, ok := step.Branch(o); ok {
			return b
		}
	}
	return workflow.Branch{}
}

// Estimate is when the letter should be with the applicant if every step takes its
// time: the present one until its deadline, or now if that has passed. It is zero
// while the clock stands still.
func (p Progress) Estimate(c workflow.Case, cal workflow.Calendar, now time.Time) time.Time {
	at := c.StepClock.Due
	if at.IsZero() || len(p.Ahead) == 0 || p.Ahead[0].Kind == workflow.KindReceive {
		return time.Time{}
	}
	if at.Before(now) {
		at = now
	}
	for _, step := range p.Ahead[1:] {
		if step.Kind == workflow.KindReceive {
			break
		}
		// The step before is done just before its deadline, often the close of
		// business, which would be the next day's start.
		at = cal.Due(at.Add(-time.Minute), step.Time, nil)
	}
	return at
}
