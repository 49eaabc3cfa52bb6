package handlerstest

import (
	"testing"

	"izinbot/workflow"
	"izinbot/workflow/workflowtest"
)

// ActsAt gives the acts that take a case on from where it is, and the role that does them;
// none where the applicant is waited for.
func (o *Office) ActsAt(c workflow.Case, outcome workflow.Outcome) (workflow.Role, []workflow.Act) {
	o.T.Helper()
	step, _ := o.App.Desk.Library.Current().Step(c.Step)
	fields := o.fill(step)
	switch step.Kind {
	case workflow.KindCheck:
		return step.Role, []workflow.Act{workflow.Judge{Documents: Codes(c), OK: true}, workflow.Pass{}}
	case workflow.KindIssue:
		return step.Role, []workflow.Act{workflow.Issue{Fields: fields}}
	case workflow.KindCoordinate:
		if c.Stage == workflow.StageSign {
			return step.Signer, []workflow.Act{workflow.Sign{}}
		}
		team := []workflow.Actor{{Officer: "o-tim_teknis", Role: "tim_teknis", Name: "Petugas CONTOH"}}
		return step.Role, []workflow.Act{workflow.Propose{Fields: fields, Team: team}}
	case workflow.KindVisit:
		if c.Stage == workflow.StageApprove {
			return step.Role, []workflow.Act{workflow.Agree{}}
		}
		var acts []workflow.Act
		for _, item := range step.Checklist {
			acts = append(acts, workflow.Find{Item: item.Key, OK: true})
		}
		return step.Role, append(acts, workflow.Report{Conclusion: "Sesuai CONTOH"})
	case workflow.KindRecommend:
		return step.Role, []workflow.Act{workflow.Recommend{Outcome: outcome, Fields: fields}}
	case workflow.KindDraft:
		return step.Role, []workflow.Act{workflow.Draft{Fields: fields}}
	case workflow.KindInitial:
		return step.Role, []workflow.Act{workflow.Initial{}}
	case workflow.KindSign:
		return step.Role, []workflow.Act{workflow.Sign{}}
	case workflow.KindNumber:
		return step.Role, []workflow.Act{workflow.Record{}}
	case workflow.KindDeliver:
		return step.Role, []workflow.Act{workflow.Deliver{Means: workflow.MeansChat}}
	case workflow.KindSubmit, workflow.KindReceive:
	}
	return "", nil
}

// fill answers every field of a step.
func (o *Office) fill(step workflow.Step) workflow.Answers {
	out := workflow.Answers{}
	for _, f := range step.Fields {
		out[f.Key] = workflowtest.Answer(f, o.Now)
		if f.Type == workflow.FieldOfficers {
			out[f.Key] = "o-" + string(f.Role)
		}
		if f.Meaning == workflow.MeansValidUntil {
			out[f.Key] = "2027-06-30"
		}
	}
	return out
}

// maxActs is more than any case takes to any step.
const maxActs = 40

// At is a guest whose application is at a step, on the way of an outcome of the
// recommendation.
func At(tb testing.TB, no int, outcome workflow.Outcome) (*Guest, workflow.CaseID) {
	tb.Helper()
	g, id := Applied(tb)
	g.Onward(no, outcome)
	return g, id
}

// Onward takes the person's only case on to a step, on the way of an outcome of the
// recommendation.
func (g *Guest) Onward(no int, outcome workflow.Outcome) {
	g.T.Helper()
	for range maxActs {
		c := g.OnlyCase()
		if c.Step == no {
			return
		}
		if c.Stage == workflow.StageApprove && c.Visit.Agreed == nil {
			g.Say("setuju " + string(c.ID))
			continue
		}
		role, acts := g.ActsAt(c, outcome)
		if acts == nil {
			g.T.Fatalf("the case stays at step %d", c.Step)
		}
		g.Act(c.ID, role, acts...)
	}
	g.T.Fatalf("the case never comes to step %d", no)
}
