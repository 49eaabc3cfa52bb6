package account

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"izinbot/bot"
	"izinbot/handlers/session"
	"izinbot/handlers/wording"
	"izinbot/notifications/texts"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

// StaffAct asks for the confirmation of what an admin does to an officer. Everything else is
// looked up at each step, since it may change meanwhile.
type StaffAct struct {
	Officer workflow.OfficerID `json:"note"`
	Act     string             `json:"at"`
	Joining string             `json:"edit,omitempty"` // the joining that is undone, see joinMark
}

// Name implements [session.Dialogue].
func (*StaffAct) Name() string { return "staff" }

// The acts, and the ids of the choices.
const (
	staffDisable = "disable"
	staffEnable  = "enable"
	staffExpel   = "expel"
	staffYes     = "yes"
)

// ListStaff is the command petugas: the officers, or one of them with what can be done.
func ListStaff(ctx context.Context, s *session.Session, arg string) error {
	id, act, _ := strings.Cut(arg, " ")
	if id != "" && slices.Contains([]string{staffDisable, staffEnable}, act) {
		return s.Begin(ctx, &StaffAct{Officer: workflow.OfficerID(id), Act: act})
	}
	all, err := s.Env.Store.Officers(ctx)
	if err != nil {
		return fmt.Errorf("list officers: %w", err)
	}
	s.PutAside()
	for _, o := range all {
		if string(o.ID) == id {
			showOfficer(s, o)
			return nil
		}
	}
	var text strings.Builder
	text.WriteString(s.Text("staff.head", "n", len(all)))
	items := make([]session.Choice, 0, len(all))
	for i, o := range all {
		fmt.Fprintf(&text, "\n%d. %s · %s · %s", i+1, o.Name, wording.RoleNames(s, o.Roles), staffState(s, o))
		items = append(items, session.Choice{ID: "/petugas " + string(o.ID), Label: texts.Cut(o.Name, 40)})
	}
	s.Ask(text.String(), items...)
	return nil
}

func staffState(s *session.Session, o workflow.Officer) string {
	switch {
	case o.Disabled:
		return s.Text("staff.is_disabled")
	case o.Person == "":
		return s.Text("staff.not_joined")
	}
	return s.Text("staff.joined")
}

func showOfficer(s *session.Session, o workflow.Officer) {
	item := s.Choice("/petugas "+string(o.ID)+" "+staffDisable, "staff.disable")
	if o.Disabled {
		item = s.Choice("/petugas "+string(o.ID)+" "+staffEnable, "staff.enable")
	}
	s.Ask(o.Name+" · "+wording.RoleNames(s, o.Roles)+" · "+staffState(s, o), item, s.Choice("/petugas", "staff.list"))
}

// UndoJoin is the command behind the button of the news that somebody joined. arg is the
// officer and the instant of his joining, so that the button of an older joining undoes
// no newer one.
func UndoJoin(ctx context.Context, s *session.Session, arg string) error {
	id, mark, _ := strings.Cut(arg, " ")
	return s.Begin(ctx, &StaffAct{Officer: workflow.OfficerID(id), Act: staffExpel, Joining: mark})
}

func joinMark(o workflow.Officer) string { return strconv.FormatInt(o.Joined.Unix(), 36) }

// load gives the officer whom the dialogue is about. ErrAnswered: the act cannot be done to
// him by this person any more.
func (k *StaffAct) load(ctx context.Context, s *session.Session) (workflow.Officer, error) {
	o, err := s.Env.Store.Officer(ctx, k.Officer)
	if err != nil && workflow.CodeOf(err) != workflow.CodeNotFound {
		return o, fmt.Errorf("load officer: %w", err)
	}
	key := "staff.unknown"
	if err == nil {
		key, err = k.whyNot(ctx, s, o)
	} else {
		err = nil
	}
	if err != nil {
		return o, err
	}
	if key != "" {
		s.End()
		s.Ask(s.Text(key, "name", o.Name), s.Likely()...)
		return o, session.ErrAnswered
	}
	return o, nil
}

// whyNot says why the act cannot be done to an officer here, "" if it can.
func (k *StaffAct) whyNot(ctx context.Context, s *session.Session, o workflow.Officer) (string, error) {
	if k.Act == staffExpel {
		switch allowed, err := mayUndoJoin(ctx, s, o); {
		case err != nil:
			return "", err
		case !allowed:
			return "common.not_for_you", nil
		case o.Person == "" || joinMark(o) != k.Joining:
			return "staff.undone_before", nil
		}
		return "", nil
	}
	if !s.Officer.HasRole(workflow.RoleAdmin) {
		return "common.not_for_you", nil
	}
	if o.Disabled == (k.Act == staffDisable) {
		return "staff.done_before", nil
	}
	if k.Act != staffDisable {
		if o.Person == "" {
			return "staff.no_chat", nil
		}
		return "", nil
	}
	last, err := LastAdmin(ctx, s.Env.Store, o)
	if last {
		return "staff.last_admin", err
	}
	return "", err
}

