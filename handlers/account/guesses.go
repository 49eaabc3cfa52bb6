package account

import (
	"context"
	"time"

	"izinbot/bot"
	"izinbot/handlers/session"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

// joinAgain tells from when on the chat may enter a code again, zero for now.
func joinAgain(s *session.Session) time.Time {
	s.State.Guesses = session.Within(s.State.Guesses, s.Now)
	most := session.JoinTries
	if s.Env.Guesses.Braked(s.Now) {
		most = 1
	}
	n := len(s.State.Guesses)
	if n < most {
		return time.Time{}
	}
	return s.State.Guesses[n-most].Add(session.JoinSpan)
}

// wrongInvitation tells why a code was not taken, and counts it.
func wrongInvitation(ctx context.Context, s *session.Session, key string) error {
	s.State.Guesses = append(s.State.Guesses, s.Now)
	left := session.JoinTries - len(s.State.Guesses)
	s.Say(key, "left", left)
	if left == 0 {
		s.Say("join.locked", "until", calendar.Time(joinAgain(s)))
	}
	if !s.Env.Guesses.Add(s.Now) {
		return nil
	}
	return tellGuessing(ctx, s)
}

// tellGuessing tells the admins, once an hour, that codes are being guessed.
func tellGuessing(ctx context.Context, s *session.Session) error {
	claim := "guessing/" + s.Now.UTC().Format("2006010215")
	told, err := s.Env.Store.Claimed(ctx, claim)
	if err != nil || len(told) > 0 {
		return err
	}
	s.Write.Claims = append(s.Write.Claims, claim)
	_, err = s.MailRoles(ctx, []workflow.Role{workflow.RoleAdmin}, bot.Message{Text: s.Env.Texts.Say(workflow.Indonesian, "join.guessing", "n", session.OfficeTries)})
	return err
}
