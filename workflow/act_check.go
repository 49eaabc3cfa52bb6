package workflow

import "slices"

// LetterClarification is the letter that a check makes when something is wrong.
const LetterClarification LetterKind = "klarifikasi"

// Judge gives a verdict on documents (periksa). A wrong verdict needs a reason.
type Judge struct {
	Documents []DocCode `json:"documents"`
	OK        bool      `json:"ok"`
	Reason    string    `json:"reason,omitempty"`
}

func (Judge) name() string { return "judge" }

func (Judge) rule() rule { return rule{at: working(KindCheck), actor: byPerformer} }

func (a Judge) apply(t *transition) error {
	verdict := Verdict{OK: a.OK, By: t.cmd.Actor, At: t.now}
	if !a.OK {
		reason, err := required(a.Reason)
		if err != nil {
			return err
		}
		verdict.Reason = reason
	}
	if len(a.Documents) == 0 {
		return Refuse(CodeInvalid, "documents")
	}
	for _, code := range a.Documents {
		if err := t.judgeOne(code, verdict); err != nil {
			return err
		}
	}
	t.hold()
	return nil
}

// judgeOne gives the verdict on a document. One that was not sent can be asked
// for, although it is optional; taking that back removes it again.
func (t *transition) judgeOne(code DocCode, verdict Verdict) error {
	if _, ok := t.def.Document(code); !ok {
		return Refuse(CodeNotFound, string(code))
	}
	d, there := t.c.Document(code)
	if verdict.OK && len(d.Files) == 0 {
		if !there || slices.Contains(t.missing(t.c.Form, t.c.Documents), code) {
			return Refuse(CodeIncomplete, string(code))
		}
		t.c.Documents = slices.DeleteFunc(t.c.Documents, func(d Document) bool { return d.Code == code })
		return nil
	}
	d.Code, d.Verdict = code, &verdict
	t.putDocument(d)
	return nil
}

// Pass ends a check in which every document is right.
type Pass struct{}

func (Pass) name() string { return "pass" }

func (Pass) rule() rule { return rule{at: working(KindCheck), actor: byPerformer} }

func (Pass) apply(t *transition) error {
	if err := t.judged(); err != nil {
		return err
	}
	if asked := t.c.Asked(t.def); len(asked) > 0 {
		return Refuse(CodeIncomplete, joinCodes(asked))
	}
	return t.finish(OutcomeComplete)
}

// Clarify sends the applicant the one consolidated list of what is wrong (rule 1). The
// step is not over: its clock and the charter's stand still until he has answered, then
// go on (rule 2).
type Clarify struct{}

func (Clarify) name() string { return "clarify" }

func (Clarify) rule() rule { return rule{at: working(KindCheck), actor: byPerformer} }

func (Clarify) apply(t *transition) error {
	if err := t.judged(); err != nil {
		return err
	}
	if len(t.c.Asked(t.def)) == 0 {
		return Refuse(CodeComplete, "")
	}
	branch, ok := t.step.Branch(OutcomeIncomplete)
	if !ok {
		return Refuse(CodeInvalid, "sop")
	}
	t.c.Round++
	letter := t.make(MakeLetterID(LetterClarification, t.c.Round), LetterClarification, nil, LetterFinal)
	if err := t.enrol(letter); err != nil {
		return err
	}
	t.c.Asker, t.c.Step, t.c.Stage, t.c.Holder = t.step.No, branch.To, StageWaiting, nil
	t.c.StepClock = t.c.StepClock.pause(t.now)
	t.c.ServiceClock = t.c.ServiceClock.pause(t.now)
	t.c.ReplyClock = Clock{Start: t.now, Budget: t.def.ReplyTime}
	t.tell(Notice{Person: t.c.Applicant, Key: "told.clarify", Letters: []LetterID{letter}})
	return nil
}

// judged fails while a document has no verdict.
func (t *transition) judged() error {
	var open []DocCode
	for _, d := range t.c.Documents {
		if d.Verdict == nil {
			open = append(open, d.Code)
		}
	}
	if len(open) > 0 {
		return Refuse(CodeUnjudged, joinCodes(open))
	}
	return nil
}

// forgetVerdicts lets the next check judge every document for itself.
func (t *transition) forgetVerdicts() {
	for i := range t.c.Documents {
		t.c.Documents[i].Verdict = nil
	}
}
