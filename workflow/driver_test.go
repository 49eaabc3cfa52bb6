package workflow_test

import (
	"time"

	"izinbot/workflow"
)

// driver knows for every open state a legal command that brings the case nearer
// to an end.
type driver struct {
	outcome workflow.Outcome // what the team says
}

func granting() driver { return driver{outcome: workflow.OutcomeRecommended} }
func refusing() driver { return driver{outcome: workflow.OutcomeNotRecommended} }

// drive carries legal commands until the case has ended or done says so.
func (w *walk) drive(d driver, done func(workflow.Case) bool) *walk {
	w.t.Helper()
	for range 200 {
		if !w.c.Open() || done(w.c) {
			return w
		}
		w.do(d.next(w))
	}
	w.t.Fatalf("no end in sight: step %d %q", w.c.Step, w.c.Stage)
	return w
}

// to drives the case until it stands at a step.
func (w *walk) to(d driver, step int) *walk {
	w.t.Helper()
	w.drive(d, func(c workflow.Case) bool { return c.Step == step && c.Stage == workflow.StageWork })
	return w.at(step, workflow.StageWork)
}

func (w *walk) finish(d driver) *walk {
	w.t.Helper()
	return w.drive(d, func(workflow.Case) bool { return false })
}

// next is a command that moves the case on, and who may give it.
func (d driver) next(w *walk) (workflow.Actor, workflow.Act) {
	step, _ := w.def.Step(w.c.Step)
	if w.c.Stage == workflow.StageWaiting {
		return applicant(), workflow.Resubmit{Documents: documents(w.def, w.c.Round+1, w.c.Asked(w.def)...)}
	}
	who := officer(step.Role, 1)
	if w.c.Stage == workflow.StageSign {
		who = officer(step.Signer, 1)
	}
	if w.c.Holder != nil {
		who = w.c.Holder.By
	}
	switch step.Kind {
	case workflow.KindCheck:
		return who, d.check(w)
	case workflow.KindCoordinate:
		if w.c.Stage == workflow.StageSign {
			return who, workflow.Sign{}
		}
		return who, proposal(step, w.now, 2)
	case workflow.KindVisit:
		return d.visit(w, step)
	case workflow.KindDraft:
		return d.draft(w, who, step)
	case workflow.KindReceive:
		return applicant(), workflow.Receive{}
	case workflow.KindSubmit, workflow.KindIssue, workflow.KindRecommend, workflow.KindInitial, workflow.KindSign, workflow.KindNumber, workflow.KindDeliver:
	}
	return who, d.plain(w, step)
}

// plain is the act of the kinds that have just one.
func (d driver) plain(w *walk, step workflow.Step) workflow.Act {
	acts := map[workflow.Kind]workflow.Act{
		workflow.KindIssue:     workflow.Issue{Fields: fill(step.Fields, w.now)},
		workflow.KindRecommend: workflow.Recommend{Outcome: d.outcome, Fields: fill(step.Fields, w.now)},
		workflow.KindInitial:   workflow.Initial{},
		workflow.KindSign:      workflow.Sign{},
		workflow.KindNumber:    workflow.Record{},
		workflow.KindDeliver:   workflow.Deliver{Means: workflow.MeansChat},
	}
	act, ok := acts[step.Kind]
	if !ok {
		w.t.Fatalf("no way on from step %d of kind %s", step.No, step.Kind)
	}
	return act
}

func (d driver) check(w *walk) workflow.Act {
	var open []workflow.DocCode
	for _, doc := range w.c.Documents {
		if doc.Verdict == nil {
			open = append(open, doc.Code)
		}
	}
	switch {
	case len(open) > 0:
		return workflow.Judge{Documents: open, OK: true}
	case len(w.c.Asked(w.def)) > 0:
		return workflow.Clarify{}
	}
	return workflow.Pass{}
}

func (d driver) draft(w *walk, who workflow.Actor, step workflow.Step) (workflow.Actor, workflow.Act) {
	fields := fill(step.Fields, w.now)
	for _, f := range step.Fields {
		latest := w.c.ValidAtMost()
		if f.Meaning != workflow.MeansValidUntil || latest == "" {
			continue
		}
		if latest <= w.now.In(workflow.WIB()).Format(time.DateOnly) {
			return applicant(), workflow.Withdraw{Reason: "Dokumen sudah tidak berlaku"}
		}
		fields[f.Key] = min(fields[f.Key], latest)
	}
	return who, workflow.Draft{Fields: fields}
}

func (d driver) visit(w *walk, step workflow.Step) (workflow.Actor, workflow.Act) {
	v := w.c.Visit
	if w.c.Stage == workflow.StageApprove {
		for n := range step.Approvals {
			if member := officer(step.Role, n+1); !approved(v, member) && len(v.Approved) < step.Approvals {
				return member, workflow.Agree{}
			}
		}
		return applicant(), workflow.Agree{}
	}
	for _, item := range step.Checklist {
		if v == nil || !found(v, item.Key) {
			return officer(step.Role, 1), workflow.Find{Item: item.Key, OK: true}
		}
	}
	return officer(step.Role, 1), workflow.Report{Conclusion: "Sesuai CONTOH", Statement: "Tidak ada"}
}

func approved(v *workflow.Visit, who workflow.Actor) bool {
	for _, m := range v.Approved {
		if m.By.Officer == who.Officer {
			return true
		}
	}
	return false
}

func found(v *workflow.Visit, item string) bool {
	for _, f := range v.Findings {
		if f.Item == item {
			return true
		}
	}
	return false
}
