package casework

import (
	"slices"
	"strings"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/store"
)

// TaskOf derives the row by which lists and searches find a case. When the clock must look at
// the case is not part of it.
func TaskOf(def *workflow.SOP, c workflow.Case) store.Task {
	body := c.Form.Of(def.Form, workflow.MeansBody)
	t := store.Task{Label: body, Keywords: strings.ToLower(string(c.ID) + " " + c.Named(def, workflow.MeansBody) + " " + c.Named(def, workflow.MeansCountry))}
	if !c.Open() {
		return t
	}
	if role := c.WaitsFor(def); role != workflow.RoleApplicant {
		t.Role, t.Due = role, c.StepClock.Due
	}
	if c.Holder != nil {
		t.Holder = c.Holder.By.Officer
	}
	return t
}

// task is the whole row, with when the clock must look at the case.
func (d *Desk) task(s *staged, now time.Time) store.Task {
	t := TaskOf(s.def, s.c)
	if !s.c.Open() {
		return t
	}
	t.Check = nextCheck(s.def, s.c, d.Calendar)
	if finished := slices.ContainsFunc(s.marks, isRun); finished && s.c.ServiceClock.Running() {
		t.Check = now // the estimate may have moved
	}
	return t
}

func isRun(m store.Milestone) bool { return m.Kind == store.MilestoneRun }

// nextCheck gives the instant at which the watch must check a case: the first rung of
// its running clocks, whether it was sent or not, or the end of an unanswered
// clarification's time. Zero is never.
func nextCheck(def *workflow.SOP, c workflow.Case, cal workflow.WorkingTime) time.Time {
	at := c.ReplyClock.Due
	if list := def.Reminders(c, cal); len(list) > 0 {
		at = Earlier(at, list[0].At)
	}
	return at
}

// Earlier is the earlier of two instants of which zero is never.
func Earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// Milestones lists the finished steps, the clarification, the end and the survey that an entry
// brought. Without a calendar the working time that steps took is left out.
func Milestones(def *workflow.SOP, before, after workflow.Case, now time.Time, cal workflow.WorkingTime) []store.Milestone {
	var out []store.Milestone
	add := func(m store.Milestone) {
		m.Case, m.SOP = after.ID, def.Ref.Name
		out = append(out, m)
	}
	for _, run := range after.Trail[min(len(before.Trail), len(after.Trail)):] {
		if step, _ := def.Step(run.Step); step.Role == workflow.RoleApplicant {
			continue
		}
		m := store.Milestone{Kind: store.MilestoneRun, Step: run.Step, Outcome: string(run.Outcome), At: run.Clock.Stop}
		if cal != nil {
			m.Used = cal.Used(run.Clock.Start, run.Clock.Stop, run.Clock.Pauses)
		}
		add(m)
	}
	if after.Round > before.Round {
		add(store.Milestone{Kind: store.MilestoneClarify, Step: after.Asker, At: now})
	}
	if before.Open() && !after.Open() {
		add(store.Milestone{Kind: store.MilestoneEnd, Step: after.Step, Outcome: after.End, At: now})
	}
	if before.Survey == nil && after.Survey != nil {
		add(store.Milestone{Kind: store.MilestoneSurvey, Step: after.Step, At: now})
	}
	return out
}
