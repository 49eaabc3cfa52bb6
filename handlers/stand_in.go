package handlers

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

// dialogueStandIn is the name of the dialogue in a chat's state.
const dialogueStandIn = "stand_in"

// standInForm names a stand-in (Plh. or Plt.) for one of the officer's own roles,
// from one day to another (rule 11). An admin does so for anybody.
type standInForm struct{}

// Keys of the form's answers.
const (
	standInFor    = "principal" // asked of an admin only
	standInRole   = "role"
	standInDeputy = "deputy"
	standInKind   = "kind"
	standInFrom   = "from"
	standInTo     = "to"
	standInYes    = "yes"
)

// standIn is the command plh: with "akhiri <id>" it ends a stand-in early.
func standIn(ctx context.Context, t *turn, arg string) error {
	if id, ok := strings.CutPrefix(arg, "akhiri "); ok {
		return t.endStandIn(ctx, strings.TrimSpace(id))
	}
	delegations, err := t.app.Store.Delegations(ctx, t.now)
	if err != nil {
		return fmt.Errorf("load delegations: %w", err)
	}
	for _, d := range delegations {
		if t.mayEnd(d) && d.Cancelled.IsZero() {
			deputy, err := t.app.Store.Officer(ctx, d.Deputy)
			if err != nil {
				return fmt.Errorf("load deputy: %w", err)
			}
			t.ask(t.text("stand_in.is", "kind", d.Kind, "role", t.fieldName(string(d.Role)), "name", deputy.Name,
				"from", calendar.ShortDate(d.From, t.lang()), "to", calendar.ShortDate(d.To.Add(-time.Minute), t.lang())),
				t.item("/plh akhiri "+d.ID, "stand_in.end"))
		}
	}
	t.begin(dialogueStandIn, nil)
	return t.askAgain(ctx)
}

func (t *turn) endStandIn(ctx context.Context, id string) error {
	delegations, err := t.app.Store.Delegations(ctx, t.now)
	if err != nil {
		return fmt.Errorf("load delegations: %w", err)
	}
	for _, d := range delegations {
		if d.ID == id && t.mayEnd(d) {
			d.Cancelled = t.now
			t.delegations = append(t.delegations, d)
			t.say("stand_in.ended")
			return t.tellStandIn(ctx, d.Deputy, t.text("stand_in.over", "kind", d.Kind, "role", t.fieldName(string(d.Role))))
		}
	}
	t.say("stand_in.unknown")
	return nil
}

// mayEnd tells whether a stand-in is the officer's to end.
func (t *turn) mayEnd(d workflow.Delegation) bool {
	return d.Principal == t.officer.ID || t.officer.HasRole(workflow.RoleAdmin)
}

// principal is the officer for whom a stand-in is being named; nobody while an
// admin has still to say who.
func (standInForm) principal(t *turn, all []workflow.Officer) workflow.Officer {
	id := t.officer.ID
	if t.officer.HasRole(workflow.RoleAdmin) {
		id = workflow.OfficerID(t.data().Answers[standInFor])
	}
	for _, o := range all {
		if o.ID == id {
			return o
		}
	}
	return workflow.Officer{}
}

func (k standInForm) form(ctx context.Context, t *turn) (form, error) {
	all, err := t.app.Store.Officers(ctx)
	if err != nil {
		return form{}, fmt.Errorf("list officers: %w", err)
	}
	label := func(key string) workflow.Text { return workflow.Text{ID: t.text(key)} }
	var roles, deputies, principals []workflow.Option
	principal := k.principal(t, all)
	for _, r := range principal.Roles {
		if r == workflow.RoleAdmin {
			continue // its power is not lent
		}
		roles = append(roles, workflow.Option{Key: string(r), Label: workflow.Text{ID: t.fieldName(string(r))}})
	}
	for _, o := range all {
		option := workflow.Option{Key: string(o.ID), Label: workflow.Text{ID: o.Name}}
		if o.ID != principal.ID && !o.Disabled {
			deputies = append(deputies, option)
		}
		if slices.ContainsFunc(o.Roles, func(r workflow.Role) bool { return r != workflow.RoleAdmin }) {
			principals = append(principals, option)
		}
	}
	kinds := []workflow.Option{{Key: "Plh.", Label: label("stand_in.plh")}, {Key: "Plt.", Label: label("stand_in.plt")}}
	fields := []workflow.Field{
		{Key: standInRole, Label: label("stand_in.role"), Type: workflow.FieldChoice, Options: roles},
		{Key: standInDeputy, Label: label("stand_in.deputy"), Type: workflow.FieldChoice, Options: deputies},
		{Key: standInKind, Label: label("stand_in.kind"), Type: workflow.FieldChoice, Options: kinds},
		{Key: standInFrom, Label: label("stand_in.from"), Type: workflow.FieldDate, Default: t.now.In(workflow.WIB()).Format(time.DateOnly)},
		{Key: standInTo, Label: label("stand_in.to"), Type: workflow.FieldDate},
	}
	if len(roles) == 1 && t.data().Answers[standInRole] == "" {
		t.data().set(standInRole, roles[0].Key)
	}
	if t.officer.HasRole(workflow.RoleAdmin) {
		fields = append([]workflow.Field{{Key: standInFor, Label: label("stand_in.principal"), Type: workflow.FieldChoice, Options: principals}}, fields...)
	}
	return form{fields: fields}, nil
}

