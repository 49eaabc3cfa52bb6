package account

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"izinbot/bot"
	"izinbot/handlers/form"
	"izinbot/handlers/session"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
	"izinbot/workflow/store"
)

// StandIn names a stand-in (Plh. or Plt.) for one of the officer's own roles,
// from one day to another. An admin does so for anybody.
type StandIn struct{ form.State }

// Name implements [session.Dialogue].
func (*StandIn) Name() string { return "stand_in" }

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

// BeginStandIn is the command plh: with "akhiri <id>" it ends a stand-in early.
func BeginStandIn(ctx context.Context, s *session.Session, arg string) error {
	if id, ok := strings.CutPrefix(arg, "akhiri "); ok {
		return endStandIn(ctx, s, strings.TrimSpace(id))
	}
	delegations, err := s.Env.Store.Delegations(ctx, s.Now)
	if err != nil {
		return fmt.Errorf("load delegations: %w", err)
	}
	for _, d := range delegations {
		if mayEnd(s, d) && d.Cancelled.IsZero() {
			deputy, err := s.Env.Store.Officer(ctx, d.Deputy)
			if err != nil {
				return fmt.Errorf("load deputy: %w", err)
			}
			s.Ask(s.Text("stand_in.is", "kind", d.Kind, "role", s.FieldName(string(d.Role)), "name", deputy.Name,
				"from", calendar.ShortDate(d.From, s.Lang()), "to", calendar.ShortDate(d.To.Add(-time.Minute), s.Lang())),
				s.Choice("/plh akhiri "+d.ID, "stand_in.end"))
		}
	}
	return s.Begin(ctx, new(StandIn))
}

func endStandIn(ctx context.Context, s *session.Session, id string) error {
	delegations, err := s.Env.Store.Delegations(ctx, s.Now)
	if err != nil {
		return fmt.Errorf("load delegations: %w", err)
	}
	for _, d := range delegations {
		if d.ID == id && mayEnd(s, d) {
			d.Cancelled = s.Now
			s.Write.Delegations = append(s.Write.Delegations, d)
			s.Say("stand_in.ended")
			return tellStandIn(ctx, s, d.Deputy, s.Text("stand_in.over", "kind", d.Kind, "role", s.FieldName(string(d.Role))))
		}
	}
	s.Say("stand_in.unknown")
	return nil
}

// mayEnd tells whether a stand-in is the officer's to end.
func mayEnd(s *session.Session, d workflow.Delegation) bool {
	return d.Principal == s.Officer.ID || s.Officer.HasRole(workflow.RoleAdmin)
}

// principal is the officer for whom a stand-in is being named; nobody while an
// admin has still to say who.
func (k *StandIn) principal(s *session.Session, all []workflow.Officer) workflow.Officer {
	id := s.Officer.ID
	if s.Officer.HasRole(workflow.RoleAdmin) {
		id = workflow.OfficerID(k.Answers[standInFor])
	}
	for _, o := range all {
		if o.ID == id {
			return o
		}
	}
	return workflow.Officer{}
}

