package workflow

import "slices"

// misplaced tells why the act cannot be done where the case is: best, that
// somebody has done it already.
func (m *move) misplaced(r rule) error {
	if done, ok := m.doneHere(); ok {
		return refuseBy(CodeAlreadyDone, done)
	}
	if done, ok := m.doneBefore(r); ok {
		return refuseBy(CodeAlreadyDone, done)
	}
	switch {
	case !m.c.Open():
		return Refuse(CodeEnded, m.c.End)
	case m.c.Stage == StageWaiting:
		return Refuse(CodeWaiting, "")
	}
	return Refuse(CodeWrongStep, "")
}

// doneHere finds who did the act within the step at which the case still is.
func (m *move) doneHere() (Mark, bool) {
	if !m.c.Open() || !m.officerAs(m.step.Role) {
		return Mark{}, false
	}
	switch m.cmd.Act.(type) {
	case Propose:
		if m.c.Stage == StageSign {
			l, ok := m.c.Letter(LetterID(m.step.Letters[0]))
			return l.Made, ok
		}
	case StartVisit, Locate, Photograph, Find, Report:
		if m.c.Stage == StageApprove {
			return *m.c.Visit.Reported, true
		}
	}
	return Mark{}, false
}

// doneBefore finds who ended the latest step at which the actor could have done
// this, looking back no further than the last return. Who is neither an officer
// nor the case's applicant learns nothing.
func (m *move) doneBefore(r rule) (Mark, bool) {
	if m.cmd.Actor.Officer == "" && !m.ownApplicant() {
		return Mark{}, false
	}
	if mark, ok := m.ownApproval(); ok {
		return mark, true
	}
	if _, answer := m.cmd.Act.(Resubmit); answer && (m.c.Round == 0 || m.c.Asker != 0) {
		return Mark{}, false // nothing was asked, or it is not answered yet
	}
	_, returning := m.cmd.Act.(Return)
	for i, run := range slices.Backward(m.c.Trail) {
		returned := run.Outcome == OutcomeReturned
		if m.couldAct(r, i) && (returning || !returned) { // a returned draft was not initialled
			return Mark{By: run.By, At: run.Clock.Stop}, true
		}
		if returned {
			break
		}
	}
	return Mark{}, false
}

// ownApproval finds the actor's approval of the visit report.
func (m *move) ownApproval() (Mark, bool) {
	if _, agree := m.cmd.Act.(Agree); !agree || m.c.Visit == nil {
		return Mark{}, false
	}
	if a := m.c.Visit.Agreed; a != nil && m.ownApplicant() {
		return *a, true
	}
	for _, a := range m.c.Visit.Approved {
		if a.By.Officer == m.cmd.Actor.Officer && a.By.Officer != "" {
			return a, true
		}
	}
	return Mark{}, false
}

// couldAct tells whether the act could be the actor's at the step of the i-th
// finished run.
func (m *move) couldAct(r rule, i int) bool {
	step, _ := m.def.Step(m.c.Trail[i].Step)
	role, fits := step.Role, slices.Contains(r.kinds, step.Kind)
	switch m.cmd.Act.(type) {
	case Sign, Return:
		if step.Kind == KindCoordinate {
			role, fits = step.Signer, true
		}
	case HandDeliver:
		if i > 0 {
			before, _ := m.def.Step(m.c.Trail[i-1].Step)
			role = before.Role
		}
	}
	return fits && role == m.cmd.Actor.Role
}
