package handlers

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

// applicant is the person as an actor in his own case.
func (t *turn) applicant() workflow.Actor {
	return workflow.Actor{Person: t.person.ID, Role: workflow.RoleApplicant, Name: t.person.Name}
}

// acting is the officer as an actor of a role of the procedure, in his own right
// or as a stand-in. CodeForbidden.
func (t *turn) acting(ctx context.Context, def *workflow.SOP, role workflow.Role) (workflow.Actor, error) {
	if t.officer == nil {
		return workflow.Actor{}, workflow.Refuse(workflow.CodeForbidden, string(role))
	}
	delegations, err := t.app.Store.Delegations(ctx, t.now)
	if err != nil {
		return workflow.Actor{}, fmt.Errorf("load delegations: %w", err)
	}
	rd, _ := def.RoleDef(role)
	return t.officer.As(role, rd.Title, delegations, t.now)
}

// roles lists the roles that the officer may act in now.
func (t *turn) roles(ctx context.Context) ([]workflow.Role, error) {
	if t.officer == nil {
		return nil, nil
	}
	roles := append([]workflow.Role(nil), t.officer.Roles...)
	delegations, err := t.app.Store.Delegations(ctx, t.now)
	if err != nil {
		return nil, fmt.Errorf("load delegations: %w", err)
	}
	for _, d := range delegations {
		if d.Deputy == t.officer.ID && d.Active(t.now) {
			roles = append(roles, d.Role)
		}
	}
	return roles, nil
}

// do carries an officer's act to a case in the role whose turn it is (or the given
// one), and tells a refusal. ok is false if it was refused.
func (t *turn) do(ctx context.Context, id workflow.CaseID, role workflow.Role, act workflow.Act, proof workflow.Proof) (casework.Result, bool, error) {
	def, _, err := t.work.Case(ctx, id)
	if err != nil {
		return casework.Result{}, false, err
	}
	actor, err := t.acting(ctx, def, role)
	if err != nil {
		return casework.Result{}, false, t.refuse(err)
	}
	return t.carry(ctx, id, workflow.Command{Actor: actor, Act: act, Proof: proof})
}

// doApplicant carries an applicant's act to his own case.
func (t *turn) doApplicant(ctx context.Context, id workflow.CaseID, act workflow.Act) (casework.Result, bool, error) {
	_, c, err := t.work.Case(ctx, id)
	if err != nil {
		return casework.Result{}, false, t.refuse(err)
	}
	actor := t.applicant()
	if t.owns(c) {
		actor.Person = c.Applicant // as the case knows him, whoever he turned out to be
	}
	return t.carry(ctx, id, workflow.Command{Actor: actor, Act: act})
}

func (t *turn) carry(ctx context.Context, id workflow.CaseID, cmd workflow.Command) (casework.Result, bool, error) {
	r, err := t.work.Do(ctx, id, cmd)
	if err != nil {
		return r, false, t.refuse(err)
	}
	if r.Refused != nil {
		return r, false, t.refuse(r.Refused)
	}
	return r, true, nil
}

// refuse tells a refusal in the person's words. An error that is no refusal, or a
// conflict that the runner must see, is passed on.
func (t *turn) refuse(err error) error {
	code := workflow.CodeOf(err)
	notRefused := []workflow.Code{"", workflow.CodeConflict, workflow.CodeUnavailable, workflow.CodeDuplicate}
	if slices.Contains(notRefused, code) {
		return err
	}
	if code == workflow.CodeDamaged {
		t.app.Log.Error("record cannot be read", slog.Any("error", err))
	}
	e := asRefusal(err)
	t.say("refused."+string(code), "field", t.fieldName(e.Field), "by", e.By, "at", t.when(e.At))
	return nil
}

// asRefusal gives the refusal in an error's chain, or nil.
func asRefusal(err error) *workflow.Error {
	e, _ := errors.AsType[*workflow.Error](err)
	return e
}

// when shows an instant of a refusal: the time today, else the day too.
func (t *turn) when(rfc3339 string) string {
	at, err := time.Parse(time.RFC3339, rfc3339)
	if err != nil {
		return rfc3339
	}
	if calendar.Date(at, t.lang()) == calendar.Date(t.now, t.lang()) {
		return calendar.Time(at)
	}
	return calendar.ShortDateTime(at, t.lang())
}
