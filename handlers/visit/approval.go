package visit

import (
	"context"
	"strings"

	"izinbot/bot"
	"izinbot/handlers/session"
	"izinbot/handlers/tasks"
	"izinbot/handlers/wording"
	"izinbot/workflow"
	"izinbot/workflow/inspect"
)

// askApproval shows the berita acara and who has still to approve it.
func (k *FieldVisit) askApproval(s *session.Session, c workflow.Case) error {
	v := c.Visit
	if k.At == "" {
		for _, l := range c.Letters {
			if l.Step == c.Step {
				s.Send(bot.Message{Text: s.Text("visit.report_ready"), Files: wording.Attachments(l.File)})
				k.Seen = l.Revision
			}
		}
		k.At = "shown"
	}
	var names []string
	mine := false
	for _, m := range v.Approved {
		names = append(names, m.By.Name)
		mine = mine || m.By.Officer == s.Officer.ID
	}
	applicant := "visit.applicant_open"
	if v.Agreed != nil {
		applicant = "visit.applicant_agreed"
	}
	text := s.Text("visit.approvals", "names", strings.Join(names, ", "), "applicant", s.Text(applicant))
	var items []session.Choice
	if !mine {
		items = append(items, s.Choice(choiceAgree, "visit.agree"))
	}
	items = append(items, s.Choice(choiceRevise, "visit.revise"))
	if v.Agreed == nil {
		items = append(items, s.Choice(choiceAbsent, "visit.absent"))
	}
	s.Ask(text, append(items, s.Choice("/batal", "menu.later"))...)
	return nil
}

func (k *FieldVisit) answerApproval(ctx context.Context, s *session.Session, c workflow.Case, step workflow.Step, in session.Input) error {
	pending := tasks.Pending{Role: step.Role, Case: c.ID}
	switch in.Choice {
	case choiceAgree:
		result, err := s.Do(ctx, c.ID, step.Role, workflow.Agree{Seen: k.Seen}, workflow.ProofNone)
		if err != nil {
			return err
		}
		tasks.SayDone(s, result.Case, workflow.Agree{})
		if result.Case.Step == c.Step {
			return k.Ask(ctx, s)
		}
		s.End()
		return tasks.OfferNext(ctx, s)
	case choiceRevise:
		pending.Command.Act = workflow.Revise{}
		return tasks.AskReason(ctx, s, pending)
	case choiceAbsent:
		pending.Command.Act = workflow.NoteAbsent{}
		return tasks.AskReason(ctx, s, pending)
	}
	return s.Choose(ctx)
}

// photoOf is an uploaded picture with what its camera recorded.
func photoOf(file workflow.File, report inspect.Report) workflow.Photo {
	p := workflow.Photo{File: file, Taken: report.Taken}
	if report.Coordinates != nil {
		p.Coordinates = &workflow.Coordinates{Lat: report.Coordinates.Lat, Lon: report.Coordinates.Lon}
	}
	return p
}