func (k *StandIn) form(ctx context.Context, s *session.Session) (form.Form, error) {
	all, err := s.Env.Store.Officers(ctx)
	if err != nil {
		return form.Form{}, fmt.Errorf("list officers: %w", err)
	}
	label := func(key string) workflow.Text { return workflow.Text{ID: s.Text(key)} }
	var roles, principals []workflow.Option
	principal := k.principal(s, all)
	for _, r := range principal.Roles {
		if r == workflow.RoleAdmin {
			continue // its power is not lent
		}
		roles = append(roles, workflow.Option{Key: string(r), Label: workflow.Text{ID: s.FieldName(string(r))}})
	}
	for _, o := range all {
		option := workflow.Option{Key: string(o.ID), Label: workflow.Text{ID: o.Name}}
		if slices.ContainsFunc(o.Roles, func(r workflow.Role) bool { return r != workflow.RoleAdmin }) {
			principals = append(principals, option)
		}
	}
	kinds := []workflow.Option{{Key: "Plh.", Label: label("stand_in.plh")}, {Key: "Plt.", Label: label("stand_in.plt")}}
	fields := []workflow.Field{
		{Key: standInDeputy, Label: label("stand_in.deputy"), Type: workflow.FieldChoice, Options: k.deputies(s, all, principal)},
		{Key: standInKind, Label: label("stand_in.kind"), Type: workflow.FieldChoice, Options: kinds},
		{Key: standInFrom, Label: label("stand_in.from"), Type: workflow.FieldDate, Default: s.Now.In(workflow.WIB()).Format(time.DateOnly)},
		{Key: standInTo, Label: label("stand_in.to"), Type: workflow.FieldDate},
	}
	if len(roles) == 1 {
		k.one(standInRole, roles[0].Key) // there is nothing to ask
	} else {
		role := workflow.Field{Key: standInRole, Label: label("stand_in.role"), Type: workflow.FieldChoice, Options: roles}
		fields = append([]workflow.Field{role}, fields...)
	}
	if s.Officer.HasRole(workflow.RoleAdmin) {
		fields = append([]workflow.Field{{Key: standInFor, Label: label("stand_in.principal"), Type: workflow.FieldChoice, Options: principals}}, fields...)
	}
	return form.Form{Fields: fields}, nil
}

// one records an answer that needs no question.
func (k *StandIn) one(key, value string) {
	edit := k.Edit
	k.Set(key, value)
	k.Edit = edit
}

// deputies lists who may stand in for somebody: officers who have joined, the highest roles
// first, each with the name of his.
func (k *StandIn) deputies(s *session.Session, all []workflow.Officer, principal workflow.Officer) []workflow.Option {
	def := s.Env.Desk.Library.Current()
	roles := slices.Clone(def.Roles)
	slices.SortStableFunc(roles, func(a, b workflow.RoleDef) int { return len(def.Above(a.Role)) - len(def.Above(b.Role)) })
	var out []workflow.Option
	listed := map[workflow.OfficerID]bool{principal.ID: true}
	add := func(o workflow.Officer, label string) {
		if !listed[o.ID] && !o.Disabled && o.Person != "" {
			listed[o.ID] = true
			out = append(out, workflow.Option{Key: string(o.ID), Label: workflow.Text{ID: label}})
		}
	}
	for _, rd := range roles {
		for _, o := range all {
			if o.HasRole(rd.Role) {
				add(o, o.Name+" ("+s.FieldName(string(rd.Role))+")")
			}
		}
	}
	for _, o := range all {
		add(o, o.Name) // without a role in the procedure
	}
	return out
}

// Ask implements [session.Dialogue].
func (k *StandIn) Ask(ctx context.Context, s *session.Session) error {
	f, err := k.form(ctx, s)
	if err != nil {
		return err
	}
	if asked, err := f.Ask(ctx, s, &k.State); asked || err != nil {
		return err
	}
	s.Ask(s.Text("stand_in.confirm", "summary", f.Summary(s, &k.State)), s.Choice(standInYes, "stand_in.yes"), s.Choice("/batal", "menu.cancel"))
	return nil
}

// Back implements [session.Backer].
func (k *StandIn) Back(ctx context.Context, s *session.Session) error {
	f, err := k.form(ctx, s)
	if err != nil {
		return err
	}
	f.Back(&k.State)
	return k.Ask(ctx, s)
}

// Answer implements [session.Dialogue].
func (k *StandIn) Answer(ctx context.Context, s *session.Session, in session.Input) error {
	f, err := k.form(ctx, s)
	if err != nil {
		return err
	}
	if _, open := f.Next(&k.State); open {
		if err := f.Answer(ctx, s, &k.State, in); err != nil {
			return err
		}
		k.checkDays(s)
		return k.Ask(ctx, s)
	}
	if in.Choice != standInYes {
		return s.Choose(ctx)
	}
	return k.save(ctx, s)
}