func (k standInForm) ask(ctx context.Context, t *turn) error {
	f, err := k.form(ctx, t)
	if err != nil {
		return err
	}
	if asked, err := f.ask(ctx, t); asked || err != nil {
		return err
	}
	t.ask(t.text("stand_in.confirm", "summary", f.summary(t)), t.item(standInYes, "stand_in.yes"), t.item("/batal", "menu.cancel"))
	return nil
}

func (k standInForm) back(ctx context.Context, t *turn) error {
	f, err := k.form(ctx, t)
	if err != nil {
		return err
	}
	f.back(t.data())
	return k.ask(ctx, t)
}

func (k standInForm) answer(ctx context.Context, t *turn, in input) error {
	f, err := k.form(ctx, t)
	if err != nil {
		return err
	}
	d := t.data()
	if _, open := f.next(d); open {
		if err := f.answer(ctx, t, in); err != nil {
			return err
		}
		if from, to := d.Answers[standInFrom], d.Answers[standInTo]; to != "" && (to < from || to < t.now.In(workflow.WIB()).Format(time.DateOnly)) {
			t.say("stand_in.backwards")
			delete(d.Answers, standInTo)
		}
		return k.ask(ctx, t)
	}
	if in.choice != standInYes {
		t.say("common.choose")
		return k.ask(ctx, t)
	}
	return k.save(ctx, t)
}

func (k standInForm) save(ctx context.Context, t *turn) error {
	all, err := t.app.Store.Officers(ctx)
	if err != nil {
		return fmt.Errorf("list officers: %w", err)
	}
	principal := k.principal(t, all)
	a := t.data().Answers
	from, err := time.ParseInLocation(time.DateOnly, a[standInFrom], workflow.WIB())
	if err != nil {
		return fmt.Errorf("read first day: %w", err)
	}
	to, err := time.ParseInLocation(time.DateOnly, a[standInTo], workflow.WIB())
	if err != nil {
		return fmt.Errorf("read last day: %w", err)
	}
	role := workflow.Role(a[standInRole])
	if !slices.Contains(principal.Roles, role) || a[standInDeputy] == string(principal.ID) {
		return t.refuse(workflow.Refuse(workflow.CodeForbidden, string(role)))
	}
	d := workflow.Delegation{
		ID: "d" + strconv.FormatInt(t.in.Seq, 36), Kind: a[standInKind], Role: role, Principal: principal.ID,
		Deputy: workflow.OfficerID(a[standInDeputy]), From: from, To: to.AddDate(0, 0, 1),
	}
	t.delegations = append(t.delegations, d)
	t.end()
	t.say("stand_in.saved", "kind", d.Kind, "from", calendar.ShortDate(from, t.lang()), "to", calendar.ShortDate(to, t.lang()))
	return t.tellNamed(ctx, d, principal.Name, officerName(all, d.Deputy))
}

// tellNamed tells the stand-in, and the one he stands in for if somebody else named him.
func (t *turn) tellNamed(ctx context.Context, d workflow.Delegation, principal, deputy string) error {
	args := []any{
		"kind", d.Kind, "role", t.fieldName(string(d.Role)), "principal", principal, "deputy", deputy,
		"from", calendar.ShortDate(d.From, t.lang()), "to", calendar.ShortDate(d.To.Add(-time.Minute), t.lang()),
	}
	if err := t.tellStandIn(ctx, d.Deputy, t.text("stand_in.named", args...)); err != nil || d.Principal == t.officer.ID {
		return err
	}
	return t.tellStandIn(ctx, d.Principal, t.text("stand_in.for_you", args...))
}

// tellStandIn writes to an officer whom a stand-in concerns; what he did himself he
// knows.
func (t *turn) tellStandIn(ctx context.Context, id workflow.OfficerID, text string) error {
	o, err := t.app.Store.Officer(ctx, id)
	if err != nil {
		return fmt.Errorf("load officer: %w", err)
	}
	if o.ID == t.officer.ID || o.Person == "" || o.Disabled {
		return nil
	}
	_, err = t.mailTo(ctx, o.Person, bot.Message{Text: text, Choices: []bot.Choice{{ID: "/tugas", Label: t.text("menu.tasks")}}})
	return err
}
