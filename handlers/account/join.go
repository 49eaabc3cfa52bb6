package account

import (
	"context"
	"fmt"
	"strings"
	"time"

	"izinbot/bot"
	"izinbot/handlers/session"
	"izinbot/handlers/wording"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

// Join makes the person an officer by a one-time invitation code, never by a phone number.
func Join(ctx context.Context, s *session.Session, typed string) error {
	if strings.TrimSpace(typed) == "" {
		s.Say("join.how")
		return nil
	}
	if until := joinAgain(s); !until.IsZero() {
		s.Say("join.locked", "until", calendar.Time(until))
		return nil
	}
	inv, officer, err := invitation(ctx, s, typed)
	if err != nil {
		return err
	}
	if key := whyNotJoin(inv, officer, s.Now); key != "" {
		return wrongInvitation(ctx, s, key)
	}
	switch {
	case s.Officer != nil:
		s.Say("join.already", "name", s.Officer.Name)
		return nil
	case len(s.Person.Addresses) > 1:
		// Every chat but the one that has the code gets an officer's rights by a code
		// of its own, entered here.
		s.Say("join.linked")
		return nil
	}
	return accept(ctx, s, inv, officer)
}

// invitation finds what a typed code stands for; zero values for an unknown one.
func invitation(ctx context.Context, s *session.Session, typed string) (inv workflow.Invitation, o workflow.Officer, err error) {
	code, ok := workflow.ParseInvitation(typed)
	if !ok {
		return inv, o, nil
	}
	hash, err := workflow.HashCode("invitation", code)
	if err != nil {
		return inv, o, err
	}
	if inv, err = s.Env.Store.Invitation(ctx, hash); err == nil {
		o, err = s.Env.Store.Officer(ctx, inv.Officer)
	}
	if workflow.CodeOf(err) == workflow.CodeNotFound {
		return workflow.Invitation{}, o, nil
	}
	if err != nil {
		return inv, o, fmt.Errorf("load invitation: %w", err)
	}
	return inv, o, nil
}

// whyNotJoin says why an invitation is not good, "" if it is. Only the officer's record
// makes it good: it names his last code alone, and none once he has joined or was
// disabled.
func whyNotJoin(inv workflow.Invitation, o workflow.Officer, now time.Time) string {
	switch {
	case inv.Officer == "":
		return "join.unknown"
	case !inv.Used.IsZero():
		return "join.used"
	case o.Disabled, o.Person != "", !workflow.SameHash(o.Invited, inv.Hash):
		return "join.replaced"
	case !now.Before(inv.Expires):
		return "join.expired"
	}
	return ""
}

func accept(ctx context.Context, s *session.Session, inv workflow.Invitation, officer workflow.Officer) error {
	officer.Person, officer.Joined, officer.Invited = s.Person.ID, s.Now, ""
	inv.Used = s.Now
	s.Officer = &officer
	s.Write.Officer(*s.Officer)
	s.Write.Invitations = append(s.Write.Invitations, inv)
	s.Person.Name, s.Person.Lang = officer.Name, workflow.Indonesian // the language of the office
	s.Write.Person(s.Person)
	s.State.Guesses = nil
	s.End()
	codes, err := askCodes(ctx, s, officer)
	if err != nil {
		return err
	}
	s.AskFor(bot.Message{
		Text: s.Text("join.welcome", "name", officer.Name, "roles", wording.RoleNames(s, officer.Roles)) + codes,
		Menu: s.Env.CommandMenu(s.Lang(), officer.Roles),
	}, s.Choice("/tugas", "menu.tasks"), s.Choice("/bantuan", "menu.help"))
	return tellJoined(ctx, s, officer)
}

// askCodes asks an officer who will initial or sign to set up his one-time codes at once; ""
// for others, and for those who have.
func askCodes(ctx context.Context, s *session.Session, officer workflow.Officer) (string, error) {
	if len(officer.OTP.Secret) > 0 || !s.Env.Desk.Library.Current().Confirms(officer.Roles) {
		return "", nil
	}
	officer.Version++ // as this message saves him: the link is good for that record alone
	link, err := s.Env.SetupLink(ctx, officer)
	if err != nil {
		return "", fmt.Errorf("make set-up link: %w", err)
	}
	return "\n\n" + s.Text("otp.at_join", "link", link), nil
}
