package workflow

import (
	"slices"
	"strings"
	"time"
)

// LetterClarification is the letter that a check makes when something is wrong.
const LetterClarification LetterKind = "klarifikasi"

func (m *move) submit(a Submit) error {
	actor := m.cmd.Actor
	switch {
	case m.c.Version != 0:
		return Refuse(CodeAlreadyDone, "case_id")
	case a.SOP != m.def.Ref:
		return Refuse(CodeInvalid, "sop")
	case actor.Role != RoleApplicant || actor.Person == "":
		return Refuse(CodeForbidden, string(RoleApplicant))
	}
	if id, err := ParseCaseID(string(a.ID)); err != nil || id != a.ID || !strings.HasPrefix(string(id), m.def.Code+"-") {
		return Refuse(CodeInvalid, "case_id")
	}
	if err := CheckAnswers(m.def.Form, a.Form); err != nil {
		return err
	}
	documents, err := m.checkDocuments(a.Documents)
	if err != nil {
		return err
	}
	if missing := m.missing(a.Form, documents); len(missing) > 0 {
		return Refuse(CodeIncomplete, joinCodes(missing))
	}
	m.step = m.def.First()
	started := a.Started.UTC()
	if started.IsZero() || started.After(m.now) {
		started = m.now
	}
	m.c = Case{
		ID: a.ID, SOP: a.SOP, Applicant: actor.Person, Lang: a.Lang, Submitted: m.now,
		Form: a.Form, Documents: documents, Step: m.step.No,
		StepClock: Clock{Start: started, Budget: m.step.Time},
	}
	return m.finish(OutcomeNext)
}

// checkDocuments gives the documents in checklist order, without verdicts.
func (m *move) checkDocuments(sent []Document) ([]Document, error) {
	var out []Document
	for _, def := range m.def.Documents {
		i := slices.IndexFunc(sent, func(d Document) bool { return d.Code == def.Code })
		if i < 0 {
			continue
		}
		d := sent[i]
		if len(d.Files) == 0 {
			return nil, Refuse(CodeIncomplete, string(d.Code))
		}
		if !def.Expires {
			d.Expiry = ""
		} else if _, err := time.Parse(time.DateOnly, d.Expiry); err != nil {
			return nil, Refuse(CodeInvalid, string(d.Code))
		}
		d.Verdict, d.Sent = nil, m.now
		out = append(out, d)
	}
	if len(out) != len(sent) {
		return nil, Refuse(CodeInvalid, "documents")
	}
	return out, nil
}

// missing lists the required documents that are not there.
func (m *move) missing(form Answers, documents []Document) []DocCode {
	var out []DocCode
	for _, def := range m.def.Required(form) {
		there := slices.ContainsFunc(documents, func(d Document) bool { return d.Code == def.Code && len(d.Files) > 0 })
		if !there {
			out = append(out, def.Code)
		}
	}
	return out
}

// Asked lists the documents that a clarification asks for: those found wrong and
// those required but missing, in checklist order.
func (c Case) Asked(def *SOP) []DocCode {
	m := &move{def: def, c: c}
	missing := m.missing(c.Form, c.Documents)
	var out []DocCode
	for _, d := range def.Documents {
		sent, ok := c.Document(d.Code)
		if ok && sent.Verdict != nil && !sent.Verdict.OK || slices.Contains(missing, d.Code) {
			out = append(out, d.Code)
		}
	}
	return out
}

func (m *move) resubmit(a Resubmit) error {
	documents, err := m.checkDocuments(a.Documents)
	if err != nil {
		return err
	}
	asked := m.c.Asked(m.def)
	for _, d := range documents {
		i := slices.Index(asked, d.Code)
		if i < 0 {
			return Refuse(CodeInvalid, string(d.Code))
		}
		asked = slices.Delete(asked, i, i+1)
		m.putDocument(d)
	}
	if len(asked) > 0 {
		return Refuse(CodeIncomplete, joinCodes(asked))
	}
	m.c.Trail = append(m.c.Trail, Run{
		Step: m.step.No, By: m.cmd.Actor, Outcome: OutcomeNext,
		Clock: m.c.ReplyClock.stop(m.now), Due: m.c.ReplyClock.Due,
	})
	m.c.ReplyClock = m.c.ReplyClock.stop(m.now)
	m.c.StepClock = m.c.StepClock.resume(m.now)
	m.c.ServiceClock = m.c.ServiceClock.resume(m.now)
	m.c.Step, m.c.Asker, m.c.Stage = m.c.Asker, 0, StageWork
	asker, _ := m.def.Step(m.c.Step)
	m.tell(Notice{Role: asker.Role, Key: "task.answered"})
	return nil
}

