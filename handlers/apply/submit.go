package apply

import (
	"context"
	"fmt"

	"izinbot/handlers/form"
	"izinbot/handlers/session"
	"izinbot/handlers/wording"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
	"izinbot/workflow/casework"
)

// submit hands the application in. The number that the case gets is not told
// before the file is complete.
func (a *Application) submit(ctx context.Context, s *session.Session, def *workflow.SOP) error {
	nameFrom(s, def, a.Answers)
	open := s.State.Open
	result, err := s.Work.Open(ctx, def, open.Key, workflow.Command{Actor: s.Applicant()}, workflow.Submit{
		Lang: s.Lang(), Form: a.Answers, Originals: a.Kept(), Documents: a.wanted(a.Uploads(def)), Started: open.Begun,
	})
	if err != nil {
		return fmt.Errorf("submit: %w", err)
	}
	if result.Refused != nil {
		if err := s.Refuse(result.Refused); err != nil {
			return err
		}
		if result.Refused.Code == workflow.CodeAlreadyDone {
			s.End()
			return nil
		}
		return a.Ask(ctx, s)
	}
	s.End()
	tellSubmitted(s, result)
	return nil
}

// wanted gives the documents that are asked for; one that is not any more, such as
// that of a proxy who was taken back, stays behind.
func (f *filling) wanted(u form.Uploads) []workflow.Document {
	var out []workflow.Document
	for _, doc := range u.Asked {
		if sent, there := f.Sent(doc.Code); there {
			out = append(out, sent)
		}
	}
	return out
}

// nameFrom calls the person what the form says: the proxy, or the head of the body.
func nameFrom(s *session.Session, def *workflow.SOP, answers workflow.Answers) {
	for _, m := range []workflow.Meaning{workflow.MeansProxy, workflow.MeansHead} {
		if name := answers.Of(def.Form, m); name != "" {
			s.Person.Name = name
			s.Write.Person(s.Person)
			return
		}
	}
}

func tellSubmitted(s *session.Session, r casework.Result) {
	role := wording.RoleName(s, r.Def, r.Case.WaitsFor(r.Def))
	s.Ask(s.Text("apply.submitted", "role", role, "at", calendar.Time(r.Case.Submitted)+" WIB",
		"due", wording.ByWhen(s, r.Case.StepClock.Due)), s.Choice("/status", "menu.status"))
}
