package tasks

import (
	"context"
	"strings"

	"izinbot/bot"
	"izinbot/handlers/session"
	"izinbot/handlers/wording"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

// AtHand gives the letters that wait at the case's step.
func AtHand(def *workflow.SOP, c workflow.Case) []workflow.Letter {
	step, _ := def.Step(c.Step)
	var out []workflow.Letter
	for _, l := range c.Letters {
		if l.ID == c.Current && step.Kind != workflow.KindCoordinate || step.Kind == workflow.KindCoordinate && l.Step == step.No {
			out = append(out, l)
		}
	}
	return out
}

// ShowLetter sends a letter of a case as PDF with the paraf that it has so far.
func ShowLetter(s *session.Session, def *workflow.SOP, c workflow.Case, l workflow.Letter) {
	ld, _ := def.Letter(l.Kind)
	var b strings.Builder
	b.WriteString(string(c.ID) + " · " + c.Form.Of(def.Form, workflow.MeansBody) + "\n" + ld.Title)
	if l.Number != nil {
		b.WriteString("\n" + s.Text("approve.number", "number", l.Number.Text))
	}
	for _, m := range l.Initials {
		b.WriteString("\n" + s.Text("approve.initialled", "by", m.By.Shown(), "at", calendar.ShortDateTime(m.At, s.Lang())))
	}
	if l.Signed != nil {
		b.WriteString("\n" + s.Text("approve.signed", "by", l.Signed.By.Shown(), "at", calendar.ShortDateTime(l.Signed.At, s.Lang())))
	}
	s.Send(bot.Message{Text: b.String(), Files: wording.Attachments(l.Archive)})
}

// Letters sends the letters of a case.
func Letters(ctx context.Context, s *session.Session, arg string) error {
	def, c, err := s.CaseNamed(ctx, arg)
	if err != nil {
		return err
	}
	if len(c.Letters) == 0 {
		s.Say("case.no_letters", "case", string(c.ID))
		return nil
	}
	for _, l := range c.Letters {
		ld, _ := def.Letter(l.Kind)
		number := ""
		if l.Number != nil {
			number = " · " + l.Number.Text
		}
		s.Send(bot.Message{Text: ld.Title + number + " · " + s.Text("letter."+string(l.Status)), Files: wording.Attachments(l.File, l.Archive)})
	}
	return nil
}
