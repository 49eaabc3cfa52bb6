package handlers

import (
	"context"
	"fmt"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

const (
	// dialogueLink asks whether another chat is the person's too.
	dialogueLink = "link"
	// dialoguePart asks whether chats are to be parted again.
	dialoguePart = "part"
)

// linkCommand gives a code for the person's other chat, or takes one from there.
func linkCommand(ctx context.Context, t *turn, arg string) error {
	if arg == "" {
		return t.giveLinkCode(ctx)
	}
	hash, err := t.tryLinkCode(ctx, arg)
	if err != nil {
		return err
	}
	if hash == "" {
		return t.askAgain(ctx)
	}
	t.begin(dialogueLink, func(d *Data) { d.Note = hash })
	return t.askAgain(ctx)
}

// giveLinkCode makes the person's only good code. An officer gets none: what links
// a chat to his rights is confirmed in his own chat, so the code comes from the
// other one.
func (t *turn) giveLinkCode(ctx context.Context) error {
	officer, err := t.isOfficer(ctx, t.person.ID)
	switch {
	case err != nil:
		return err
	case officer:
		t.say("link.officer_takes")
		return t.askAgain(ctx)
	case len(t.person.Addresses) >= workflow.MaxAddresses:
		t.say("link.full", "max", workflow.MaxAddresses)
		return t.askAgain(ctx)
	}
	code, inv, err := newLinkCode(t.app.Random, t.person.ID, t.now)
	if err != nil {
		return err
	}
	t.invitations = append(t.invitations, inv)
	t.person.Linking.Code = inv.Hash
	t.savePerson()
	link := ""
	if t.in.Chat.Channel() != "telegram" {
		link = t.app.Link(linkWord(code))
	}
	t.say("link.code", "code", code, "minutes", int(LinkLife.Minutes()), "link", link)
	return t.askAgain(ctx)
}

// isOfficer tells whether a person is an officer, be it one who is disabled.
func (t *turn) isOfficer(ctx context.Context, p workflow.PersonID) (bool, error) {
	_, err := t.app.Store.OfficerOf(ctx, p)
	if err != nil && workflow.CodeOf(err) != workflow.CodeNotFound {
		return false, fmt.Errorf("load officer: %w", err)
	}
	return err == nil, nil
}

// tryLinkCode gives the hash of a good code that may be used here. What is wrong
// with another one is told, and guesses are counted.
func (t *turn) tryLinkCode(ctx context.Context, typed string) (string, error) {
	state := &t.person.Linking
	if t.now.Before(state.Locked) {
		t.say("link.locked", "until", calendar.Time(state.Locked))
		return "", nil
	}
	code, ok := parseLinkCode(typed)
	if !ok {
		t.say("link.mistyped")
		return "", nil
	}
	hash, err := hashLinkCode(code)
	if err != nil {
		return "", err
	}
	owner, key, err := t.linkOwner(ctx, hash)
	if err != nil {
		return "", err
	}
	if key == "link.unknown" {
		t.wrongLinkCode()
		return "", nil
	}
	if key == "" {
		key, err = t.whyNotLink(ctx, owner)
	}
	if err != nil {
		return "", err
	}
	if key != "" {
		t.say(key, "max", workflow.MaxAddresses)
		return "", nil
	}
	state.Tries = 0
	t.savePerson()
	return hash, nil
}

// wrongLinkCode counts a code that was never given out.
func (t *turn) wrongLinkCode() {
	state := &t.person.Linking
	state.Tries++
	left := linkTries - state.Tries
	if left > 0 {
		t.say("link.unknown", "left", left)
	} else {
		state.Tries, state.Locked = 0, t.now.Add(linkPause)
		t.say("link.locked", "until", calendar.Time(state.Locked))
	}
	t.savePerson()
}

// linkOwner gives who gave a code out; if it is not good, key says why.
func (t *turn) linkOwner(ctx context.Context, hash string) (owner workflow.Person, key string, err error) {
	inv, err := t.app.Store.Invitation(ctx, hash)
	if workflow.CodeOf(err) == workflow.CodeNotFound {
		return owner, "link.unknown", nil
	}
	if err == nil {
		owner, err = t.app.Store.Person(ctx, inv.Person)
	}
	switch {
	case err != nil:
		return owner, "", fmt.Errorf("load whose code it is: %w", err)
	case !workflow.SameHash(owner.Linking.Code, hash) || !t.now.Before(inv.Expires):
		return owner, "link.expired", nil
	}
	return owner, "", nil
}

// whyNotLink says why this chat and the one that gave a code are not linked, "" if
// they may be. The rights of an officer go only to a chat that he confirms from his
// own, and nobody is two officers.
func (t *turn) whyNotLink(ctx context.Context, owner workflow.Person) (key string, err error) {
	here, err := t.isOfficer(ctx, t.person.ID)
	if err != nil {
		return "", err
	}
	there, err := t.isOfficer(ctx, owner.ID)
	switch {
	case err != nil:
		return "", err
	case owner.ID == t.person.ID:
		return "link.same", nil
	case here && there:
		return "link.two_officers", nil
	case there:
		return "link.officer_takes_there", nil
	case len(owner.Addresses)+len(t.person.Addresses) > workflow.MaxAddresses:
		return "link.full", nil
	}
	return "", nil
}

// network names where a chat is.
func (t *turn) network(a bot.Address) string {
	switch a.Channel() {
	case "telegram":
		return t.text("link.on_telegram")
	case "whatsapp":
		return t.text("link.on_whatsapp")
	}
	return t.text("link.on_other")
}
