package handlers

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"izinbot/bot"
	"izinbot/notifications/texts"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

// dialogueStaff is the name of the dialogue in a chat's state.
const dialogueStaff = "staff"

// staffAct asks for the confirmation of what an admin does to an officer. The officer's
// id is the Note of its Data, the act its At. Everything else is looked up at each step,
// since it may change meanwhile.
type staffAct struct{}

// The acts, and the ids of the choices.
const (
	staffDisable = "disable"
	staffEnable  = "enable"
	staffExpel   = "expel"
	staffYes     = "yes"
)

// staffList is the command petugas: the officers, or one of them with what can be done.
func staffList(ctx context.Context, t *turn, arg string) error {
	id, act, _ := strings.Cut(arg, " ")
	if id != "" && slices.Contains([]string{staffDisable, staffEnable}, act) {
		return t.beginStaff(ctx, id, act, "")
	}
	all, err := t.app.Store.Officers(ctx)
	if err != nil {
		return fmt.Errorf("list officers: %w", err)
	}
	t.putAside()
	for _, o := range all {
		if string(o.ID) == id {
			t.showOfficer(o)
			return nil
		}
	}
	var text strings.Builder
	text.WriteString(t.text("staff.head", "n", len(all)))
	items := make([]Item, 0, len(all))
	for i, o := range all {
		fmt.Fprintf(&text, "\n%d. %s · %s · %s", i+1, o.Name, t.roleNames(o.Roles), t.staffState(o))
		items = append(items, Item{ID: "/petugas " + string(o.ID), Label: texts.Cut(o.Name, 40)})
	}
	t.ask(text.String(), items...)
	return nil
}

func (t *turn) staffState(o workflow.Officer) string {
	switch {
	case o.Disabled:
		return t.text("staff.is_disabled")
	case o.Person == "":
		return t.text("staff.not_joined")
	}
	return t.text("staff.joined")
}

func (t *turn) showOfficer(o workflow.Officer) {
	item := t.item("/petugas "+string(o.ID)+" "+staffDisable, "staff.disable")
	if o.Disabled {
		item = t.item("/petugas "+string(o.ID)+" "+staffEnable, "staff.enable")
	}
	t.ask(o.Name+" · "+t.roleNames(o.Roles)+" · "+t.staffState(o), item, t.item("/petugas", "staff.list"))
}

// undoJoin is the command behind the button of the news that somebody joined. arg is the
// officer and the instant of his joining, so that the button of an older joining undoes
// no newer one.
func undoJoin(ctx context.Context, t *turn, arg string) error {
	id, mark, _ := strings.Cut(arg, " ")
	return t.beginStaff(ctx, id, staffExpel, mark)
}

func joinMark(o workflow.Officer) string { return strconv.FormatInt(o.Joined.Unix(), 36) }

func (t *turn) beginStaff(ctx context.Context, id, act, mark string) error {
	t.begin(dialogueStaff, func(d *Data) { d.Note, d.At, d.Edit = id, act, mark })
	return t.askAgain(ctx)
}

// load gives the officer whom the dialogue is about; false, told, if the act cannot be
// done to him by this person any more.
func (staffAct) load(ctx context.Context, t *turn) (workflow.Officer, bool, error) {
	d := t.data()
	o, err := t.app.Store.Officer(ctx, workflow.OfficerID(d.Note))
	if err != nil && workflow.CodeOf(err) != workflow.CodeNotFound {
		return o, false, fmt.Errorf("load officer: %w", err)
	}
	key := "staff.unknown"
	if err == nil {
		key, err = t.whyNotStaff(ctx, o, d.At, d.Edit)
	} else {
		err = nil
	}
	if err != nil {
		return o, false, err
	}
	if key != "" {
		t.end()
		t.ask(t.text(key, "name", o.Name), t.likely()...)
		return o, false, nil
	}
	return o, true, nil
}

// whyNotStaff says why an act cannot be done to an officer here, "" if it can.
func (t *turn) whyNotStaff(ctx context.Context, o workflow.Officer, act, mark string) (string, error) {
	if act == staffExpel {
		switch allowed, err := t.mayUndoJoin(ctx, o); {
		case err != nil:
			return "", err
		case !allowed:
			return "common.not_for_you", nil
		case o.Person == "" || joinMark(o) != mark:
			return "staff.undone_before", nil
		}
		return "", nil
	}
	if !t.officer.HasRole(workflow.RoleAdmin) {
		return "common.not_for_you", nil
	}
	if o.Disabled == (act == staffDisable) {
		return "staff.done_before", nil
	}
	if act != staffDisable {
		if o.Person == "" {
			return "staff.no_chat", nil
		}
		return "", nil
	}
	last, err := LastAdmin(ctx, t.app.Store, o)
	if last {
		return "staff.last_admin", err
	}
	return "", err
}

