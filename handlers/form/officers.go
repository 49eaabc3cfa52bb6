package form

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"izinbot/handlers/session"
	"izinbot/workflow"
)

// askOfficers asks for one or more officers of the field's role; the first picked
// is the head.
func askOfficers(ctx context.Context, s *session.Session, d *State, question string, field workflow.Field) error {
	list, err := Holders(ctx, s, field.Role)
	if err != nil {
		return err
	}
	var items []session.Choice
	for _, o := range list {
		if !slices.Contains(d.Picked, string(o.ID)) {
			items = append(items, session.Choice{ID: choiceOfficer.ID(o.ID), Label: o.Name})
		}
	}
	if len(d.Picked) == 0 {
		if len(items) == 0 {
			s.Ask(s.Text("form.nobody", "role", s.FieldName(string(field.Role))), s.Choice("/batal", "menu.cancel"))
			return nil
		}
		s.Ask(question+"\n"+s.Text("form.pick_first"), items...)
		return nil
	}
	names := make([]string, len(d.Picked))
	for i, id := range d.Picked {
		names[i] = OfficerName(list, workflow.OfficerID(id))
	}
	items = append(items, s.Choice(ChoiceDone, "form.picked_done"))
	s.Ask(s.Text("form.pick_more", "names", strings.Join(names, ", ")), items...)
	return nil
}

func pickOfficer(ctx context.Context, s *session.Session, d *State, field workflow.Field, in session.Input) error {
	if in.Choice == ChoiceDone || strings.EqualFold(in.Text, "selesai") {
		if len(d.Picked) > 0 {
			d.Set(field.Key, strings.Join(d.Picked, "\n"))
			d.Picked = nil
		}
		return nil
	}
	id, ok := choiceOfficer.Parse(in.Choice)
	if !ok {
		s.Say("form.choose", "label", field.Label.In(s.Lang()))
		return nil
	}
	list, err := Holders(ctx, s, field.Role)
	if err != nil {
		return err
	}
	if OfficerName(list, id) != "" && !slices.Contains(d.Picked, string(id)) {
		d.Picked = append(d.Picked, string(id))
	}
	return nil
}

// Holders lists the officers who hold a role in their own right and have joined.
func Holders(ctx context.Context, s *session.Session, role workflow.Role) ([]workflow.Officer, error) {
	all, err := s.Env.Store.Officers(ctx)
	if err != nil {
		return nil, fmt.Errorf("list officers: %w", err)
	}
	return slices.DeleteFunc(all, func(o workflow.Officer) bool { return o.Disabled || !o.HasRole(role) }), nil
}

// OfficerName gives an officer's name; "" if he is not in the list.
func OfficerName(list []workflow.Officer, id workflow.OfficerID) string {
	for _, o := range list {
		if o.ID == id {
			return o.Name
		}
	}
	return ""
}
