package session

import (
	"context"
	"log/slog"
	"strings"
	"time"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
	"izinbot/workflow/normalize"
)

// When an officer writes in a chat himself, on the office's own phone, the answers there are
// for him: the program says nothing for a while, and takes nothing for an answer to its open
// question. Whoever names a command means the program.

// stepAside begins the silence, or makes it longer. Admins hear of each that begins.
func (s *Session) stepAside(ctx context.Context) error {
	if s.Env.StaffPause <= 0 {
		return nil
	}
	begins := !s.Now.Before(s.State.Staff)
	s.State.Staff = s.Now.Add(s.Env.StaffPause)
	if !begins {
		return nil
	}
	s.Env.Log.InfoContext(ctx, "an officer writes in a chat himself, so nothing is answered there", slog.String("person", string(s.Person.ID)), slog.Duration("for", s.Env.StaffPause))
	text := s.Env.Texts.Say(workflow.Indonesian, "staff.writes", "name", s.Person.Name, "until", calendar.Time(s.State.Staff))
	_, err := s.MailRoles(ctx, []workflow.Role{workflow.RoleAdmin}, bot.Message{Text: text, Lang: string(workflow.Indonesian)})
	return err
}

// silenced tells whether the message is for the officer who writes in the chat himself.
func (s *Session) silenced() bool {
	if !s.Now.Before(s.State.Staff) || s.In.Choice != "" {
		return false
	}
	_, _, named := s.findCommand(strings.TrimSpace(normalize.Text(s.In.Text)), true)
	return !named
}

// comeBack ends the silence, and tells that what was said in it is no answer to the program.
func (s *Session) comeBack() {
	if s.State.Staff.IsZero() {
		return
	}
	if s.State.Missed > 0 {
		s.Say("common.staff_wrote", "n", s.State.Missed)
	}
	s.State.Staff, s.State.Missed = time.Time{}, 0
}
