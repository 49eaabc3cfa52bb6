package tasks

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"izinbot/bot"
	"izinbot/handlers/session"
	"izinbot/handlers/wording"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
	"izinbot/workflow/normalize"
	"izinbot/workflow/totp"
)

// Pending is a command that waits for its confirmation. Only the Act of Command is
// set; who acts is known when the code is right.
type Pending struct {
	Role    workflow.Role    `json:"role"`
	Case    workflow.CaseID  `json:"case"`
	Command workflow.Command `json:"command"`
}

// Confirmation confirms acts with a one-time code: one code for all of them.
type Confirmation struct {
	Acts []Pending `json:"acts"`
}

// Name implements [session.Dialogue].
func (*Confirmation) Name() string { return "otp" }

// Confirm asks for a one-time code before the acts are carried out.
func Confirm(ctx context.Context, s *session.Session, acts ...Pending) error {
	return s.Begin(ctx, &Confirmation{acts})
}

// Ask implements [session.Dialogue]. Whoever has no codes yet is sent to the page on which
// they are set up; the acts wait for the first one.
func (o *Confirmation) Ask(ctx context.Context, s *session.Session) error {
	var list strings.Builder
	for _, p := range o.Acts {
		list.WriteString("\n• " + s.Text("otp.act."+workflow.ActName(p.Command.Act), "case", string(p.Case)))
		if def, c, err := s.Work.Case(ctx, p.Case); err == nil {
			list.WriteString(" · " + c.Form.Of(def.Form, workflow.MeansBody))
		}
	}
	question := s.Text("otp.ask", "acts", list.String())
	if len(s.Officer.OTP.Secret) == 0 {
		link, err := s.Env.SetupLink(ctx, *s.Officer)
		if err != nil {
			return fmt.Errorf("make set-up link: %w", err)
		}
		question = s.Text("otp.set_up_first", "link", link, "acts", list.String())
	}
	s.Ask(question, s.Choice("/batal", "menu.cancel"))
	return nil
}

// Answer implements [session.Dialogue].
func (o *Confirmation) Answer(ctx context.Context, s *session.Session, in session.Input) error {
	if in.Text == "" || len(s.Officer.OTP.Secret) == 0 {
		return o.Ask(ctx, s)
	}
	s.Write.Secret = true
	secret, err := s.Env.Sealer.Unseal(s.Officer.OTP.Secret, []byte(s.Officer.ID))
	if err != nil {
		return fmt.Errorf("unseal otp secret: %w", err)
	}
	before := s.Officer.OTP.Locks
	state, err := totp.Check(s.Officer.OTP, secret, normalize.Digits(in.Text), s.In.ID, s.Now)
	s.Officer.OTP = state
	s.Write.Officer(*s.Officer)
	if state.Locks > before {
		if err := tellLocked(ctx, s); err != nil {
			return err
		}
	}
	if err != nil {
		return o.wrong(s, err)
	}
	return o.carry(ctx, s)
}

// carry does what the right code confirmed. What cannot be done any more
// is told, the rest is done.
func (o *Confirmation) carry(ctx context.Context, s *session.Session) error {
	s.End()
	for _, p := range o.Acts {
		result, err := s.Do(ctx, p.Case, p.Role, p.Command.Act, workflow.ProofTOTP)
		switch {
		case err == nil:
			SayDone(s, result.Case, p.Command.Act)
		case !errors.Is(err, session.ErrAnswered):
			return err
		}
	}
	return OfferNext(ctx, s)
}

// wrong tells why a code was not taken; after too many the dialogue ends.
func (o *Confirmation) wrong(s *session.Session, err error) error {
	refused, ok := errors.AsType[*totp.Error](err)
	if !ok {
		return fmt.Errorf("check code: %w", err)
	}
	s.Say("otp."+string(refused.Reason), "left", refused.Left, "until", calendar.ShortDateTime(refused.Until, s.Lang()))
	if refused.Reason == totp.Locked {
		s.End()
	}
	return nil
}

// tellLocked tells the officer's other chats and the admins that codes were guessed.
func tellLocked(ctx context.Context, s *session.Session) error {
	m := bot.Message{Text: s.Env.Texts.Say(workflow.Indonesian, "otp.told_locked", "name", s.Officer.Name,
		"network", wording.Network(s, s.In.Chat), "until", calendar.ShortDateTime(s.Officer.OTP.Locked, workflow.Indonesian))}
	if err := s.MailOthers(ctx, s.Person, m); err != nil {
		return err
	}
	_, err := s.MailRoles(ctx, []workflow.Role{workflow.RoleAdmin}, m, s.Officer.ID)
	return err
}
