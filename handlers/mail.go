package handlers

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/store"
)

// mailRoles writes to everybody who holds one of the roles now, stand-ins
// included, each once, but not to some officers. It gives how many can be reached.
func (t *turn) mailRoles(ctx context.Context, roles []workflow.Role, m bot.Message, but ...workflow.OfficerID) (int, error) {
	officers, err := t.app.Store.Officers(ctx)
	if err != nil {
		return 0, fmt.Errorf("list officers: %w", err)
	}
	delegations, err := t.app.Store.Delegations(ctx, t.now)
	if err != nil {
		return 0, fmt.Errorf("load delegations: %w", err)
	}
	reached := 0
	for _, o := range officers {
		if o.Person == "" || slices.Contains(but, o.ID) || !slices.ContainsFunc(roles, func(r workflow.Role) bool {
			_, err := o.As(r, "", delegations, t.now)
			return err == nil
		}) {
			continue
		}
		ok, err := t.mailTo(ctx, o.Person, m)
		if err != nil {
			return 0, err
		}
		if ok {
			reached++
		}
	}
	return reached, nil
}

// mailTo writes to the chat that a person used last; false if there is none.
func (t *turn) mailTo(ctx context.Context, to workflow.PersonID, m bot.Message) (bool, error) {
	p, err := store.PersonNow(ctx, t.app.Store, to)
	switch {
	case workflow.CodeOf(err) == workflow.CodeNotFound:
		return false, nil
	case err != nil:
		return false, fmt.Errorf("load person: %w", err)
	case len(p.Addresses) == 0:
		return false, nil
	}
	t.mail = append(t.mail, bot.Delivery{
		ID: t.in.ID + "/mail/" + strconv.Itoa(len(t.mail)+1), Chat: bot.Address(p.Addresses[0]),
		Notice: true, Message: m, Created: t.now,
	})
	return true, nil
}
