package account

import (
	"context"
	"fmt"

	"izinbot/handlers/session"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
	"izinbot/workflow/store"
)

// Link gives a code for the person's other chat, or takes one from there.
func Link(ctx context.Context, s *session.Session, arg string) error {
	if arg == "" {
		return giveLinkCode(ctx, s)
	}
	hash, err := tryLinkCode(ctx, s, arg)
	if err != nil {
		return err
	}
	if hash == "" {
		return s.Repeat(ctx)
	}
	return s.Begin(ctx, &Linking{Hash: hash})
}

// giveLinkCode makes the person's only good code. An officer gets none: what links
// a chat to his rights is confirmed in his own chat, so the code comes from the
// other one.
func giveLinkCode(ctx context.Context, s *session.Session) error {
	officer, err := isOfficer(ctx, s, s.Person.ID)
	switch {
	case err != nil:
		return err
	case officer:
		s.Say("link.officer_takes")
		return s.Repeat(ctx)
	case len(s.Person.Addresses) >= store.MaxAddresses:
		s.Say("link.full", "max", store.MaxAddresses)
		return s.Repeat(ctx)
	}
	code, inv, err := newLinkCode(s.Env.Random, s.Person.ID, s.Now)
	if err != nil {
		return err
	}
	s.Write.Invitations = append(s.Write.Invitations, inv)
	s.Person.Linking.Code = inv.Hash
	s.Write.Person(s.Person)
	link := ""
	if s.In.Chat.Channel() != "telegram" {
		link = s.Env.Link(linkWord(code))
	}
	s.Say("link.code", "code", code, "minutes", int(LinkLife.Minutes()), "link", link)
	return s.Repeat(ctx)
}

// isOfficer tells whether a person is an officer, be it one who is disabled.
func isOfficer(ctx context.Context, s *session.Session, p workflow.PersonID) (bool, error) {
	_, err := s.Env.Store.OfficerOf(ctx, p)
	if err != nil && workflow.CodeOf(err) != workflow.CodeNotFound {
		return false, fmt.Errorf("load officer: %w", err)
	}
	return err == nil, nil
}

// tryLinkCode gives the hash of a good code that may be used here. What is wrong
// with another one is told, and guesses are counted.
func tryLinkCode(ctx context.Context, s *session.Session, typed string) (string, error) {
	state := &s.Person.Linking
	if s.Now.Before(state.Locked) {
		s.Say("link.locked", "until", calendar.Time(state.Locked))
		return "", nil
	}
	code, ok := ParseLinkCode(typed)
	if !ok {
		s.Say("link.mistyped")
		return "", nil
	}
	hash, err := hashLinkCode(code)
	if err != nil {
		return "", err
	}
	owner, key, err := linkOwner(ctx, s, hash)
	if err != nil {
		return "", err
	}
	if key == "link.unknown" {
		wrongLinkCode(s)
		return "", nil
	}
	if key == "" {
		key, err = whyNotLink(ctx, s, owner)
	}
	if err != nil {
		return "", err
	}
	if key != "" {
		s.Say(key, "max", store.MaxAddresses)
		return "", nil
	}
	state.Tries = 0
	s.Write.Person(s.Person)
	return hash, nil
}

// wrongLinkCode counts a code that was never given out.
func wrongLinkCode(s *session.Session) {
	state := &s.Person.Linking
	state.Tries++
	left := LinkTries - state.Tries
	if left > 0 {
		s.Say("link.unknown", "left", left)
	} else {
		state.Tries, state.Locked = 0, s.Now.Add(LinkPause)
		s.Say("link.locked", "until", calendar.Time(state.Locked))
	}
	s.Write.Person(s.Person)
}

// linkOwner finds the person who gave a code out; if the code is not good, key says why.
func linkOwner(ctx context.Context, s *session.Session, hash string) (owner store.Person, key string, err error) {
	inv, err := s.Env.Store.Invitation(ctx, hash)
	if workflow.CodeOf(err) == workflow.CodeNotFound {
		return owner, "link.unknown", nil
	}
	if err == nil {
		owner, err = s.Env.Store.Person(ctx, inv.Person)
	}
	switch {
	case err != nil:
		return owner, "", fmt.Errorf("load whose code it is: %w", err)
	case !workflow.SameHash(owner.Linking.Code, hash) || !s.Now.Before(inv.Expires):
		return owner, "link.expired", nil
	}
	return owner, "", nil
}

// whyNotLink says why this chat and the one that gave a code are not linked, "" if
// they may be. The rights of an officer go only to a chat that he confirms from his
// own, and nobody is two officers.
func whyNotLink(ctx context.Context, s *session.Session, owner store.Person) (key string, err error) {
	here, err := isOfficer(ctx, s, s.Person.ID)
	if err != nil {
		return "", err
	}
	there, err := isOfficer(ctx, s, owner.ID)
	switch {
	case err != nil:
		return "", err
	case owner.ID == s.Person.ID:
		return "link.same", nil
	case here && there:
		return "link.two_officers", nil
	case there:
		return "link.officer_takes_there", nil
	case len(owner.Addresses)+len(s.Person.Addresses) > store.MaxAddresses:
		return "link.full", nil
	}
	return "", nil
}
