package session

import (
	"context"
	"fmt"
	"slices"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/store"
)

// MailOthers writes to the chats of a person but this one, with the commands that he has now.
func (s *Session) MailOthers(ctx context.Context, p store.Person, m bot.Message) error {
	as := &Session{Env: s.Env, Now: s.Now, Person: p}
	if err := as.loadOfficer(ctx); err != nil {
		return err
	}
	roles, err := as.Roles(ctx)
	if err != nil {
		return err
	}
	m.Menu, m.Lang = s.Env.CommandMenu(p.Lang, roles), string(p.Lang)
	for _, chat := range p.Addresses {
		if chat != s.In.Chat {
			s.send(chat, m)
		}
	}
	return nil
}

// MailRoles writes to everybody who holds one of the roles now, stand-ins and those for whom
// they stand in included, each once, but not to some officers. It gives how many can be reached.
func (s *Session) MailRoles(ctx context.Context, roles []workflow.Role, m bot.Message, but ...workflow.OfficerID) (int, error) {
	officers, err := s.Env.Store.Officers(ctx)
	if err != nil {
		return 0, fmt.Errorf("list officers: %w", err)
	}
	delegations, err := s.Env.Store.Delegations(ctx, s.Now)
	if err != nil {
		return 0, fmt.Errorf("load delegations: %w", err)
	}
	reached := 0
	for _, o := range officers {
		if o.Person == "" || slices.Contains(but, o.ID) || !slices.ContainsFunc(roles, func(r workflow.Role) bool {
			_, err := o.As(r, "", delegations, s.Now)
			return err == nil || workflow.CodeOf(err) == workflow.CodeStoodIn
		}) {
			continue
		}
		ok, err := s.MailTo(ctx, o.Person, m)
		if err != nil {
			return 0, err
		}
		if ok {
			reached++
		}
	}
	return reached, nil
}

// MailTo writes to the chat that a person used last; false if there is none.
func (s *Session) MailTo(ctx context.Context, to workflow.PersonID, m bot.Message) (bool, error) {
	p, err := store.PersonNow(ctx, s.Env.Store, to)
	switch {
	case workflow.CodeOf(err) == workflow.CodeNotFound:
		return false, nil
	case err != nil:
		return false, fmt.Errorf("load person: %w", err)
	case len(p.Addresses) == 0:
		return false, nil
	}
	s.send(p.Addresses[0], m)
	return true, nil
}
