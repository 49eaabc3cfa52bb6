package casework

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/store"
)

// Recap sums up an office's results in a stretch of time and its open tasks.
type Recap struct {
	SOP      *workflow.SOP
	From, To time.Time         // [From, To)
	Roles    []store.TaskCount // as of the instant at which the recap is made
	Ends     map[string]int    // cases ended, by end
	Steps    []StepMean        // in the order of the table; those that were done
	Reasons  []ReasonCount     // of refusals, the most frequent first
	Surveys  int
	SKM      float64 // satisfaction index, 25 to 100; 0 without surveys
}

// StepMean is the mean duration of a step, in working time.
type StepMean struct {
	Step workflow.Step
	Runs int
	Mean time.Duration
}

// ReasonCount counts one reason.
type ReasonCount struct {
	Text string
	N    int
}

// WorkingDay is the mean length of a working day (37.5 hours in five days), for
// setting what was used beside the SOP's days. It sets no deadline.
const WorkingDay = 7*time.Hour + 30*time.Minute

// Planned is the SOP's time of a step in hours, for a comparison.
func (m StepMean) Planned() time.Duration {
	switch m.Step.Time.Unit {
	case workflow.Day:
		return time.Duration(m.Step.Time.N) * WorkingDay
	case workflow.Hour:
		return time.Duration(m.Step.Time.N) * time.Hour
	case workflow.Minute:
	}
	return time.Duration(m.Step.Time.N) * time.Minute
}

// Open counts the open tasks.
func (r Recap) Open() (n int) {
	for _, c := range r.Roles {
		n += c.Open
	}
	return n
}

// Role gives the task counts of a role.
func (r Recap) Role(role workflow.Role) store.TaskCount {
	for _, c := range r.Roles {
		if c.Role == role {
			return c
		}
	}
	return store.TaskCount{Role: role}
}

// Late counts the open tasks that are overdue.
func (r Recap) Late() (n int) {
	for _, c := range r.Roles {
		n += c.Late
	}
	return n
}

// Done counts the cases that ended.
func (r Recap) Done() (n int) {
	for _, k := range r.Ends {
		n += k
	}
	return n
}

// SKMGrade is the letter of an index by Permenpan RB 14/2017.
func SKMGrade(index float64) string {
	switch {
	case index > 88.30:
		return "A"
	case index > 76.60:
		return "B"
	case index >= 65:
		return "C"
	}
	return "D"
}

// RecapStore is the part of the store that a recap is read from.
type RecapStore interface {
	Case(ctx context.Context, id workflow.CaseID) (workflow.Case, error)
	TaskCounts(ctx context.Context, now time.Time) ([]store.TaskCount, error)
	Milestones(ctx context.Context, from, to time.Time, limit int) ([]store.Milestone, error)
}

// Upper bounds of a recap's reads.
const (
	recapMilestones = 50_000
	recapCases      = 500 // refused ones, and surveys
)

// MakeRecap sums up the milestones in [from, to) and the tasks open at now. def names
// steps and roles; milestones of other procedures are left out.
func MakeRecap(ctx context.Context, s RecapStore, def *workflow.SOP, from, to, now time.Time) (Recap, error) {
	r := Recap{SOP: def, From: from, To: to, Ends: map[string]int{}}
	var err error
	if r.Roles, err = s.TaskCounts(ctx, now); err != nil {
		return r, fmt.Errorf("count tasks: %w", err)
	}
	list, err := s.Milestones(ctx, from, to, recapMilestones)
	if err != nil {
		return r, fmt.Errorf("list milestones: %w", err)
	}
	list = slices.DeleteFunc(list, func(m store.Milestone) bool { return m.SOP != def.Ref.Name })
	r.countSteps(list)
	reasons, scores := map[string]int{}, 0
	read := 0
	for _, m := range list {
		if m.Kind == store.MilestoneEnd {
			r.Ends[m.Outcome]++
		}
		refused := m.Kind == store.MilestoneEnd && m.Outcome == workflow.EndRefused
		if !refused && m.Kind != store.MilestoneSurvey || read == recapCases {
			continue
		}
		read++
		c, err := s.Case(ctx, m.Case)
		if err != nil {
			continue // a case that cannot be read is reported by the watch
		}
		if refused {
			countReasons(def, c, reasons)
		} else if c.Survey != nil {
			r.Surveys++
			for _, score := range c.Survey.Answer.Scores {
				scores += score
			}
		}
	}
	if r.Surveys > 0 {
		r.SKM = float64(scores) / float64(r.Surveys*workflow.SurveyElements) * 25
	}
	r.Reasons = ranked(reasons)
	return r, nil
}

func (r *Recap) countSteps(list []store.Milestone) {
	for _, step := range r.SOP.Steps {
		mean := StepMean{Step: step}
		var sum time.Duration
		for _, m := range list {
			if m.Kind == store.MilestoneRun && m.Step == step.No {
				mean.Runs++
				sum += m.Used
			}
		}
		if mean.Runs > 0 {
			mean.Mean = sum / time.Duration(mean.Runs)
			r.Steps = append(r.Steps, mean)
		}
	}
}

// countReasons counts the reasons that a refusal letter gives.
func countReasons(def *workflow.SOP, c workflow.Case, counts map[string]int) {
	l, ok := c.Letter(c.Current)
	if !ok {
		return
	}
	step, _ := def.Step(l.Step)
	for _, f := range step.Fields {
		if f.Type != workflow.FieldReasons {
			continue
		}
		for line := range strings.Lines(l.Fields[f.Key]) {
			text, _, _ := strings.Cut(line, "|")
			if text = strings.TrimSpace(text); text != "" {
				counts[text]++
			}
		}
	}
}

func ranked(counts map[string]int) []ReasonCount {
	var out []ReasonCount
	for text, n := range counts {
		out = append(out, ReasonCount{text, n})
	}
	slices.SortFunc(out, func(a, b ReasonCount) int { return cmp.Or(b.N-a.N, strings.Compare(a.Text, b.Text)) })
	return out
}