// putDocument adds or replaces a document, keeping checklist order.
func (m *move) putDocument(d Document) {
	rank := func(code DocCode) int {
		return slices.IndexFunc(m.def.Documents, func(def DocDef) bool { return def.Code == code })
	}
	i, found := slices.BinarySearchFunc(m.c.Documents, d.Code, func(e Document, code DocCode) int {
		return rank(e.Code) - rank(code)
	})
	if found {
		m.c.Documents[i] = d
		return
	}
	m.c.Documents = slices.Insert(m.c.Documents, i, d)
}

func (m *move) judge(a Judge) error {
	verdict := Verdict{OK: a.OK, By: m.cmd.Actor, At: m.now}
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
		if err := m.judgeOne(code, verdict); err != nil {
			return err
		}
	}
	m.hold()
	return nil
}

// judgeOne gives the verdict on a document. One that was not sent can be asked
// for, although it is optional; taking that back removes it again.
func (m *move) judgeOne(code DocCode, verdict Verdict) error {
	if _, ok := m.def.Document(code); !ok {
		return Refuse(CodeNotFound, string(code))
	}
	d, there := m.c.Document(code)
	if verdict.OK && len(d.Files) == 0 {
		if !there || slices.Contains(m.missing(m.c.Form, m.c.Documents), code) {
			return Refuse(CodeIncomplete, string(code))
		}
		m.c.Documents = slices.DeleteFunc(m.c.Documents, func(d Document) bool { return d.Code == code })
		return nil
	}
	d.Code, d.Verdict = code, &verdict
	m.putDocument(d)
	return nil
}

// judged fails while a document has no verdict.
func (m *move) judged() error {
	var open []DocCode
	for _, d := range m.c.Documents {
		if d.Verdict == nil {
			open = append(open, d.Code)
		}
	}
	if len(open) > 0 {
		return Refuse(CodeUnjudged, joinCodes(open))
	}
	return nil
}

func (m *move) pass() error {
	if err := m.judged(); err != nil {
		return err
	}
	if asked := m.c.Asked(m.def); len(asked) > 0 {
		return Refuse(CodeIncomplete, joinCodes(asked))
	}
	return m.finish(OutcomeComplete)
}

// clarify sends the consolidated list. The step is not over: its clock and the
// charter's stand still until the applicant has answered, then go on (rule 2).
func (m *move) clarify() error {
	if err := m.judged(); err != nil {
		return err
	}
	if len(m.c.Asked(m.def)) == 0 {
		return Refuse(CodeComplete, "")
	}
	branch, ok := m.step.Branch(OutcomeIncomplete)
	if !ok {
		return Refuse(CodeInvalid, "sop")
	}
	m.c.Round++
	letter := m.make(MakeLetterID(LetterClarification, m.c.Round), LetterClarification, nil, LetterFinal)
	if err := m.enrol(letter); err != nil {
		return err
	}
	m.c.Asker, m.c.Step, m.c.Stage, m.c.Holder = m.step.No, branch.To, StageWaiting, nil
	m.c.StepClock = m.c.StepClock.pause(m.now)
	m.c.ServiceClock = m.c.ServiceClock.pause(m.now)
	m.c.ReplyClock = Clock{Start: m.now, Budget: m.def.ReplyTime}
	m.tell(Notice{Person: m.c.Applicant, Key: "told.clarify", Letters: []LetterID{letter}})
	return nil
}

// forgetVerdicts lets the next check judge every document for itself.
func (m *move) forgetVerdicts() {
	for i := range m.c.Documents {
		m.c.Documents[i].Verdict = nil
	}
}

func joinCodes(codes []DocCode) string {
	s := make([]string, len(codes))
	for i, c := range codes {
		s[i] = string(c)
	}
	return strings.Join(s, ", ")
}
