package handlers

import (
	"context"
	"fmt"
	"strings"
	"time"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

// joinCommand makes the person an officer by a one-time invitation code, never by
// a phone number.
func joinCommand(ctx context.Context, t *turn, arg string) error { return join(ctx, t, arg) }

func join(ctx context.Context, t *turn, typed string) error {
	if strings.TrimSpace(typed) == "" {
		t.say("join.how")
		return nil
	}
	if until := t.joinAgain(); !until.IsZero() {
		t.say("join.locked", "until", calendar.Time(until))
		return nil
	}
	inv, officer, err := t.invitation(ctx, typed)
	if err != nil {
		return err
	}
	if key := whyNotJoin(inv, officer, t.now); key != "" {
		return t.wrongInvitation(ctx, key)
	}
	switch {
	case t.officer != nil:
		t.say("join.already", "name", t.officer.Name)
		return nil
	case len(t.person.Addresses) > 1:
		// Every chat but the one that has the code gets an officer's rights by a code
		// of its own, entered here.
		t.say("join.linked")
		return nil
	}
	return t.accept(ctx, inv, officer)
}

// invitation finds what a typed code stands for; zero values for an unknown one.
func (t *turn) invitation(ctx context.Context, typed string) (inv workflow.Invitation, o workflow.Officer, err error) {
	code, ok := workflow.ParseInvitation(typed)
	if !ok {
		return inv, o, nil
	}
	hash, err := workflow.HashCode("invitation", code)
	if err != nil {
		return inv, o, err
	}
	if inv, err = t.app.Store.Invitation(ctx, hash); err == nil {
		o, err = t.app.Store.Officer(ctx, inv.Officer)
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

func (t *turn) accept(ctx context.Context, inv workflow.Invitation, officer workflow.Officer) error {
	officer.Person, officer.Joined, officer.Invited = t.person.ID, t.now, ""
	inv.Used = t.now
	t.officer = &officer
	t.saveOfficer()
	t.invitations = append(t.invitations, inv)
	t.person.Name = officer.Name
	t.savePerson()
	t.state.Guesses = nil
	t.end()
	t.askFor(bot.Message{
		Text: t.text("join.welcome", "name", officer.Name, "roles", t.roleNames(officer.Roles)),
		Menu: t.app.Menu(t.lang(), officer.Roles),
	}, t.item("/tugas", "menu.tasks"), t.item("/bantuan", "menu.help"))
	return t.tellJoined(ctx, officer)
}

// roleNames lists roles by the names that people know.
func (t *turn) roleNames(roles []workflow.Role) string {
	names := make([]string, len(roles))
	for i, r := range roles {
		names[i] = t.fieldName(string(r))
	}
	return strings.Join(names, ", ")
}