// LastAdmin tells whether nobody but the officer could act as an admin.
func LastAdmin(ctx context.Context, s session.Store, o workflow.Officer) (bool, error) {
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

// Ask implements [session.Dialogue].
func (k *StaffAct) Ask(ctx context.Context, s *session.Session) error {
	o, err := k.load(ctx, s)
	if err != nil {
		return err
	}
	s.Ask(s.Text("staff.ask_"+k.Act, "name", o.Name, "roles", wording.RoleNames(s, o.Roles)),
		s.Choice(staffYes, "staff.yes_"+k.Act), s.Choice("/batal", "menu.cancel"))
	return nil
}

// Answer implements [session.Dialogue].
func (k *StaffAct) Answer(ctx context.Context, s *session.Session, in session.Input) error {
	if in.Choice != staffYes {
		return s.Choose(ctx)
	}
	o, err := k.load(ctx, s)
	if err != nil {
		return err
	}
	s.End()
	switch k.Act {
	case staffEnable:
		keepOfficer(s, o.Enable())
	case staffExpel:
		err = Depart(ctx, s, o, o.Expel(s.Now))
	default:
		err = Depart(ctx, s, o, o.Disable(s.Now))
	}
	if err != nil {
		return err
	}
	s.Ask(s.Text("staff.done_"+k.Act, "name", o.Name), s.Likely()...)
	return TellStaff(ctx, s, o, s.Env.Texts.Say(workflow.Indonesian, "staff.told_"+k.Act, "name", o.Name, "by", s.Officer.Name))
}

// Depart takes an officer's rights away, with all that came of them. It is one write with
// the session's other effects.
func Depart(ctx context.Context, s *session.Session, before, after workflow.Officer) error {
	barred, err := Barring(ctx, s.Env.Store, before, s.Now)
	if err != nil {
		return err
	}
	ended, err := standInsOf(ctx, s.Env.Store, before.ID, s.Now)
	if err != nil {
		return err
	}
	for _, p := range barred {
		s.Write.Person(p)
	}
	keepOfficer(s, after)
	s.Write.Delegations = append(s.Write.Delegations, ended...)
	if err := release(ctx, s, before); err != nil {
		return err
	}
	for _, d := range ended {
		if d.Deputy == before.ID || d.Deputy == by(s) {
			continue
		}
		over := s.Text("stand_in.over", "kind", d.Kind, "role", s.FieldName(string(d.Role)))
		if err := tellStandIn(ctx, s, d.Deputy, over); err != nil {
			return err
		}
	}
	return nil
}

// by is the officer who acts; empty: a command of the shell.
func by(s *session.Session) workflow.OfficerID {
	if s.Officer == nil {
		return ""
	}
	return s.Officer.ID
}

// keepOfficer saves an officer with the session's other effects. It need not be the officer who writes.
func keepOfficer(s *session.Session, o workflow.Officer) {
	s.Write.Officer(o)
	if s.Officer != nil && s.Officer.ID == o.ID {
		s.Officer = &o
	}
}

// TellStaff tells those who look after an officer, but not himself nor who did it.
func TellStaff(ctx context.Context, s *session.Session, about workflow.Officer, text string, choices ...bot.Choice) error {
	_, err := s.MailRoles(ctx, overseers(s, about), bot.Message{Text: text, Choices: choices}, about.ID, by(s))
	return err
}

// overseers are the roles that may undo an officer's joining: those above his own, and
// the admins.
func overseers(s *session.Session, o workflow.Officer) []workflow.Role {
	roles := []workflow.Role{workflow.RoleAdmin}
	for _, r := range o.Roles {
		if rd, ok := s.Env.Desk.Library.Current().RoleDef(r); ok && rd.Superior != "" {
			roles = append(roles, rd.Superior)
		}
	}
	return roles
}

func mayUndoJoin(ctx context.Context, s *session.Session, o workflow.Officer) (bool, error) {
	roles, err := s.Roles(ctx)
	if err != nil || o.ID == s.Officer.ID {
		return false, err
	}
	over := overseers(s, o)
	return slices.ContainsFunc(roles, func(r workflow.Role) bool { return slices.Contains(over, r) }), nil
}

// tellJoined tells those who look after an officer that he has joined, with a button
// that undoes it.
func tellJoined(ctx context.Context, s *session.Session, o workflow.Officer) error {
	text := s.Env.Texts.Say(workflow.Indonesian, "staff.told_joined", "name", o.Name, "roles", wording.RoleNames(s, o.Roles),
		"network", wording.Network(s, s.In.Chat), "chat", texts.Cut(s.In.Name, 60), "at", calendar.ShortDateTime(s.Now, workflow.Indonesian))
	return TellStaff(ctx, s, o, text, bot.Choice{
		ID: "/batalgabung " + string(o.ID) + " " + joinMark(o), Label: s.Env.Texts.Say(workflow.Indonesian, "staff.undo_join"),
	})
}
