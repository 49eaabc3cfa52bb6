package session

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/store"
)

// MailOthers writes to other chats of the person, with the commands that he has now.
func (s *Session) MailOthers(ctx context.Context, chats []bot.Address, m bot.Message) error {
	roles, err := s.Roles(ctx)
	if err != nil {
		return err
	}
	m.Menu, m.Lang = s.Env.CommandMenu(s.Lang(), roles), string(s.Lang())
	for _, chat := range chats {
		s.Mail = append(s.Mail, bot.Delivery{
			ID: s.In.ID + "/mail/" + strconv.Itoa(len(s.Mail)+1), Chat: chat, Notice: true, Message: m, Created: s.Now,
		})
	}
	return nil
}

// MailRoles writes to everybody who holds one of the roles now, stand-ins
// included, each once, but not to some officers. It gives how many can be reached.
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
			return err == nil
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
	s.Mail = append(s.Mail, bot.Delivery{
		ID: s.In.ID + "/mail/" + strconv.Itoa(len(s.Mail)+1), Chat: p.Addresses[0],
		Notice: true, Message: m, Created: s.Now,
	})
	return true, nil
}
