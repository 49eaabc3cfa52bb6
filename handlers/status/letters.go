package status

import (
	"context"
	"fmt"
	"strings"

	"izinbot/bot"
	"izinbot/handlers/mycases"
	"izinbot/handlers/session"
	"izinbot/handlers/tasks"
	"izinbot/handlers/wording"
	"izinbot/workflow"
)

// Letters sends the applicant again what was given to him: a letter in a chat is
// soon far up, or lost with a phone. Officers get all letters of a case.
func Letters(ctx context.Context, s *session.Session, arg string) error {
	if s.Officer != nil {
		return tasks.Letters(ctx, s, arg)
	}
	if !strings.ContainsAny(arg, "0123456789") {
		arg = "" // "surat saya" names no number
	}
	has := func(def *workflow.SOP, c workflow.Case) bool { return len(c.ForApplicant(def)) > 0 }
	c, err := mycases.OwnCase(ctx, s, arg, "surat", has)
	if err != nil {
		return err
	}
	def, c, err := s.Work.Case(ctx, c.ID)
	if err != nil {
		return err
	}
	letters := c.ForApplicant(def)
	if len(letters) == 0 {
		s.Ask(s.Text("own.none.surat"), s.Choice("/status", "menu.status"))
		return s.Repeat(ctx)
	}
	for _, l := range letters {
		ld, _ := def.Letter(l.Kind)
		number := ""
		if l.Number != nil {
			number = l.Number.Text
		}
		files, err := s.Env.Desk.Given(ctx, def, c, l, s.Lang())
		if err != nil {
			return fmt.Errorf("give letters again: %w", err)
		}
		s.Send(bot.Message{Text: s.Text("own.letter", "letter", ld.Name(s.Lang()), "number", number), Files: wording.Attachments(files...)})
	}
	return s.Repeat(ctx)
}
