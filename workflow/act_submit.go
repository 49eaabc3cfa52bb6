package workflow

import (
	"slices"
	"strings"
	"time"
)

// Submit hands in the application and opens the case (ajukan).
type Submit struct {
	ID        CaseID     `json:"id"`
	SOP       SOPRef     `json:"sop"`
	Lang      Lang       `json:"lang"`
	Form      Answers    `json:"form"`
	Originals Answers    `json:"originals,omitempty"` // see [Case]
	Documents []Document `json:"documents"`
	Started   time.Time  `json:"started"` // when the form was begun
}

func (Submit) name() string { return "submit" }

func (Submit) rule() rule { return rule{opens: true, actor: byNewApplicant} }

func (a Submit) apply(t *transition) error {
	if a.SOP != t.def.Ref {
		return Refuse(CodeInvalid, "sop")
	}
	if id, err := ParseCaseID(string(a.ID)); err != nil || id != a.ID || !strings.HasPrefix(string(id), t.def.Code+"-") {
		return Refuse(CodeInvalid, "case_id")
	}
	if err := CheckAnswers(t.def.Form, a.Form); err != nil {
		return err
	}
	if err := checkOriginals(a.Form, a.Originals); err != nil {
		return err
	}
	documents, err := t.checkDocuments(a.Documents)
	if err != nil {
		return err
	}
	if missing := t.missing(a.Form, documents); len(missing) > 0 {
		return Refuse(CodeIncomplete, joinCodes(missing))
	}
	started := a.Started.UTC()
	if started.IsZero() || started.After(t.now) {
		started = t.now
	}
	t.c = Case{
		ID: a.ID, SOP: a.SOP, Applicant: t.cmd.Actor.Person, Lang: a.Lang, Submitted: t.now,
		Form: a.Form, Originals: a.Originals, Documents: documents, Step: t.step.No,
		StepClock: Clock{Start: started, Budget: t.step.Time},
	}
	t.enterAgenda()
	return t.finish(OutcomeNext)
}

// AgendaLetter stands for the applicant's own letter where its number in the Buku Agenda Surat
// Masuk is reserved.
const AgendaLetter LetterID = "surat_masuk"

// enterAgenda enters the application in the agenda of incoming letters. Histories of before have
// no number for it.
func (t *transition) enterAgenda() {
	n, ok := t.cmd.Numbers[AgendaLetter]
	switch {
	case ok:
		t.c.Agenda = &n
		for _, status := range []NumberStatus{NumberReserved, NumberIssued} {
			t.numbers = append(t.numbers, NumberChange{Letter: AgendaLetter, Number: n, Status: status})
		}
	case t.asking:
		t.needed = append(t.needed, AgendaLetter)
	}
}

// Resubmit answers a clarification with the documents that were asked for.
type Resubmit struct {
	Documents []Document `json:"documents"`
}

func (Resubmit) name() string { return "resubmit" }

func (Resubmit) rule() rule {
	return rule{at: []position{{KindSubmit, StageWaiting}}, actor: byApplicant, done: (*transition).answered}
}

func (a Resubmit) apply(t *transition) error {
	documents, err := t.checkDocuments(a.Documents)
	if err != nil {
		return err
	}
	asked := t.c.Asked(t.def)
	for _, d := range documents {
		i := slices.Index(asked, d.Code)
		if i < 0 {
			return Refuse(CodeInvalid, string(d.Code))
		}
		asked = slices.Delete(asked, i, i+1)
		t.putDocument(d)
	}
	if len(asked) > 0 {
		return Refuse(CodeIncomplete, joinCodes(asked))
	}
	t.c.Trail = append(t.c.Trail, Run{
		Step: t.step.No, By: t.cmd.Actor, Outcome: OutcomeNext,
		Clock: t.c.ReplyClock.stop(t.now), Due: t.c.ReplyClock.Due,
	})
	t.c.ReplyClock = t.c.ReplyClock.stop(t.now)
	t.c.StepClock = t.c.StepClock.resume(t.now)
	t.c.ServiceClock = t.c.ServiceClock.resume(t.now)
	t.c.Step, t.c.Asker, t.c.Stage = t.c.Asker, 0, StageWork
	asker, _ := t.def.Step(t.c.Step)
	t.tell(Notice{Role: asker.Role, Key: "task.answered"})
	return nil
}

// answered finds the answer to the last clarification; none if nothing was asked or the
// answer is still awaited.
func (t *transition) answered(r rule) (Mark, bool) {
	if t.c.Round == 0 || t.c.Asker != 0 {
		return Mark{}, false
	}
	return t.lastRun(r)
}
