package store

import (
	"context"
	"time"

	"izinbot/workflow"
)

// Look says when a case must be looked at next by the clock, in place of its
// Task.Check. Version is that of the case as it was looked at; 0: whatever it is,
// for a case that cannot be read.
type Look struct {
	Case    workflow.CaseID
	Version int
	At      time.Time // zero for never
}

// MilestoneKind says what a milestone marks.
type MilestoneKind string

// The kinds of milestones.
const (
	MilestoneRun     MilestoneKind = "run"     // a step was finished
	MilestoneClarify MilestoneKind = "clarify" // the applicant was asked to complete the file
	MilestoneEnd     MilestoneKind = "end"     // the case ended; Outcome is its end
	MilestoneSurvey  MilestoneKind = "survey"  // the survey was answered
)

// Milestone is a fact that figures are made of: how long steps take, what was done
// in a week.
type Milestone struct {
	Case    workflow.CaseID
	SOP     string // name of the procedure, whatever its version
	Kind    MilestoneKind
	Step    int
	Outcome string
	At      time.Time
	Used    time.Duration // working time that the step took (MilestoneRun)
}

// TaskCount counts the tasks of a role.
type TaskCount struct {
	Role workflow.Role
	Open int
	Late int
}

// Reminders are the reads of what the clock does by itself.
type Reminders interface {
	// Claimed lists the claims that begin with a prefix, in order.
	Claimed(ctx context.Context, prefix string) ([]string, error)
	// LastClaimed gives the last of them: CodeNotFound.
	LastClaimed(ctx context.Context, prefix string) (string, error)
	// Calls lists the calls that are still to be made, by day.
	Calls(ctx context.Context) ([]Call, error)
	// Held lists the open tasks of a role that an officer holds, the most urgent
	// first.
	Held(ctx context.Context, role workflow.Role, holder workflow.OfficerID, limit int) ([]TaskRow, error)
	// TaskCounts counts open tasks by role, and those due before now. A role
	// without any is left out.
	TaskCounts(ctx context.Context, now time.Time) ([]TaskCount, error)
	// Milestones lists those in [from, to), the oldest first.
	Milestones(ctx context.Context, from, to time.Time, limit int) ([]Milestone, error)
	// StepTimes lists the working times of the latest finished runs of a step of
	// a procedure, the latest first.
	StepTimes(ctx context.Context, sop string, step, limit int) ([]time.Duration, error)
}
