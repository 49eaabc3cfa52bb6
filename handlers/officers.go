package handlers

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"izinbot/workflow"
)

// askOfficers asks for one or more officers of the field's role; the first picked
// is the head.
func (t *turn) askOfficers(ctx context.Context, question string, field workflow.Field) error {
	list, err := t.holders(ctx, field.Role)
	if err != nil {
		return err
	}
	picked := t.data().Picked
	var items []Item
	for _, o := range list {
		if !slices.Contains(picked, string(o.ID)) {
			items = append(items, Item{ID: "p." + string(o.ID), Label: o.Name})
		}
	}
	if len(picked) == 0 {
		if len(items) == 0 {
			t.ask(t.text("form.nobody", "role", t.fieldName(string(field.Role))), t.item("/batal", "menu.cancel"))
			return nil
		}
		t.ask(question+"\n"+t.text("form.pick_first"), items...)
		return nil
	}
	names := make([]string, len(picked))
	for i, id := range picked {
		names[i] = officerName(list, workflow.OfficerID(id))
	}
	items = append(items, t.item(choiceDone, "form.picked_done"))
	t.ask(t.text("form.pick_more", "names", strings.Join(names, ", ")), items...)
	return nil
}

func (t *turn) pickOfficer(ctx context.Context, field workflow.Field, in input) error {
	d := t.data()
	if in.choice == choiceDone || strings.EqualFold(in.text, "selesai") {
		if len(d.Picked) > 0 {
			d.set(field.Key, strings.Join(d.Picked, "\n"))
			d.Picked = nil
		}
		return nil
	}
	id, ok := strings.CutPrefix(in.choice, "p.")
	if !ok {
		t.say("form.choose", "label", field.Label.In(t.lang()))
		return nil
	}
	list, err := t.holders(ctx, field.Role)
	if err != nil {
		return err
	}
	if officerName(list, workflow.OfficerID(id)) != "" && !slices.Contains(d.Picked, id) {
		d.Picked = append(d.Picked, id)
	}
	return nil
}

// holders lists the officers who hold a role in their own right and have joined.
func (t *turn) holders(ctx context.Context, role workflow.Role) ([]workflow.Officer, error) {
	all, err := t.app.Store.Officers(ctx)
	if err != nil {
		return nil, fmt.Errorf("list officers: %w", err)
	}
	return slices.DeleteFunc(all, func(o workflow.Officer) bool { return o.Disabled || !o.HasRole(role) }), nil
}

func officerName(list []workflow.Officer, id workflow.OfficerID) string {
	for _, o := range list {
		if o.ID == id {
			return o.Name
		}
	}
	return ""
}
