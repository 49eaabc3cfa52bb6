package review

import (
	"context"

	"izinbot/handlers/session"
	"izinbot/handlers/tasks"
	"izinbot/workflow"
)

// Reopen lets a case go on that was closed for want of an answer.
func Reopen(ctx context.Context, s *session.Session, arg string) error {
	def, c, err := s.CaseNamed(ctx, arg)
	if err != nil {
		return err
	}
	if c.End != workflow.EndUnanswered {
		s.Say("case.not_reopenable", "case", string(c.ID))
		return nil
	}
	role := def.FirstCheck()
	if _, err := s.Acting(ctx, def, role); err != nil {
		return s.Refuse(err)
	}
	return tasks.AskReason(ctx, s, tasks.Pending{Role: role, Case: c.ID, Command: workflow.Command{Act: workflow.Reopen{}}})
}
