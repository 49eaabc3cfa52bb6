package workflow

import (
	"slices"
	"time"
)

// transition is one command being applied to a copy of a case.
type transition struct {
	def  *SOP
	c    Case
	cmd  Command
	now  time.Time
	step Step // at which the case was when the command came

	redraw  []LetterID
	notices []Notice
	numbers []NumberChange

	asking bool       // for NumbersNeeded: missing numbers are listed, not refused
	needed []LetterID // the letters that lack a number
}

func newTransition(def *SOP, c Case, cmd Command, now time.Time) *transition {
	return &transition{def: def, c: c.clone(), cmd: cmd, now: now.UTC()}
}

// clone copies the slices that a transition may change in place.
func (c Case) clone() Case {
	c.Documents = slices.Clone(c.Documents)
	c.Letters = slices.Clone(c.Letters)
	c.Trail = slices.Clip(c.Trail)
	if c.Visit != nil {
		v := *c.Visit
		v.CheckIns, v.Approved = slices.Clip(v.CheckIns), slices.Clip(v.Approved)
		v.Photos, v.Findings = slices.Clone(v.Photos), slices.Clone(v.Findings)
		c.Visit = &v
	}
	return c
}

func (t *transition) mark() Mark { return Mark{By: t.cmd.Actor, At: t.now} }

func (t *transition) held(by Actor) *Mark { return &Mark{By: by, At: t.now} }

func (t *transition) tell(n Notice) { t.notices = append(t.notices, n) }

// finish ends the step with an outcome and goes where its branch leads.
func (t *transition) finish(o Outcome) error {
	branch, ok := t.step.Branch(o)
	if !ok {
		return Refuse(CodeInvalid, "sop")
	}
	t.c.Trail = append(t.c.Trail, Run{
		Step: t.step.No, By: t.cmd.Actor, Outcome: o,
		Clock: t.c.StepClock.stop(t.now), Due: t.c.StepClock.Due,
	})
	t.c.Holder, t.c.Stage = nil, StageWork
	if t.step.StartsService && t.c.ServiceClock.Start.IsZero() {
		t.c.ServiceClock = Clock{Start: t.now, Budget: t.def.ServiceTime}
	}
	if branch.Tell != "" {
		t.tell(Notice{Person: t.c.Applicant, Key: "told." + branch.Tell, Letters: t.lettersFor(t.step.Kind)})
	}
	if branch.End != "" {
		t.end(branch.End)
		return nil
	}
	return t.enter(branch.To, o)
}

// lettersFor gives the letters that the applicant gets with the news that a step
// of the kind is done.
func (t *transition) lettersFor(kind Kind) []LetterID {
	var ids []LetterID
	switch kind {
	case KindIssue:
		for _, l := range t.c.Letters {
			if l.Step == t.step.No {
				ids = append(ids, l.ID)
			}
		}
	case KindDeliver:
		if l, ok := t.c.Letter(t.c.Current); ok && l.Sent != nil && l.Sent.Means == MeansChat {
			ids = append(ids, l.ID)
		}
	case KindSubmit, KindCheck, KindCoordinate, KindVisit, KindRecommend, KindDraft, KindInitial, KindSign, KindNumber, KindReceive:
	}
	return ids
}

// enter starts the clock of a step and tells those who must act.
func (t *transition) enter(no int, from Outcome) error {
	next, ok := t.def.Step(no)
	if !ok {
		return Refuse(CodeInvalid, "sop")
	}
	t.c.Step = no
	t.c.StepClock = Clock{Start: t.now, Budget: next.Time}
	switch next.Kind {
	case KindCheck:
		t.forgetVerdicts()
	case KindVisit:
		t.c.Visit = nil
	case KindSign:
		if err := t.takeNumber(t.c.Current); err != nil {
			return err
		}
	case KindReceive:
		t.c.ServiceClock = t.c.ServiceClock.stop(t.now)
		t.sentAnyway()
	case KindSubmit, KindIssue, KindCoordinate, KindRecommend, KindDraft, KindInitial, KindNumber, KindDeliver:
	}
	if next.Role == RoleApplicant || from == OutcomeReturned {
		return nil
	}
	n := Notice{Role: next.Role, Key: "task.new"}
	if next.Kind == KindVisit {
		n.Letters = t.stepLetters(KindCoordinate)
	}
	t.tell(n)
	return nil
}

func (t *transition) stepLetters(kind Kind) []LetterID {
	var ids []LetterID
	for _, l := range t.c.Letters {
		if step, _ := t.def.Step(l.Step); step.Kind == kind {
			ids = append(ids, l.ID)
		}
	}
	return ids
}

// end closes the case: clocks stop, letters that were never signed die, and
// their numbers with them (rule 5).
func (t *transition) end(name string) {
	t.c.End, t.c.Ended, t.c.Holder, t.c.Stage = name, t.now, nil, StageWork
	t.c.StepClock = t.c.StepClock.stop(t.now)
	t.c.ServiceClock = t.c.ServiceClock.stop(t.now)
	t.c.ReplyClock = t.c.ReplyClock.stop(t.now)
	for i, l := range t.c.Letters {
		if l.Status != LetterDraft {
			continue
		}
		t.c.Letters[i].Status = LetterVoid
		if l.Number != nil {
			t.numbers = append(t.numbers, NumberChange{Letter: l.ID, Number: *l.Number, Status: NumberVoid})
		}
	}
}
