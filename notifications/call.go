package notifications

import (
	"context"
	"fmt"
	"log/slog"
	"strings"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/casework"
	"izinbot/workflow/store"
)

// callApplicant asks those who deal with applicants to call one, for each of his open
// cases.
func (u *Unreachable) callApplicant(ctx context.Context, dir *directory, person store.Person, why store.CallReason) error {
	var cases []store.TaskRow
	for _, id := range person.Known() {
		rows, err := u.Store.ByApplicant(ctx, id, openCases)
		if err != nil {
			return fmt.Errorf("list cases: %w", err)
		}
		cases = append(cases, rows...)
	}
	role := u.Library.Current().FirstCheck()
	for _, row := range cases {
		if row.End != "" {
			continue
		}
		m := bot.Message{
			Text:    u.say("unreachable.told", "case", string(row.ID), "body", row.Label, "reason", u.say("unreachable."+string(why))),
			Choices: []bot.Choice{{ID: "/buka " + string(row.ID), Label: u.say("menu.open")}},
		}
		call := store.Call{Case: row.ID, Why: why}
		if err := u.ask(ctx, dir, call, []workflow.Role{role}, person.ID, m); err != nil {
			return err
		}
	}
	return nil
}

// callOfficer asks the superiors of an officer to call him, or to give his task to
// somebody else: the case of the message that did not arrive is offered.
func (u *Unreachable) callOfficer(ctx context.Context, dir *directory, d bot.Delivery, o workflow.Officer, why store.CallReason) error {
	m := bot.Message{Text: u.say("unreachable.officer", "name", o.Name, "reason", u.say("unreachable."+string(why)))}
	if id, ok := caseOf(d.Message); ok {
		m.Choices = []bot.Choice{
			{ID: "/buka " + string(id), Label: u.say("menu.open") + " " + string(id)},
			{ID: "/alihkan " + string(id), Label: u.say("remind.reassign")},
		}
	}
	var superiors []workflow.Role
	for _, role := range o.Roles {
		above := u.Library.Current().Above(role)
		superiors = append(superiors, above[:min(1, len(above))]...)
	}
	return u.ask(ctx, dir, store.Call{Officer: o.ID, Why: why}, superiors, o.Person, m)
}

// caseOf gives the case that a message offers to open.
func caseOf(m bot.Message) (workflow.CaseID, bool) {
	for _, c := range m.Choices {
		command, arg, _ := strings.Cut(c.ID, " ")
		arg, _, _ = strings.Cut(arg, " ")
		if id, err := workflow.ParseCaseID(arg); err == nil && command == "/buka" {
			return id, true
		}
	}
	return "", false
}

// ask makes a call the task of the first of the roles in which somebody works, or of
// the nearest above them, and tells those who are in it. A call that is asked for
// already is not asked for again.
func (u *Unreachable) ask(ctx context.Context, dir *directory, c store.Call, roles []workflow.Role, not workflow.PersonID, m bot.Message) error {
	now := u.Now()
	c.Day = day(now)
	wanted, err := casework.CallWanted(ctx, u.Store, c, func(r workflow.Role) bool { return len(dir.inRole(r)) > 0 })
	if err != nil || !wanted {
		return err
	}
	role, callers := dir.nearest(u.Library.Current(), roles, not)
	if len(callers) == 0 {
		u.Log.ErrorContext(ctx, "nobody can be asked to call", slog.String("subject", c.Subject()))
		return nil
	}
	c.Role = role
	m.Choices = append(m.Choices, bot.Choice{ID: "/telepon " + c.Subject(), Label: u.say("call.made")})
	unit := store.UnitOfWork{Calls: []store.Call{c}}
	for _, o := range callers {
		to, ok, err := dir.person(ctx, o.Person)
		if err != nil {
			return err
		}
		if ok {
			unit.Deliveries = append(unit.Deliveries, bot.Delivery{
				ID:   fmt.Sprintf("unreachable/%s/%s@%s", c.Subject(), c.Day, to.ID),
				Chat: to.Addresses[0], Notice: true, Message: m, Created: now,
			})
		}
	}
	return u.Commits.Once(ctx, now, unit) // another message may have failed at the same time
}
