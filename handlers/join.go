package handlers

import (
	"context"
	"fmt"
	"strings"

	"izinbot/bot"
	"izinbot/workflow"
)

// joinCommand makes the person an officer by a one-time invitation code, never by
// a phone number.
func joinCommand(ctx context.Context, t *turn, arg string) error { return join(ctx, t, arg) }

func join(ctx context.Context, t *turn, code string) error {
	if strings.TrimSpace(code) == "" {
		t.say("join.how")
		return nil
	}
	inv, err := t.app.Store.Invitation(ctx, hashInvitation(code))
	switch {
	case workflow.CodeOf(err) == workflow.CodeNotFound:
		t.say("join.unknown")
		return nil
	case err != nil:
		return fmt.Errorf("load invitation: %w", err)
	case !inv.Used.IsZero():
		t.say("join.used")
		return nil
	case !t.now.Before(inv.Expires):
		t.say("join.expired")
		return nil
	case t.officer != nil:
		t.say("join.already", "name", t.officer.Name)
		return nil
	case len(t.person.Addresses) > 1:
		// Every chat but the one that has the code gets an officer's rights by a code
		// of its own, entered here.
		t.say("join.linked")
		return nil
	}
	return t.accept(ctx, inv)
}

func (t *turn) accept(ctx context.Context, inv workflow.Invitation) error {
	officer, err := t.app.Store.Officer(ctx, inv.Officer)
	if err != nil {
		return fmt.Errorf("load invited officer: %w", err)
	}
	if officer.Disabled || officer.Person != "" {
		t.say("join.used")
		return nil
	}
	officer.Person = t.person.ID
	inv.Used = t.now
	t.officer = &officer
	t.saveOfficer()
	t.invitations = append(t.invitations, inv)
	t.person.Name = officer.Name
	t.savePerson()
	t.end()
	names := make([]string, len(officer.Roles))
	for i, r := range officer.Roles {
		names[i] = t.fieldName(string(r))
	}
	t.askFor(bot.Message{
		Text: t.text("join.welcome", "name", officer.Name, "roles", strings.Join(names, ", ")),
		Menu: t.app.Menu(t.lang(), officer.Roles),
	}, t.item("/tugas", "menu.tasks"), t.item("/bantuan", "menu.help"))
	return nil
}
