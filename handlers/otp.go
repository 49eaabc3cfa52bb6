package handlers

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
	"izinbot/workflow/totp"
)

// dialogueOTP is the name of the dialogue in a chat's state.
const dialogueOTP = "otp"

// otp confirms acts with a one-time code: one code for all of them.
type otp struct{}

// confirm asks for a one-time code before the acts are carried out.
func (t *turn) confirm(ctx context.Context, acts ...Pending) error {
	t.begin(dialogueOTP, func(d *Data) { d.Acts = acts })
	if len(t.officer.OTP.Secret) == 0 {
		return t.needSetup(ctx)
	}
	return otp{}.ask(ctx, t)
}

// needSetup sends the officer to the page on which codes are set up.
func (t *turn) needSetup(ctx context.Context) error {
	t.end()
	link, err := t.app.SetupLink(ctx, *t.officer)
	if err != nil {
		return fmt.Errorf("make set-up link: %w", err)
	}
	t.say("otp.set_up_first", "link", link)
	return nil
}

func (otp) ask(_ context.Context, t *turn) error {
	var list strings.Builder
	for _, p := range t.data().Acts {
		list.WriteString("\n• " + t.text("otp.act."+workflow.ActName(p.Command.Act), "case", string(p.Case)))
	}
	t.ask(t.text("otp.ask", "acts", list.String()), t.item("/batal", "menu.cancel"))
	return nil
}

func (o otp) answer(ctx context.Context, t *turn, in input) error {
	if in.text == "" {
		return o.ask(ctx, t)
	}
	t.secret = true
	secret, err := t.app.Sealer.Unseal(t.officer.OTP.Secret, []byte(t.officer.ID))
	if err != nil {
		return fmt.Errorf("unseal otp secret: %w", err)
	}
	before := t.officer.OTP.Locks
	state, err := totp.Check(t.officer.OTP, secret, in.text, t.in.ID, t.now)
	t.officer.OTP = state
	t.saveOfficer()
	if state.Locks > before {
		if err := t.tellLocked(ctx); err != nil {
			return err
		}
	}
	if err != nil {
		return o.wrong(t, err)
	}
	return t.carryConfirmed(ctx)
}

// carryConfirmed does what the right code confirmed. What cannot be done any more
// is told, the rest is done.
func (t *turn) carryConfirmed(ctx context.Context) error {
	acts := t.data().Acts
	t.end()
	for _, p := range acts {
		result, ok, err := t.do(ctx, p.Case, p.Role, p.Command.Act, workflow.ProofTOTP)
		if err != nil {
			return err
		}
		if ok {
			t.done(result.Case, p.Command.Act)
		}
	}
	return t.nextTask(ctx)
}

// wrong tells why a code was not taken; after too many the dialogue ends.
func (o otp) wrong(t *turn, err error) error {
	refused, ok := errors.AsType[*totp.Error](err)
	if !ok {
		return fmt.Errorf("check code: %w", err)
	}
	t.say("otp."+string(refused.Reason), "left", refused.Left, "until", calendar.ShortDateTime(refused.Until, t.lang()))
	if refused.Reason == totp.Locked {
		t.end()
	}
	return nil
}

// tellLocked tells the officer's other chats and the admins that codes were guessed.
func (t *turn) tellLocked(ctx context.Context) error {
	m := bot.Message{Text: t.app.Texts.Say(workflow.Indonesian, "otp.told_locked", "name", t.officer.Name,
		"network", t.network(t.in.Chat), "until", calendar.ShortDateTime(t.officer.OTP.Locked, workflow.Indonesian))}
	others := slices.DeleteFunc(slices.Clone(t.person.Addresses), func(a string) bool { return a == string(t.in.Chat) })
	if err := t.mailOthers(ctx, others, m); err != nil {
		return err
	}
	_, err := t.mailRoles(ctx, []workflow.Role{workflow.RoleAdmin}, m, t.officer.ID)
	return err
}
