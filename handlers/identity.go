package handlers

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"izinbot/notifications/texts"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
	"izinbot/workflow/casework"
)

// disclose tells whether the officer may be shown something of a case that identifies
// the applicant: a form's field or a document. If so, the turn records that he was.
func (t *turn) disclose(ctx context.Context, def *workflow.SOP, id workflow.CaseID, thing string) (bool, error) {
	roles, err := t.roles(ctx)
	if err != nil || !slices.ContainsFunc(roles, def.SeesIdentity) {
		return false, err
	}
	v := casework.Viewing{Case: id, At: t.now, Officer: t.officer.ID, Thing: thing}
	claim, err := v.Claim(ctx, t.app.Store)
	if err != nil {
		return false, err
	}
	if claim != "" && !slices.Contains(t.claims, claim) {
		t.claims = append(t.claims, claim)
	}
	return true, nil
}

// personal tells whether a document identifies a person, by the procedure of the case or
// by the present one: older versions mark none.
func (t *turn) personal(def *workflow.SOP, code workflow.DocCode) bool {
	doc, _ := def.Document(code)
	now, _ := t.app.Desk.Library.Current().Document(code)
	return doc.Personal || now.Personal
}

// formAnswers lists what the applicant answered, with his identity number masked for
// officers who do not need it.
func (t *turn) formAnswers(ctx context.Context, def *workflow.SOP, c workflow.Case) (string, error) {
	answers, note := maps.Clone(c.Form), ""
	for _, f := range def.Form {
		if !f.Personal() || answers[f.Key] == "" {
			continue
		}
		shown, err := t.disclose(ctx, def, c.ID, f.Key)
		if err != nil {
			return "", err
		}
		note = t.text("identity.recorded")
		if !shown {
			answers[f.Key] = workflow.MaskIdentity(answers[f.Key])
			note = t.text("identity.masked", "roles", t.whoMay(def, def.SeesIdentity))
		}
	}
	text := t.text("case.answers", "case", string(c.ID)) + "\n" + t.summary(def.Form, answers)
	if note != "" {
		text += "\n\n" + note
	}
	return text, nil
}

// whoMay names the roles of a procedure for which a rule holds.
func (t *turn) whoMay(def *workflow.SOP, rule func(workflow.Role) bool) string {
	var roles []workflow.Role
	for _, r := range def.Roles {
		if rule(r.Role) {
			roles = append(roles, r.Role)
		}
	}
	return t.roleNames(roles)
}

// whoSaw lists which officers were shown what identifies the applicant of a case, the
// newest first.
func whoSaw(ctx context.Context, t *turn, arg string) error {
	def, c, ok, err := t.caseArg(ctx, arg)
	if err != nil || !ok {
		return err
	}
	roles, err := t.roles(ctx)
	if err != nil {
		return err
	}
	if !overseesIdentity(def, roles) {
		t.say("identity.not_yours", "case", string(c.ID), "roles", t.whoMay(def, def.OverseesIdentity))
		return t.askAgain(ctx)
	}
	text, err := t.viewings(ctx, def, c.ID)
	if err != nil {
		return err
	}
	if t.state.Open != nil {
		t.replyText(text)
		return t.askAgain(ctx)
	}
	t.ask(text, t.item("/buka "+string(c.ID), "menu.open"), t.item("/tugas", "menu.tasks"))
	return nil
}

// viewings words the viewings of a case; recent of them at most.
func (t *turn) viewings(ctx context.Context, def *workflow.SOP, id workflow.CaseID) (string, error) {
	list, err := casework.Viewings(ctx, t.app.Store, id)
	if err != nil {
		return "", err
	}
	if len(list) == 0 {
		return t.text("identity.none", "case", string(id)), nil
	}
	officers, err := t.app.Store.Officers(ctx)
	if err != nil {
		return "", fmt.Errorf("list officers: %w", err)
	}
	var b strings.Builder
	b.WriteString(t.text("identity.head", "case", string(id)))
	for _, v := range list[:min(len(list), recent)] {
		name := officerName(officers, v.Officer)
		if name == "" {
			name = string(v.Officer)
		}
		fmt.Fprintf(&b, "\n• %s · %s · %s", calendar.DateTime(v.At, t.lang()), name, t.thing(def, v.Thing))
	}
	if more := len(list) - recent; more > 0 {
		b.WriteString("\n" + t.text("identity.more", "n", more))
	}
	return b.String(), nil
}

// thing names what was shown: a document or a field of the form.
func (t *turn) thing(def *workflow.SOP, thing string) string {
	if doc, ok := def.Document(workflow.DocCode(thing)); ok {
		return thing + " " + texts.Cut(doc.Name.In(t.lang()), onButton)
	}
	if label := fieldLabel(def, thing, t.lang()); label != "" {
		return label
	}
	return thing
}
