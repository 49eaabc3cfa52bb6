package handlers

import (
	"context"
	"fmt"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/calendar"
	"izinbot/workflow/casework"
)

// submit hands the application in. The number that the case gets is not told
// before the file is complete (sop.md rule 1).
func (a application) submit(ctx context.Context, t *turn, def *workflow.SOP) error {
	d := t.data()
	t.nameFrom(def, d.Answers)
	result, err := t.work.Open(ctx, def, d.Key, workflow.Command{Actor: t.applicant()}, workflow.Submit{
		Lang: t.lang(), Form: d.Answers, Documents: wanted(applicationUploads(def, d), d), Started: d.Begun,
	})
	if err != nil {
		return fmt.Errorf("submit: %w", err)
	}
	if result.Refused != nil {
		if err := t.refuse(result.Refused); err != nil {
			return err
		}
		if result.Refused.Code == workflow.CodeAlreadyDone {
			t.end()
			return nil
		}
		return a.ask(ctx, t)
	}
	t.end()
	t.tellSubmitted(result)
	return nil
}

// wanted gives the documents that are asked for; one that is not any more, such as
// that of a proxy who was taken back, stays behind.
func wanted(u uploads, d *Data) []workflow.Document {
	var out []workflow.Document
	for _, doc := range u.asked {
		if sent, there := d.sentDoc(doc.Code); there {
			out = append(out, sent)
		}
	}
	return out
}

// nameFrom calls the person what the form says: the proxy, or the head of the body.
func (t *turn) nameFrom(def *workflow.SOP, answers workflow.Answers) {
	for _, m := range []workflow.Meaning{workflow.MeansProxy, workflow.MeansHead} {
		if name := answers.Of(def.Form, m); name != "" {
			t.person.Name = name
			t.savePerson()
			return
		}
	}
}

func (t *turn) tellSubmitted(r casework.Result) {
	role := t.roleName(r.Def, r.Case.WaitsFor(r.Def))
	t.ask(t.text("apply.submitted", "role", role, "at", calendar.Time(r.Case.Submitted)+" WIB",
		"due", t.byWhen(r.Case.StepClock.Due)), t.item("/status", "menu.status"))
}

// roleName gives a role's name in the procedure of a case.
func (t *turn) roleName(def *workflow.SOP, role workflow.Role) string {
	rd, _ := def.RoleDef(role)
	return rd.Name.In(t.lang())
}

// byWhen shows a deadline: the time if it is today, else the day too.
func (t *turn) byWhen(due time.Time) string {
	if calendar.Date(due, t.lang()) == calendar.Date(t.now, t.lang()) {
		return calendar.Time(due) + " WIB"
	}
	return calendar.ShortDateTime(due, t.lang()) + " WIB"
}
