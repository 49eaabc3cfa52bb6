package handlers

import (
	"context"
	"fmt"
	"strings"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/inspect"
)

// askApproval shows the berita acara and who has still to approve it.
func (visit) askApproval(t *turn, c workflow.Case) error {
	v := c.Visit
	if t.data().At == "" {
		for _, l := range c.Letters {
			if l.Step == c.Step {
				t.reply(bot.Message{Text: t.text("visit.report_ready"), Files: attachments(l.File)})
				t.data().Seen = l.Revision
			}
		}
		t.data().At = "shown"
	}
	var names []string
	mine := false
	for _, m := range v.Approved {
		names = append(names, m.By.Name)
		mine = mine || m.By.Officer == t.officer.ID
	}
	applicant := "visit.applicant_open"
	if v.Agreed != nil {
		applicant = "visit.applicant_agreed"
	}
	text := t.text("visit.approvals", "names", strings.Join(names, ", "), "applicant", t.text(applicant))
	var items []Item
	if !mine {
		items = append(items, t.item(visitAgree, "visit.agree"))
	}
	items = append(items, t.item(visitRevise, "visit.revise"))
	if v.Agreed == nil {
		items = append(items, t.item(visitAbsent, "visit.absent"))
	}
	t.ask(text, append(items, t.item("/batal", "menu.later"))...)
	return nil
}

func (k visit) answerApproval(ctx context.Context, t *turn, c workflow.Case, step workflow.Step, in input) error {
	pending := Pending{Role: step.Role, Case: c.ID}
	switch in.choice {
	case visitAgree:
		result, ok, err := t.do(ctx, c.ID, step.Role, workflow.Agree{Seen: t.data().Seen}, workflow.ProofNone)
		if err != nil || !ok {
			return err
		}
		t.done(result.Case, workflow.Agree{})
		if result.Case.Step == c.Step {
			return k.ask(ctx, t)
		}
		t.end()
		return t.nextTask(ctx)
	case visitRevise:
		pending.Command.Act = workflow.Revise{}
		return t.askReason(ctx, pending)
	case visitAbsent:
		pending.Command.Act = workflow.NoteAbsent{}
		return t.askReason(ctx, pending)
	}
	t.say("common.choose")
	return k.ask(ctx, t)
}

// photoOf is an uploaded picture with what its camera recorded.
func photoOf(file workflow.File, report inspect.Report) workflow.Photo {
	p := workflow.Photo{File: file, Taken: report.Taken}
	if report.Place != nil {
		p.Place = &workflow.Place{Lat: report.Place.Lat, Lon: report.Place.Lon}
	}
	return p
}

// metres writes a distance as people say it: "120 m", "3,4 km".
func metres(m float64) string {
	if m < 1000 {
		return fmt.Sprintf("%.0f m", m)
	}
	return strings.Replace(fmt.Sprintf("%.1f km", m/1000), ".", ",", 1)
}
