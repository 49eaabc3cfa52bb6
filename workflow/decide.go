package workflow

import "time"

// Decision is the effect of an accepted command.
type Decision struct {
	Case    Case
	Redraw  []LetterID // letters whose PDF must be drawn anew
	Notices []Notice   // to be delivered
	Numbers []NumberChange
}

// Notice is news for somebody, in words of the message catalogue.
type Notice struct {
	Person  PersonID   `json:"person,omitempty"`  // exactly one of Person, Officer, Role is set
	Officer OfficerID  `json:"officer,omitempty"` //
	Role    Role       `json:"role,omitempty"`    // everybody who holds the role now, stand-ins too
	Key     string     `json:"key"`               // catalogue key without its prefix
	Note    string     `json:"note,omitempty"`
	Letters []LetterID `json:"letters,omitempty"` // sent along as PDF
}

// NumberChange is a new status of a reserved register number.
type NumberChange struct {
	Letter LetterID     `json:"letter"`
	Number Number       `json:"number"`
	Status NumberStatus `json:"status"`
}

// NumberStatus is the state of a row of a register.
type NumberStatus string

// The statuses of a number: reserved when the draft goes up for signature, then
// issued by Ksb. Umum, or void ("batal") when the letter dies (rule 5).
const (
	NumberReserved NumberStatus = "reserved"
	NumberIssued   NumberStatus = "issued"
	NumberVoid     NumberStatus = "void"
)

// Decide gives the effect of cmd on c at now under the procedure def, without side
// effects. def must be the procedure and version that the case started with. A
// refusal is an [*Error]; the case is then unchanged.
//
// The guards are the same for every act and come in one order: is there a case, is it
// open, is it at a step and stage at which the act is done, may the actor do it, does
// no colleague hold the task, was it confirmed. Their terms are the act's own rule;
// the act's effect comes last.
func Decide(def *SOP, c Case, cmd Command, now time.Time) (Decision, error) {
	t := newTransition(def, c, cmd, now)
	if err := t.run(); err != nil {
		return Decision{Case: c}, err
	}
	return Decision{Case: t.c, Redraw: t.redraw, Notices: t.notices, Numbers: t.numbers}, nil
}

// NumbersNeeded lists the letters for which cmd lacks a reserved register number, in
// the order in which the act takes them (rule 5). It gives none if the command would
// be refused with them too, so that no number is reserved in vain.
func NumbersNeeded(def *SOP, c Case, cmd Command, now time.Time) []LetterID {
	t := newTransition(def, c, cmd, now)
	t.asking = true
	if t.run() != nil {
		return nil
	}
	return t.needed
}

func (t *transition) run() error {
	if t.cmd.Act == nil {
		return Refuse(CodeForbidden, "act")
	}
	r := t.cmd.Act.rule()
	if err := t.locate(r); err != nil {
		return err
	}
	if err := t.guard(r); err != nil {
		return err
	}
	return t.cmd.Act.apply(t)
}

// locate finds the step at which the case is; a case that is to be opened is at the
// first.
func (t *transition) locate(r rule) error {
	switch {
	case r.opens && t.c.Version > 0:
		return Refuse(CodeAlreadyDone, "case_id")
	case r.opens:
		t.step = t.def.First()
		return nil
	case t.c.Version == 0:
		return Refuse(CodeNotFound, "case_id")
	}
	step, ok := t.def.Step(t.c.Step)
	if !ok || t.c.SOP != t.def.Ref {
		return Refuse(CodeInvalid, "sop")
	}
	t.step = step
	return nil
}

func (t *transition) guard(r rule) error {
	switch {
	case r.actor == nil:
		return Refuse(CodeForbidden, "act")
	case t.c.Open() == r.ended, t.c.Open() && !r.fits(t.step.Kind, t.c.Stage):
		return t.misplaced(r)
	}
	if role, ok := r.actor(t); !ok {
		return t.unauthorised(r, role)
	}
	if h := t.c.Holder; h != nil && !r.shared && h.By.Officer != t.cmd.Actor.Officer && t.cmd.Actor.Officer != "" {
		return refuseBy(CodeTaken, *h)
	}
	if r.proof && t.cmd.Proof != ProofTOTP {
		return Refuse(CodeUnconfirmed, "")
	}
	return nil
}
