package tasks

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"izinbot/handlers/form"
	"izinbot/handlers/session"
	"izinbot/handlers/wording"
	"izinbot/notifications/texts"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
	"izinbot/workflow/casework"
)

// disclose tells whether the officer may be shown something of a case that identifies
// the applicant: a form's field or a document. If so, the session records that he was.
func disclose(ctx context.Context, s *session.Session, def *workflow.SOP, id workflow.CaseID, thing string) (bool, error) {
	roles, err := s.Roles(ctx)
	if err != nil || !slices.ContainsFunc(roles, def.SeesIdentity) {
		return false, err
	}
	v := casework.Viewing{Case: id, At: s.Now, Officer: s.Officer.ID, Thing: thing}
	claim, err := v.Claim(ctx, s.Env.Store)
	if err != nil {
		return false, err
	}
	if claim != "" && !slices.Contains(s.Write.Claims, claim) {
		s.Write.Claims = append(s.Write.Claims, claim)
	}
	return true, nil
}

// personal tells whether a document identifies a person, by the procedure of the case or
// by the present one: older versions mark none.
func personal(s *session.Session, def *workflow.SOP, code workflow.DocCode) bool {
	doc, _ := def.Document(code)
	now, _ := s.Env.Desk.Library.Current().Document(code)
	return doc.Personal || now.Personal
}

// FormAnswers lists what the applicant answered, with his identity number masked for
// officers who do not need it.
func FormAnswers(ctx context.Context, s *session.Session, def *workflow.SOP, c workflow.Case) (string, error) {
	answers, note := maps.Clone(c.Form), ""
	for _, f := range def.Form {
		if !f.Personal() || answers[f.Key] == "" {
			continue
		}
		shown, err := disclose(ctx, s, def, c.ID, f.Key)
		if err != nil {
			return "", err
		}
		note = s.Text("identity.recorded")
		if !shown {
			answers[f.Key] = workflow.MaskIdentity(answers[f.Key])
			note = s.Text("identity.masked", "roles", whoMay(s, def, def.SeesIdentity))
		}
	}
	text := s.Text("case.answers", "case", string(c.ID)) + "\n" + wording.Summary(s, def.Form, answers, c.Originals)
	if note != "" {
		text += "\n\n" + note
	}
	return text, nil
}

// whoMay names the roles of a procedure for which a rule holds.
func whoMay(s *session.Session, def *workflow.SOP, rule func(workflow.Role) bool) string {
	var roles []workflow.Role
	for _, r := range def.Roles {
		if rule(r.Role) {
			roles = append(roles, r.Role)
		}
	}
	return wording.RoleNames(s, roles)
}

// WhoSaw lists which officers were shown what identifies the applicant of a case, the
// newest first.
func WhoSaw(ctx context.Context, s *session.Session, arg string) error {
	def, c, err := s.CaseNamed(ctx, arg)
	if err != nil {
		return err
	}
	roles, err := s.Roles(ctx)
	if err != nil {
		return err
	}
	if !session.OverseesIdentity(def, roles) {
		s.Say("identity.not_yours", "case", string(c.ID), "roles", whoMay(s, def, def.OverseesIdentity))
		return s.Repeat(ctx)
	}
	text, err := viewings(ctx, s, def, c.ID)
	if err != nil {
		return err
	}
	return s.Tell(ctx, text, s.Choice("/buka "+string(c.ID), "menu.open"), s.Choice("/tugas", "menu.tasks"))
}

// viewings words the viewings of a case; recent of them at most.
func viewings(ctx context.Context, s *session.Session, def *workflow.SOP, id workflow.CaseID) (string, error) {
	list, err := casework.Viewings(ctx, s.Env.Store, id)
	if err != nil {
		return "", err
	}
	if len(list) == 0 {
		return s.Text("identity.none", "case", string(id)), nil
	}
	officers, err := s.Env.Store.Officers(ctx)
	if err != nil {
		return "", fmt.Errorf("list officers: %w", err)
	}
	var b strings.Builder
	b.WriteString(s.Text("identity.head", "case", string(id)))
	for _, v := range list[:min(len(list), wording.Recent)] {
		name := form.OfficerName(officers, v.Officer)
		if name == "" {
			name = string(v.Officer)
		}
		fmt.Fprintf(&b, "\n• %s · %s · %s", calendar.DateTime(v.At, s.Lang()), name, thing(s, def, v.Thing))
	}
	if more := len(list) - wording.Recent; more > 0 {
		b.WriteString("\n" + s.Text("identity.more", "n", more))
	}
	return b.String(), nil
}

// thing names what was shown: a document or a field of the form.
func thing(s *session.Session, def *workflow.SOP, thing string) string {
	if doc, ok := def.Document(workflow.DocCode(thing)); ok {
		return thing + " " + texts.Cut(doc.Name.In(s.Lang()), wording.OnButton)
	}
	if label := session.FieldLabel(def, thing, s.Lang()); label != "" {
		return label
	}
	return thing
}
