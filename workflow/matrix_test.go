package workflow_test

import (
	"errors"
	"testing"

	"izinbot/workflow"
	"izinbot/workflow/workflowtest"
)

// TestMatrix tries every act as everybody at every step and stage of both branches,
// with and without a colleague's claim and a one-time code. What is accepted must be
// allowed by the table of [workflowtest.MayNot], which was written from the SOP and not
// from the engine.
func TestMatrix(t *testing.T) {
	m := matrix{t: t, accepted: map[string]int{}}
	for _, story := range []driver{granting(), refusing()} {
		for _, detour := range []bool{false, true} {
			w := start(t, lks())
			for w.c.Open() {
				m.tryAll(w)
				if detour && w.c.Round == 0 && w.c.Step == 2 {
					askFor(w, frontOffice(), "B1")
					m.tryAll(w)
				}
				w.do(story.next(w))
			}
			m.tryAll(w)
		}
	}
	if len(m.accepted) < 25 {
		t.Errorf("accepted were only %v", m.accepted)
	}
	t.Logf("%d states, %d tries, %d accepted, %d refused", m.states, m.tries, m.tries-m.refused, m.refused)
}

type matrix struct {
	t                      *testing.T
	states, tries, refused int
	accepted               map[string]int
}

// tryAll tries everything in the present state of a walk, which it leaves as it is.
func (m *matrix) tryAll(w *walk) {
	m.t.Helper()
	m.states++
	actors := []workflow.Actor{applicant(), stranger(), workflow.System(), {}, {Role: workflow.RoleApplicant}}
	for _, r := range w.def.Roles {
		first, deputy := officer(r.Role, 1), officer("admin", 7)
		deputy.Role, deputy.Acting = r.Role, "Plh."
		actors = append(actors, first, officer(r.Role, 2), deputy)
		forged := first
		forged.Officer = "" // a role without an officer
		actors = append(actors, forged)
	}
	actors = append(actors, officer(workflow.RoleAdmin, 1), officer("juru_kunci", 1))
	acts := sampleActs(w)
	if w.c.Open() {
		_, next := granting().next(w)
		acts = append(acts, next)
	}
	held := w.c
	held.Holder = &workflow.Mark{By: officer("tim_teknis", 9), At: w.now}
	for _, c := range []workflow.Case{w.c, held} {
		for _, act := range acts {
			if _, opens := act.(workflow.Submit); opens {
				continue
			}
			for _, who := range actors {
				for _, proof := range []workflow.Proof{workflow.ProofTOTP, workflow.ProofNone} {
					m.try(w, c, workflow.Command{Key: "matrix", Actor: who, Act: act, Proof: proof})
				}
			}
		}
	}
}

func (m *matrix) try(w *walk, c workflow.Case, cmd workflow.Command) {
	m.t.Helper()
	m.tries++
	why := workflowtest.MayNot(w.def, c, cmd, w.now)
	_, err := workflow.Decide(w.def, c, cmd, w.now)
	refusal, _ := errors.AsType[*workflow.Error](err)
	if err == nil || refusal != nil && refusal.Field == "numbers" { // a number is looked for once all guards let it pass
		m.accepted[workflow.ActName(cmd.Act)]++
		if why != "" {
			m.t.Errorf("step %d%s: %s by %+v was accepted, but %s", c.Step, c.Stage, workflow.ActName(cmd.Act), cmd.Actor, why)
		}
		return
	}
	m.refused++
}
