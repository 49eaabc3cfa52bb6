package workflow

import (
	"slices"
	"time"
)

// refuseBy refuses with the actor and the instant of a mark.
func refuseBy(code Code, mark Mark) error {
	return &Error{Code: code, By: mark.By.Shown(), At: mark.At.Format(time.RFC3339)}
}

// misplaced refuses an act that cannot be done where the case is: as done before, if
// it was. A case that was closed where the act was due was not: what the actor did at an
// earlier step is another act.
func (t *transition) misplaced(r rule) error {
	closed := t.c.End == EndWithdrawn || t.c.End == EndUnanswered
	if closed && r.fits(t.step.Kind, t.c.Stage) {
		return Refuse(CodeEnded, t.c.End)
	}
	if done, ok := t.doneBefore(r); ok {
		return refuseBy(CodeAlreadyDone, done)
	}
	switch {
	case !t.c.Open():
		return Refuse(CodeEnded, t.c.End)
	case t.c.Stage == StageWaiting:
		return Refuse(CodeWaiting, "")
	}
	return Refuse(CodeWrongStep, "")
}

// unauthorised refuses an actor without the role. One who lost a race, or pressed an
// old button, is told who did it before.
func (t *transition) unauthorised(r rule, role Role) error {
	if done, ok := t.doneBefore(r); ok {
		return refuseBy(CodeAlreadyDone, done)
	}
	return Refuse(CodeForbidden, string(role))
}

// doneBefore finds who did the act before. An actor who is neither an officer nor the
// case's applicant learns nothing.
func (t *transition) doneBefore(r rule) (Mark, bool) {
	if t.cmd.Actor.Officer == "" && !t.ownApplicant() {
		return Mark{}, false
	}
	if r.done != nil {
		return r.done(t, r)
	}
	return t.lastRun(r)
}

// lastRun finds who ended the latest step at which the actor could have done the act,
// looking back no further than the last return. A returned draft counts as neither
// initialled nor signed.
func (t *transition) lastRun(r rule) (Mark, bool) { return t.findRun(r, false) }

// lastRunOrReturn is lastRun for the act that returns drafts.
func (t *transition) lastRunOrReturn(r rule) (Mark, bool) { return t.findRun(r, true) }

func (t *transition) findRun(r rule, returns bool) (Mark, bool) {
	for i, run := range slices.Backward(t.c.Trail) {
		returned := run.Outcome == OutcomeReturned
		if t.couldAct(r, i) && (returns || !returned) {
			return Mark{By: run.By, At: run.Clock.Stop}, true
		}
		if returned {
			break
		}
	}
	return Mark{}, false
}

// couldAct tells whether the rule gave the act to the actor's role at the step of the
// i-th finished run.
func (t *transition) couldAct(r rule, i int) bool {
	step, _ := t.def.Step(t.c.Trail[i].Step)
	for _, p := range r.at {
		if p.kind != step.Kind {
			continue
		}
		then := &transition{def: t.def, c: Case{Stage: p.stage, Trail: t.c.Trail[:i]}, cmd: t.cmd, step: step}
		if role, _ := r.actor(then); role == t.cmd.Actor.Role {
			return true
		}
	}
	return false
}
