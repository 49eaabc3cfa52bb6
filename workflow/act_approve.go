package workflow

import "strings"

// Agree approves the visit report, by the applicant or a team member. Seen is as in
// [Initial].
type Agree struct {
	Seen int `json:"seen,omitempty"`
}

func (Agree) name() string { return "agree" }

func (Agree) rule() rule {
	return rule{at: []position{{KindVisit, StageApprove}}, actor: byTeamOrApplicant, shared: true, done: (*transition).approvedOrRun}
}

func (a Agree) apply(t *transition) error {
	v, mark := t.c.Visit, t.mark()
	if before, ok := t.ownApproval(); ok {
		return refuseBy(CodeAlreadyDone, before)
	}
	for _, kind := range t.step.Letters {
		if err := t.seen(LetterID(kind), a.Seen); err != nil {
			return err
		}
	}
	if t.ownApplicant() {
		v.Agreed, v.Absent = &mark, nil
		return t.approved()
	}
	v.Approved = append(v.Approved, mark)
	return t.approved()
}

// approvedOrRun finds the actor's own approval of the report, else the last run.
func (t *transition) approvedOrRun(r rule) (Mark, bool) {
	if mark, ok := t.ownApproval(); ok {
		return mark, true
	}
	return t.lastRun(r)
}

// ownApproval finds the actor's approval of the visit report.
func (t *transition) ownApproval() (Mark, bool) {
	if t.c.Visit == nil {
		return Mark{}, false
	}
	if a := t.c.Visit.Agreed; a != nil && t.ownApplicant() {
		return *a, true
	}
	for _, a := range t.c.Visit.Approved {
		if a.By.Officer == t.cmd.Actor.Officer && a.By.Officer != "" {
			return a, true
		}
	}
	return Mark{}, false
}

// approved ends the step once team and applicant have approved.
func (t *transition) approved() error {
	for _, kind := range t.step.Letters {
		t.draw(LetterID(kind))
	}
	t.waitForApplicant()
	v := t.c.Visit
	if t.c.teamMissing(t.step) > 0 || v.Agreed == nil && v.Absent == nil {
		return nil
	}
	for _, kind := range t.step.Letters {
		if err := t.edit(LetterID(kind), func(l *Letter) { l.Status = LetterFinal }); err != nil {
			return err
		}
		if err := t.enrol(LetterID(kind)); err != nil {
			return err
		}
	}
	return t.finish(OutcomeNext)
}

// Revise opens the report again; approvals given so far are void.
type Revise struct {
	Note string `json:"note"`
}

func (Revise) name() string { return "revise" }

func (Revise) rule() rule { return reportWork() }

func (a Revise) apply(t *transition) error {
	note, err := required(a.Note)
	if err != nil {
		return err
	}
	v := t.c.Visit
	v.Reported, v.Approved, v.Agreed, v.Absent = nil, nil, nil, nil
	t.c.Stage = StageWork
	t.c.Return = &Note{Text: note, By: t.cmd.Actor, At: t.now}
	t.waitForApplicant()
	return nil
}

// NoteAbsent records why the applicant's agreement is missing, in its place.
type NoteAbsent struct {
	Note string `json:"note"`
}

func (NoteAbsent) name() string { return "note_absent" }

func (NoteAbsent) rule() rule { return reportWork() }

func (a NoteAbsent) apply(t *transition) error {
	note, err := required(a.Note)
	if err != nil {
		return err
	}
	if v := t.c.Visit; v.Agreed != nil {
		return refuseBy(CodeAlreadyDone, *v.Agreed)
	}
	t.c.Visit.Absent = &Note{Text: note, By: t.cmd.Actor, At: t.now}
	return t.approved()
}

// reportWork is the rule of a team member's acts on a report that waits for approval.
func reportWork() rule {
	return rule{at: []position{{KindVisit, StageApprove}}, actor: byPerformer, shared: true}
}

// teamMissing counts the team members whose approval is missing; no more are asked than
// the Surat Perintah Tugas names.
func (c Case) teamMissing(step Step) int {
	need := max(step.Approvals, 1)
	for _, l := range c.Letters {
		if team := l.Fields[TeamNamesField]; team != "" {
			need = min(need, 1+strings.Count(team, "\n"))
		}
	}
	return max(need-len(c.Visit.Approved), 0)
}

// awaitsApplicant tells whether only the applicant's agreement is missing.
func (c Case) awaitsApplicant(step Step) bool {
	return c.Visit != nil && c.teamMissing(step) == 0 && c.Visit.Agreed == nil && c.Visit.Absent == nil
}

// waitForApplicant pauses the clocks while only the applicant's agreement is
// missing, and lets them go on otherwise (rule 2).
func (t *transition) waitForApplicant() {
	if t.c.Stage == StageApprove && t.c.awaitsApplicant(t.step) {
		t.c.StepClock = t.c.StepClock.pause(t.now)
		t.c.ServiceClock = t.c.ServiceClock.pause(t.now)
		return
	}
	t.c.StepClock = t.c.StepClock.resume(t.now)
	t.c.ServiceClock = t.c.ServiceClock.resume(t.now)
}
