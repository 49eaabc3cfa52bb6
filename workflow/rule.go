package workflow

import "slices"

// rule says where and by whom an act can be done. The zero rule refuses everybody.
type rule struct {
	at     []position // nil: wherever the case is
	actor  actorRule
	opens  bool // it opens a case; all others need one
	ended  bool // it is for ended cases; all others are for open ones
	shared bool // several may do it side by side: the task's holder does not exclude others
	proof  bool // a one-time code must confirm it

	// done finds who did the act before, for the refusal of a second time; nil:
	// [transition.lastRun]. It is not asked for actors who may not know.
	done func(*transition, rule) (Mark, bool)
}

// position is a kind of step and a stage within it.
type position struct {
	kind  Kind // "": any
	stage Stage
}

// working gives the position in which the performer works on a step of a kind.
func working(k Kind) []position { return []position{{k, StageWork}} }

// fits tells whether the rule allows the act where the case is.
func (r rule) fits(kind Kind, stage Stage) bool {
	return r.at == nil || slices.ContainsFunc(r.at, func(p position) bool {
		return p.stage == stage && (p.kind == kind || p.kind == "")
	})
}

// actorRule gives the role that may do an act now, which the refusal names, and tells
// whether the command's actor has it.
type actorRule func(*transition) (Role, bool)

// byPerformer: the step's Pelaksana, or its Signer while letters are up for signature.
func byPerformer(t *transition) (Role, bool) { return t.performer(), t.officerAs(t.performer()) }

// byNewApplicant: any applicant, for the case that he opens.
func byNewApplicant(t *transition) (Role, bool) {
	return RoleApplicant, t.cmd.Actor.Role == RoleApplicant && t.cmd.Actor.Person != ""
}

// byApplicant: the applicant of the case.
func byApplicant(t *transition) (Role, bool) { return RoleApplicant, t.ownApplicant() }

// byTeamOrApplicant: an officer of the step's role, or the applicant of the case.
func byTeamOrApplicant(t *transition) (Role, bool) {
	return t.step.Role, t.ownApplicant() || t.officerAs(t.step.Role)
}

// bySystem: the program itself.
func bySystem(t *transition) (Role, bool) { return RoleSystem, t.cmd.Actor.Role == RoleSystem }

// byDeliverer: the role of the step before the receipt.
func byDeliverer(t *transition) (Role, bool) { return t.deliverer(), t.officerAs(t.deliverer()) }

// byHolder: the task's holder, any performer if nobody holds it, or a superior of the
// performer's role.
func byHolder(t *transition) (Role, bool) {
	return t.performer(), t.mayHandOver() || t.isAbove(t.performer())
}

// byFirstCheck: the role that first checks a file.
func byFirstCheck(t *transition) (Role, bool) {
	role := t.def.FirstCheck()
	return role, t.officerAs(role)
}

// byFrontOffice: the role that first checks a file and so deals with applicants, or a
// superior of it.
func byFrontOffice(t *transition) (Role, bool) {
	role := t.def.FirstCheck()
	return role, t.officerAs(role) || t.isAbove(role)
}

// officerAs tells whether the actor is an officer who acts in a role. No officer
// acts as an applicant, not even where that is the step's performer.
func (t *transition) officerAs(role Role) bool {
	a := t.cmd.Actor
	return a.Officer != "" && a.Role == role && role != "" && role != RoleApplicant
}

// ownApplicant tells whether the actor is the applicant of the case.
func (t *transition) ownApplicant() bool {
	a := t.cmd.Actor
	return a.Role == RoleApplicant && a.Person != "" && a.Person == t.c.Applicant
}

// isAbove tells whether the actor is an officer who acts in a superior role of another.
func (t *transition) isAbove(role Role) bool {
	return t.officerAs(t.cmd.Actor.Role) && slices.Contains(t.def.Above(role), t.cmd.Actor.Role)
}

// performer is the role that works on the step now: its Signer while letters are up
// for signature, else its Role.
func (t *transition) performer() Role {
	if t.c.Stage == StageSign {
		return t.step.Signer
	}
	return t.step.Role
}

// deliverer is the role that hands letters over: that of the step before the
// receipt.
func (t *transition) deliverer() Role {
	if len(t.c.Trail) == 0 {
		return ""
	}
	step, _ := t.def.Step(t.c.Trail[len(t.c.Trail)-1].Step)
	return step.Role
}