// LastAdmin tells whether nobody but the officer could act as an admin.
func LastAdmin(ctx context.Context, s Store, o workflow.Officer) (bool, error) {
	if o.Disabled || o.Person == "" || !o.HasRole(workflow.RoleAdmin) {
		return false, nil
	}
	all, err := s.Officers(ctx)
	if err != nil {
		return false, fmt.Errorf("list officers: %w", err)
	}
	return !slices.ContainsFunc(all, func(other workflow.Officer) bool {
		return other.ID != o.ID && !other.Disabled && other.Person != "" && other.HasRole(workflow.RoleAdmin)
	}), nil
}

func (k staffAct) ask(ctx context.Context, t *turn) error {
	o, ok, err := k.load(ctx, t)
	if err != nil || !ok {
		return err
	}
	act := t.data().At
	t.ask(t.text("staff.ask_"+act, "name", o.Name, "roles", t.roleNames(o.Roles)),
		t.item(staffYes, "staff.yes_"+act), t.item("/batal", "menu.cancel"))
	return nil
}

func (k staffAct) answer(ctx context.Context, t *turn, in input) error {
	if in.choice != staffYes {
		t.say("common.choose")
		return k.ask(ctx, t)
	}
	o, ok, err := k.load(ctx, t)
	if err != nil || !ok {
		return err
	}
	act := t.data().At
	t.end()
	switch act {
	case staffEnable:
		t.keepOfficer(o.Enable())
	case staffExpel:
		err = t.depart(ctx, o, o.Expel(t.now))
	default:
		err = t.depart(ctx, o, o.Disable(t.now))
	}
	if err != nil {
		return err
	}
	t.ask(t.text("staff.done_"+act, "name", o.Name), t.likely()...)
	return t.tellStaff(ctx, o, t.app.Texts.Say(workflow.Indonesian, "staff.told_"+act, "name", o.Name, "by", t.officer.Name))
}

// depart takes an officer's rights away, with all that came of them. It is one write with
// the rest of the turn.
func (t *turn) depart(ctx context.Context, before, after workflow.Officer) error {
	barred, err := Barring(ctx, t.app.Store, before, t.now)
	if err != nil {
		return err
	}
	ended, err := standInsOf(ctx, t.app.Store, before.ID, t.now)
	if err != nil {
		return err
	}
	for _, p := range barred {
		t.keepPerson(p)
	}
	t.keepOfficer(after)
	t.delegations = append(t.delegations, ended...)
	if err := t.release(ctx, before); err != nil {
		return err
	}
	for _, d := range ended {
		if d.Deputy == before.ID || d.Deputy == t.by() {
			continue
		}
		over := t.text("stand_in.over", "kind", d.Kind, "role", t.fieldName(string(d.Role)))
		if err := t.tellStandIn(ctx, d.Deputy, over); err != nil {
			return err
		}
	}
	return nil
}

// by is the officer who acts; empty: a command of the shell.
func (t *turn) by() workflow.OfficerID {
	if t.officer == nil {
		return ""
	}
	return t.officer.ID
}

// keepOfficer saves an officer with the turn; t.officer is another one, or none.
func (t *turn) keepOfficer(o workflow.Officer) {
	t.officers = append(slices.DeleteFunc(t.officers, func(old workflow.Officer) bool { return old.ID == o.ID }), o)
	if t.officer != nil && t.officer.ID == o.ID {
		t.officer = &o
	}
}

// tellStaff tells those who look after an officer, but not himself nor who did it.
func (t *turn) tellStaff(ctx context.Context, about workflow.Officer, text string, choices ...bot.Choice) error {
	_, err := t.mailRoles(ctx, t.overseers(about), bot.Message{Text: text, Choices: choices}, about.ID, t.by())
	return err
}

// overseers are the roles that may undo an officer's joining: those above his own, and
// the admins.
func (t *turn) overseers(o workflow.Officer) []workflow.Role {
	roles := []workflow.Role{workflow.RoleAdmin}
	for _, r := range o.Roles {
		if rd, ok := t.app.Desk.Library.Current().RoleDef(r); ok && rd.Superior != "" {
			roles = append(roles, rd.Superior)
		}
	}
	return roles
}

func (t *turn) mayUndoJoin(ctx context.Context, o workflow.Officer) (bool, error) {
	roles, err := t.roles(ctx)
	if err != nil || o.ID == t.officer.ID {
		return false, err
	}
	over := t.overseers(o)
	return slices.ContainsFunc(roles, func(r workflow.Role) bool { return slices.Contains(over, r) }), nil
}

// tellJoined tells those who look after an officer that he has joined, with a button
// that undoes it.
func (t *turn) tellJoined(ctx context.Context, o workflow.Officer) error {
	text := t.app.Texts.Say(workflow.Indonesian, "staff.told_joined", "name", o.Name, "roles", t.roleNames(o.Roles),
		"network", t.network(t.in.Chat), "chat", texts.Cut(t.in.Name, 60), "at", calendar.ShortDateTime(t.now, workflow.Indonesian))
	return t.tellStaff(ctx, o, text, bot.Choice{
		ID: "/batalgabung " + string(o.ID) + " " + joinMark(o), Label: t.app.Texts.Say(workflow.Indonesian, "staff.undo_join"),
	})
}