// Change implements [session.Changer].
func (k *StandIn) Change(ctx context.Context, s *session.Session, t session.Typed, text string) (session.Change, bool, error) {
	f, err := k.form(ctx, s)
	if err != nil {
		return session.Change{}, false, err
	}
	c, ok := f.Change(s, &k.State, t, text)
	return c, ok, nil
}

// Replace implements [session.Changer].
func (k *StandIn) Replace(ctx context.Context, s *session.Session, key, value string) error {
	f, err := k.form(ctx, s)
	if err == nil && f.Replace(&k.State, key, value) {
		k.checkDays(s)
	}
	return err
}

// checkDays asks anew for a last day that does not fit.
func (k *StandIn) checkDays(s *session.Session) {
	from, to := k.Answers[standInFrom], k.Answers[standInTo]
	if to != "" && (to < from || to < s.Now.In(workflow.WIB()).Format(time.DateOnly)) {
		s.Say("stand_in.backwards")
		delete(k.Answers, standInTo)
	}
}

func (k *StandIn) save(ctx context.Context, s *session.Session) error {
	all, err := s.Env.Store.Officers(ctx)
	if err != nil {
		return fmt.Errorf("list officers: %w", err)
	}
	principal := k.principal(s, all)
	a := k.Answers
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
		return s.Refuse(workflow.Refuse(workflow.CodeForbidden, string(role)))
	}
	d := workflow.Delegation{
		ID: "d" + strconv.FormatInt(s.In.Seq, 36), Kind: a[standInKind], Role: role, Principal: principal.ID,
		Deputy: workflow.OfficerID(a[standInDeputy]), From: from, To: to.AddDate(0, 0, 1),
	}
	s.Write.Delegations = append(s.Write.Delegations, d)
	s.End()
	s.Say("stand_in.saved", "kind", d.Kind, "name", form.OfficerName(all, d.Deputy),
		"from", calendar.ShortDate(from, s.Lang()), "to", calendar.ShortDate(to, s.Lang()))
	return tellNamed(ctx, s, d, principal.Name, form.OfficerName(all, d.Deputy))
}

// countUpTo bounds what a stand-in is told to wait for him.
const countUpTo = 100

// tellNamed tells the stand-in, and the one he stands in for if somebody else named him.
func tellNamed(ctx context.Context, s *session.Session, d workflow.Delegation, principal, deputy string) error {
	args := []any{
		"kind", d.Kind, "role", s.FieldName(string(d.Role)), "principal", principal, "deputy", deputy,
		"from", calendar.ShortDate(d.From, s.Lang()), "to", calendar.ShortDate(d.To.Add(-time.Minute), s.Lang()),
	}
	waiting, err := s.Env.Store.Tasks(ctx, store.TaskQuery{Roles: []workflow.Role{d.Role}, Holder: d.Principal, Limit: countUpTo})
	if err != nil {
		return fmt.Errorf("count waiting tasks: %w", err)
	}
	n := strconv.Itoa(len(waiting))
	if len(waiting) == countUpTo {
		n += "+"
	}
	args = append(args, "waiting", n)
	if err := tellStandIn(ctx, s, d.Deputy, s.Text("stand_in.named", args...)); err != nil || d.Principal == s.Officer.ID {
		return err
	}
	return tellStandIn(ctx, s, d.Principal, s.Text("stand_in.for_you", args...))
}

// tellStandIn writes to an officer whom a stand-in concerns; what he did himself he
// knows.
func tellStandIn(ctx context.Context, s *session.Session, id workflow.OfficerID, text string) error {
	o, err := s.Env.Store.Officer(ctx, id)
	if err != nil {
		return fmt.Errorf("load officer: %w", err)
	}
	if o.ID == s.Officer.ID || o.Person == "" || o.Disabled {
		return nil
	}
	_, err = s.MailTo(ctx, o.Person, bot.Message{Text: text, Choices: []bot.Choice{{ID: "/tugas", Label: s.Text("menu.tasks")}}})
	return err
}
