package session

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/calendar"
	"izinbot/workflow/casework"
)

// Applicant is the person as an actor in his own case.
func (s *Session) Applicant() workflow.Actor {
	return workflow.Actor{Person: s.Person.ID, Role: workflow.RoleApplicant, Name: s.Person.Name}
}

// ApplicantOf is [Session.Applicant] as a case knows him, whoever he turned out to be.
func (s *Session) ApplicantOf(c workflow.Case) workflow.Actor {
	actor := s.Applicant()
	if s.Person.Is(c.Applicant) {
		actor.Person = c.Applicant
	}
	return actor
}

// Acting is the officer as an actor of a role of the procedure, in his own right
// or as a stand-in. CodeForbidden.
func (s *Session) Acting(ctx context.Context, def *workflow.SOP, role workflow.Role) (workflow.Actor, error) {
	if s.Officer == nil {
		return workflow.Actor{}, workflow.Refuse(workflow.CodeForbidden, string(role))
	}
	delegations, err := s.Env.Store.Delegations(ctx, s.Now)
	if err != nil {
		return workflow.Actor{}, fmt.Errorf("load delegations: %w", err)
	}
	rd, _ := def.RoleDef(role)
	actor, err := s.Officer.As(role, rd.Title, delegations, s.Now)
	if stood, ok := errors.AsType[*workflow.Error](err); ok && stood.Code == workflow.CodeStoodIn {
		deputy, err := s.Env.Store.Officer(ctx, workflow.OfficerID(stood.By))
		if err != nil {
			return actor, fmt.Errorf("load stand-in: %w", err)
		}
		named := *stood
		named.By = deputy.Name
		return actor, &named
	}
	return actor, err
}

// Roles lists the roles that the officer may act in now.
func (s *Session) Roles(ctx context.Context) ([]workflow.Role, error) {
	if s.Officer == nil {
		return nil, nil
	}
	roles := append([]workflow.Role(nil), s.Officer.Roles...)
	delegations, err := s.Env.Store.Delegations(ctx, s.Now)
	if err != nil {
		return nil, fmt.Errorf("load delegations: %w", err)
	}
	for _, d := range delegations {
		if d.Deputy == s.Officer.ID && d.Active(s.Now) {
			roles = append(roles, d.Role)
		}
	}
	return roles, nil
}

// Do carries an officer's act to a case in the given role, most often the one that the
// case waits for. A refusal is told, with ErrAnswered.
func (s *Session) Do(ctx context.Context, id workflow.CaseID, role workflow.Role, act workflow.Act, proof workflow.Proof) (casework.Result, error) {
	def, _, err := s.Work.Case(ctx, id)
	if err != nil {
		return casework.Result{}, err
	}
	actor, err := s.Acting(ctx, def, role)
	if err != nil {
		return casework.Result{}, s.refused(err)
	}
	return s.carry(ctx, id, workflow.Command{Actor: actor, Act: act, Proof: proof})
}

// DoAsApplicant carries an applicant's act to his own case. A refusal is told, with
// ErrAnswered.
func (s *Session) DoAsApplicant(ctx context.Context, id workflow.CaseID, act workflow.Act) (casework.Result, error) {
	_, c, err := s.Work.Case(ctx, id)
	if err != nil {
		return casework.Result{}, s.refused(err)
	}
	return s.carry(ctx, id, workflow.Command{Actor: s.ApplicantOf(c), Act: act})
}

func (s *Session) carry(ctx context.Context, id workflow.CaseID, cmd workflow.Command) (casework.Result, error) {
	r, err := s.Work.Do(ctx, id, cmd)
	if err == nil && r.Refused != nil {
		err = r.Refused
	}
	if err == nil {
		return r, nil
	}
	look := ""
	if cmd.Actor.Officer != "" {
		look = "BUKA " + string(id)
	}
	if err := s.refuse(err, look); err != nil {
		return r, err
	}
	return r, ErrAnswered
}

// refused is Refuse for where nothing more is to be said: it gives ErrAnswered.
func (s *Session) refused(err error) error {
	if err := s.Refuse(err); err != nil {
		return err
	}
	return ErrAnswered
}

// Refuse tells a refusal in the person's words. An error that is no refusal, or a
// conflict that the runner must see, is passed on.
func (s *Session) Refuse(err error) error { return s.refuse(err, "") }

// refuse is Refuse with the command that shows where the case is; "" for that of applicants.
func (s *Session) refuse(err error, look string) error {
	code := workflow.CodeOf(err)
	notRefused := []workflow.Code{"", workflow.CodeConflict, workflow.CodeUnavailable, workflow.CodeDuplicate}
	if slices.Contains(notRefused, code) {
		return err
	}
	if code == workflow.CodeDamaged {
		s.Env.Log.Error("record cannot be read", slog.Any("error", err))
	}
	e, _ := errors.AsType[*workflow.Error](err)
	s.Say("refused."+string(code), "field", s.FieldName(e.Field), "by", e.By, "at", s.when(e.At), "look", look)
	return nil
}

// when shows an instant of a refusal: the time today, else the day too.
func (s *Session) when(rfc3339 string) string {
	at, err := time.Parse(time.RFC3339, rfc3339)
	if err != nil {
		return rfc3339
	}
	if calendar.Date(at, s.Lang()) == calendar.Date(s.Now, s.Lang()) {
		return calendar.Time(at)
	}
	return calendar.ShortDateTime(at, s.Lang())
}

// FieldName gives the name that people know for what a refusal is about: a role, a
// field or a line of a check table by its name, document codes as they are.
func (s *Session) FieldName(field string) string {
	def := s.Env.Desk.Library.Current()
	if rd, ok := def.RoleDef(workflow.Role(field)); ok {
		return rd.Name.In(s.Lang())
	}
	if name := FieldLabel(def, field, s.Lang()); name != "" {
		return name
	}
	switch field {
	case "location", "photos", "conclusion", "recipient", "identity_checked":
		return s.Text("field." + field)
	}
	return field
}

// FieldLabel finds the label of a form's or step's field, or of a check item.
func FieldLabel(def *workflow.SOP, key string, lang workflow.Lang) string {
	fields := slices.Clone(def.Form)
	for _, s := range def.Steps {
		fields = append(fields, s.Fields...)
		for _, item := range s.Checklist {
			if item.Key == key {
				return item.Text
			}
		}
	}
	for _, f := range fields {
		if f.Key == key {
			return f.Label.In(lang)
		}
	}
	return ""
}
