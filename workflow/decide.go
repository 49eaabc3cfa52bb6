package workflow

import (
	"slices"
	"time"
)

// Decision is what an accepted command leads to.
type Decision struct {
	Case    Case
	Redraw  []LetterID // letters whose PDF must be drawn anew
	Notices []Notice   // who must hear what
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

// NumberChange is what happens to a reserved register number.
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

// Decide tells what cmd does to c at now under the procedure def, without side
// effects. def must be the procedure and version that the case started with. A
// refusal is an [*Error]; the case is then unchanged.
//
// Whatever the act, the guards are the same and come in one order: is the case
// open, is it at a step and stage where this is done ([ruleOf]), is the actor the
// one who does it, has nobody else taken the task, was it confirmed.
func Decide(def *SOP, c Case, cmd Command, now time.Time) (Decision, error) {
	m := &move{def: def, c: c.clone(), cmd: cmd, now: now.UTC()}
	if err := m.run(); err != nil {
		return Decision{Case: c}, err
	}
	return Decision{Case: m.c, Redraw: m.redraw, Notices: m.notices, Numbers: m.numbers}, nil
}

// by says whose act it is.
type by int

const (
	byNobody     by = iota // an act without a rule: it is refused
	byPerformer            // the step's Pelaksana
	bySigner               // the step's Signer
	byApplicant            // the case's own applicant
	byParty                // a team member or the applicant
	bySystem               //
	byDeliverer            // the role that delivers letters
	bySuperior             // the task's holder, or a superior of the step's role, near or far
	byFirstCheck           // the role that first checked the file
	byCaller               // that role, or a superior of it
)

// rule says where and by whom an act can be done.
type rule struct {
	kinds  []Kind // nil: at any step
	stages []Stage
	by     by
	shared bool // several may do it side by side: no task holder is asked for
	proof  bool // a one-time code must confirm it
	ended  bool // it is for ended cases
}

// ruleOf is the table of all acts; one that is not in it is nobody's.
func ruleOf(a Act) rule {
	work, visit := []Stage{StageWork}, []Kind{KindVisit}
	switch a.(type) {
	case Resubmit:
		return rule{kinds: []Kind{KindSubmit}, stages: []Stage{StageWaiting}, by: byApplicant}
	case Judge, Pass, Clarify:
		return rule{kinds: []Kind{KindCheck}, stages: work, by: byPerformer}
	case Issue:
		return rule{kinds: []Kind{KindIssue}, stages: work, by: byPerformer}
	case Propose:
		return rule{kinds: []Kind{KindCoordinate}, stages: work, by: byPerformer}
	case Draft:
		return rule{kinds: []Kind{KindDraft}, stages: work, by: byPerformer, proof: true}
	case Initial:
		return rule{kinds: []Kind{KindInitial}, stages: work, by: byPerformer, proof: true}
	case Record:
		return rule{kinds: []Kind{KindNumber}, stages: work, by: byPerformer}
	case Deliver:
		return rule{kinds: []Kind{KindDeliver}, stages: work, by: byPerformer}
	case Receive:
		return rule{kinds: []Kind{KindReceive}, stages: work, by: byApplicant}
	case HandDeliver:
		return rule{kinds: []Kind{KindReceive}, stages: work, by: byDeliverer, shared: true}
	case StartVisit, Locate, Photograph, Find, Report:
		return rule{kinds: visit, stages: work, by: byPerformer, shared: true}
	case Agree:
		return rule{kinds: visit, stages: []Stage{StageApprove}, by: byParty, shared: true}
	case Revise, NoteAbsent:
		return rule{kinds: visit, stages: []Stage{StageApprove}, by: byPerformer, shared: true}
	case Recommend:
		return rule{kinds: []Kind{KindRecommend}, stages: work, by: byPerformer, proof: true}
	case Withdraw:
		return rule{by: byApplicant, shared: true}
	case Expect:
		return rule{by: bySystem, shared: true}
	case Release:
		return rule{stages: []Stage{StageWork, StageSign, StageApprove}, by: bySystem, shared: true}
	case Expire:
		return rule{kinds: []Kind{KindSubmit}, stages: []Stage{StageWaiting}, by: bySystem, shared: true}
	case Reschedule:
		return rule{by: bySystem, shared: true}
	case Reopen:
		return rule{by: byFirstCheck, shared: true, ended: true}
	case Survey:
		return rule{by: byApplicant, shared: true, ended: true}
	case HandOver:
		return rule{by: bySuperior, shared: true}
	case Called:
		return rule{by: byCaller, shared: true}
	}
	return rule{} // Claim, Promise, Sign and Return have theirs in [move.rule], Submit none
}

func (m *move) run() error {
	if a, ok := m.cmd.Act.(Submit); ok {
		return m.submit(a)
	}
	if m.c.Version == 0 {
		return Refuse(CodeNotFound, "case_id")
	}
	step, ok := m.def.Step(m.c.Step)
	if !ok || m.c.SOP != m.def.Ref {
		return Refuse(CodeInvalid, "sop")
	}
	m.step = step
	if err := m.guard(m.rule()); err != nil {
		return err
	}
	return m.apply()
}

// rule is the act's rule here: some acts mean different things at different steps.
func (m *move) rule() rule {
	switch m.cmd.Act.(type) {
	case Sign, Return:
		if m.step.Kind == KindCoordinate {
			return rule{kinds: []Kind{KindCoordinate}, stages: []Stage{StageSign}, by: bySigner, proof: m.needsProof()}
		}
		kinds := []Kind{KindSign, KindInitial}
		if _, sign := m.cmd.Act.(Sign); sign {
			kinds = kinds[:1]
		}
		return rule{kinds: kinds, stages: []Stage{StageWork}, by: byPerformer, proof: m.needsProof()}
	case Claim, Promise:
		r := rule{stages: []Stage{StageWork, StageSign, StageApprove}, by: byPerformer}
		if m.c.Stage == StageSign {
			r.by = bySigner
		}
		return r
	}
	return ruleOf(m.cmd.Act)
}

func (m *move) needsProof() bool {
	_, sign := m.cmd.Act.(Sign)
	return sign
}

func (m *move) guard(r rule) error {
	fits := (r.kinds == nil || slices.Contains(r.kinds, m.step.Kind)) &&
		(r.stages == nil || slices.Contains(r.stages, m.c.Stage))
	switch {
	case r.by == byNobody:
		return Refuse(CodeForbidden, "act")
	case m.c.Open() == r.ended, m.c.Open() && !fits:
		return m.misplaced(r)
	}
	if err := m.authorise(r); err != nil {
		return err
	}
	if h := m.c.Holder; h != nil && !r.shared && h.By.Officer != m.cmd.Actor.Officer && m.cmd.Actor.Officer != "" {
		return refuseBy(CodeTaken, *h)
	}
	if r.proof && m.cmd.Proof != ProofTOTP {
		return Refuse(CodeUnconfirmed, "")
	}
	return nil
}

// authorise refuses an actor whose act it is not. One whose turn it was is told
// who has done it: he lost a race, or pressed an old button.
func (m *move) authorise(r rule) error {
	role, ok := m.authority(r.by)
	if ok {
		return nil
	}
	if done, ok := m.doneBefore(r); ok {
		return refuseBy(CodeAlreadyDone, done)
	}
	return Refuse(CodeForbidden, string(role))
}

// authority gives the role whose act it is, and whether the actor has it.
func (m *move) authority(b by) (Role, bool) {
	switch b {
	case byPerformer:
		return m.step.Role, m.officerAs(m.step.Role)
	case byNobody:
	case bySigner:
		return m.step.Signer, m.officerAs(m.step.Signer)
	case byApplicant:
		return RoleApplicant, m.ownApplicant()
	case byParty:
		return m.step.Role, m.ownApplicant() || m.officerAs(m.step.Role)
	case bySystem:
		return RoleSystem, m.cmd.Actor.Role == RoleSystem
	case byDeliverer:
		return m.deliverer(), m.officerAs(m.deliverer())
	case bySuperior:
		return m.performer(), m.mayHandOver() || m.isAbove()
	case byFirstCheck:
		return m.def.FirstCheck(), m.officerAs(m.def.FirstCheck())
	case byCaller:
		return m.def.FirstCheck(), m.mayCall()
	}
	return "", false
}

// officerAs tells whether the actor is an officer who acts in a role. No officer
// acts as an applicant, not even where that is the step's performer.
func (m *move) officerAs(role Role) bool {
	a := m.cmd.Actor
	return a.Officer != "" && a.Role == role && role != "" && role != RoleApplicant
}

// ownApplicant tells whether the actor is the one whose case it is.
func (m *move) ownApplicant() bool {
	a := m.cmd.Actor
	return a.Role == RoleApplicant && a.Person != "" && a.Person == m.c.Applicant
}

func refuseBy(code Code, mark Mark) error {
	return &Error{Code: code, By: mark.By.Shown(), At: mark.At.Format(time.RFC3339)}
}

func (m *move) apply() error {
	switch a := m.cmd.Act.(type) {
	case Resubmit:
		return m.resubmit(a)
	case Judge:
		return m.judge(a)
	case Pass:
		return m.pass()
	case Clarify:
		return m.clarify()
	case Issue:
		return m.issue(a)
	case Propose:
		return m.propose(a)
	case Draft:
		return m.draft(a)
	case Initial:
		return m.initial(a)
	case Sign:
		return m.sign(a)
	case Return:
		return m.giveBack(a)
	case Record:
		return m.record()
	case Deliver:
		return m.deliver(a)
	case Receive:
		return m.receive(Receipt{Recipient: m.cmd.Actor.Name, Means: MeansChat, Mark: m.mark()})
	case HandDeliver:
		return m.handDeliver(a)
	case Claim:
		m.hold()
		return nil
	case HandOver:
		return m.handOver(a)
	case Withdraw:
		return m.withdraw(a)
	case Expire:
		return m.expire()
	case Reopen:
		return m.reopen(a)
	case Survey:
		return m.survey(a)
	case Reschedule:
		return m.reschedule(a)
	case Promise:
		return m.promise(a)
	case Expect:
		return m.expect(a)
	case Release:
		return m.releaseTask(a)
	case Called:
		return m.called(a)
	}
	return m.applyVisit()
}
