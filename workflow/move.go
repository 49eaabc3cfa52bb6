package workflow

import (
	"slices"
	"strings"
	"time"
)

// move is one command being applied to a copy of a case.
type move struct {
	def  *SOP
	c    Case
	cmd  Command
	now  time.Time
	step Step // where the case was when the command came

	redraw  []LetterID
	notices []Notice
	numbers []NumberChange
}

// clone copies what a move may change in place.
func (c Case) clone() Case {
	c.Documents = slices.Clone(c.Documents)
	c.Letters = slices.Clone(c.Letters)
	c.Trail = slices.Clip(c.Trail)
	if c.Visit != nil {
		v := *c.Visit
		v.Locations, v.Photos, v.Approved = slices.Clip(v.Locations), slices.Clip(v.Photos), slices.Clip(v.Approved)
		v.Findings = slices.Clone(v.Findings)
		c.Visit = &v
	}
	return c
}

func (m *move) mark() Mark { return Mark{By: m.cmd.Actor, At: m.now} }

func (m *move) held(by Actor) *Mark { return &Mark{By: by, At: m.now} }

func (m *move) tell(n Notice) { m.notices = append(m.notices, n) }

// finish ends the step with an outcome and goes where its branch leads.
func (m *move) finish(o Outcome) error {
	branch, ok := m.step.Branch(o)
	if !ok {
		return Refuse(CodeInvalid, "sop")
	}
	m.c.Trail = append(m.c.Trail, Run{
		Step: m.step.No, By: m.cmd.Actor, Outcome: o,
		Clock: m.c.StepClock.stop(m.now), Due: m.c.StepClock.Due,
	})
	m.c.Holder, m.c.Stage = nil, StageWork
	if m.step.StartsService && m.c.ServiceClock.Start.IsZero() {
		m.c.ServiceClock = Clock{Start: m.now, Budget: m.def.ServiceTime}
	}
	if branch.Tell != "" {
		m.tell(Notice{Person: m.c.Applicant, Key: "told." + branch.Tell, Letters: m.lettersFor(m.step.Kind)})
	}
	if branch.End != "" {
		m.end(branch.End)
		return nil
	}
	return m.enter(branch.To, o)
}

// lettersFor gives the letters that the applicant gets with the news that a step
// of the kind is done.
func (m *move) lettersFor(kind Kind) []LetterID {
	var ids []LetterID
	switch kind {
	case KindIssue:
		for _, l := range m.c.Letters {
			if l.Step == m.step.No {
				ids = append(ids, l.ID)
			}
		}
	case KindDeliver:
		if l, ok := m.c.Letter(m.c.Current); ok && l.Sent != nil && l.Sent.Means == MeansChat {
			ids = append(ids, l.ID)
		}
	case KindSubmit, KindCheck, KindCoordinate, KindVisit, KindRecommend, KindDraft, KindInitial, KindSign, KindNumber, KindReceive:
	}
	return ids
}

// enter starts the clock of a step and tells those who must act.
func (m *move) enter(no int, from Outcome) error {
	next, ok := m.def.Step(no)
	if !ok {
		return Refuse(CodeInvalid, "sop")
	}
	m.c.Step = no
	m.c.StepClock = Clock{Start: m.now, Budget: next.Time}
	switch next.Kind {
	case KindCheck:
		m.forgetVerdicts()
	case KindVisit:
		m.c.Visit = nil
	case KindSign:
		if err := m.takeNumber(m.c.Current); err != nil {
			return err
		}
	case KindReceive:
		m.c.ServiceClock = m.c.ServiceClock.stop(m.now)
		m.sentAnyway()
	case KindSubmit, KindIssue, KindCoordinate, KindRecommend, KindDraft, KindInitial, KindNumber, KindDeliver:
	}
	if next.Role == RoleApplicant || from == OutcomeReturned {
		return nil
	}
	n := Notice{Role: next.Role, Key: "task.new"}
	if next.Kind == KindVisit {
		n.Letters = m.stepLetters(KindCoordinate)
	}
	m.tell(n)
	return nil
}

func (m *move) stepLetters(kind Kind) []LetterID {
	var ids []LetterID
	for _, l := range m.c.Letters {
		if step, _ := m.def.Step(l.Step); step.Kind == kind {
			ids = append(ids, l.ID)
		}
	}
	return ids
}

// end closes the case: clocks stop, letters that were never signed die, and
// their numbers with them (rule 5).
func (m *move) end(name string) {
	m.c.End, m.c.Ended, m.c.Holder, m.c.Stage = name, m.now, nil, StageWork
	m.c.StepClock = m.c.StepClock.stop(m.now)
	m.c.ServiceClock = m.c.ServiceClock.stop(m.now)
	m.c.ReplyClock = m.c.ReplyClock.stop(m.now)
	for i, l := range m.c.Letters {
		if l.Status != LetterDraft {
			continue
		}
		m.c.Letters[i].Status = LetterVoid
		if l.Number != nil {
			m.numbers = append(m.numbers, NumberChange{Letter: l.ID, Number: *l.Number, Status: NumberVoid})
		}
	}
}

// superior is the role above the performer's; "" if there is none.
func (m *move) superior() Role {
	def, _ := m.def.RoleDef(m.performer())
	return def.Superior
}

// isAbove tells whether the actor acts in a role above the performer's.
func (m *move) isAbove() bool {
	return m.officerAs(m.cmd.Actor.Role) && slices.Contains(m.def.Above(m.performer()), m.cmd.Actor.Role)
}

// performer is the role that works on the step now: its Signer while letters are up
// for signature, else its Role.
func (m *move) performer() Role {
	if m.c.Stage == StageSign {
		return m.step.Signer
	}
	return m.step.Role
}

// deliverer is the role that hands letters over: that of the step before the
// receipt.
func (m *move) deliverer() Role {
	if len(m.c.Trail) == 0 {
		return ""
	}
	step, _ := m.def.Step(m.c.Trail[len(m.c.Trail)-1].Step)
	return step.Role
}

// WaitsFor gives the role that must act on the case now: RoleApplicant while the
// office waits for the applicant, "" once the case has ended.
func (c Case) WaitsFor(def *SOP) Role {
	step, ok := def.Step(c.Step)
	switch {
	case !c.Open() || !ok:
		return ""
	case c.Stage == StageWaiting:
		return RoleApplicant
	case c.Stage == StageApprove && c.awaitsApplicant(step):
		return RoleApplicant
	case c.Stage == StageSign:
		return step.Signer
	}
	return step.Role
}

// Shown is how the actor is named to people: "Plh. Kepala Dinas (Nama CONTOH)".
func (a Actor) Shown() string {
	title := a.Title
	if title == "" {
		return a.Name
	}
	if a.Acting != "" {
		title = a.Acting + " " + title
	}
	return title + " (" + a.Name + ")"
}

func blank(s string) bool { return strings.TrimSpace(s) == "" }
