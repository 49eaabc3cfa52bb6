package handlers

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

// notMeWithin is how long a link can be undone with one word from any of the chats.
const notMeWithin = 24 * time.Hour

// parting undoes a link. The first id of the link is the Note of its Data.
type parting struct{}

// partCommand parts chats that were linked.
func partCommand(ctx context.Context, t *turn, _ string) error {
	if len(t.person.Links) == 0 {
		t.say("link.none")
		return t.askAgain(ctx)
	}
	t.begin(dialoguePart, nil)
	return t.askAgain(ctx)
}

// notMe undoes a link that was made just now, without further questions.
func notMe(ctx context.Context, t *turn, _ string) error {
	n := len(t.person.Links)
	switch {
	case n == 0:
		t.say("link.none")
		return t.askAgain(ctx)
	case t.now.Sub(t.person.Links[n-1].Since) > notMeWithin:
		return partCommand(ctx, t, "")
	}
	return t.part(ctx, t.person.Links[n-1])
}

// link gives the link that is to be undone: the one that was picked, or the only
// one; false while none was.
func (parting) link(t *turn) (workflow.Link, bool) {
	links := t.person.Links
	if len(links) == 1 {
		return links[0], true
	}
	i := slices.IndexFunc(links, func(l workflow.Link) bool { return string(l.Persons[0]) == t.data().Note })
	if i < 0 {
		return workflow.Link{}, false
	}
	return links[i], true
}

func (p parting) ask(_ context.Context, t *turn) error {
	if len(t.person.Links) == 0 {
		t.end()
		t.ask(t.text("link.none"), t.likely()...)
		return nil
	}
	l, picked := p.link(t)
	if !picked {
		var items []Item
		for _, l := range t.person.Links {
			items = append(items, Item{ID: "l." + string(l.Persons[0]), Label: t.linkLabel(l)})
		}
		t.ask(t.text("link.which"), append(items, t.item("/batal", "menu.cancel"))...)
		return nil
	}
	rest := slices.DeleteFunc(slices.Clone(t.person.Addresses), func(a string) bool { return slices.Contains(l.Addresses, a) })
	t.ask(t.text("link.part", "chats", t.linkLabel(l), "rest", t.chatNames(rest)),
		t.item(linkYes, "link.part_yes"), t.item(linkNo, "link.no"))
	return nil
}

// linkLabel is "Telegram (sejak 23 Nov 10.12)".
func (t *turn) linkLabel(l workflow.Link) string {
	return t.text("link.since", "chats", t.chatNames(l.Addresses), "at", calendar.ShortDateTime(l.Since, t.lang()))
}

// chatNames names chats by their networks; this one is named as such.
func (t *turn) chatNames(addresses []string) string {
	names := make([]string, len(addresses))
	for i, a := range addresses {
		names[i] = t.network(bot.Address(a))
		if a == string(t.in.Chat) {
			names[i] = t.text("link.this_chat", "network", names[i])
		}
	}
	return strings.Join(names, ", ")
}

func (p parting) answer(ctx context.Context, t *turn, in input) error {
	l, picked := p.link(t)
	switch {
	case picked && in.choice == linkYes:
		return t.part(ctx, l)
	case picked && in.choice == linkNo:
		t.end()
		t.ask(t.text("link.kept"), t.likely()...)
		return nil
	case !picked && strings.HasPrefix(in.choice, "l."):
		t.data().Note = strings.TrimPrefix(in.choice, "l.")
	default:
		t.say("common.choose")
	}
	return p.ask(ctx, t)
}

// part makes two persons of one again. Each has what was his before; what was
// applied for since stays with the one that went on.
func (t *turn) part(ctx context.Context, l workflow.Link) error {
	other, err := t.app.Store.Person(ctx, l.Persons[0])
	if err != nil {
		return fmt.Errorf("load linked person: %w", err)
	}
	stays, goes, ok := t.person.Part(other)
	if !ok {
		return fmt.Errorf("part %s: %w", other.ID, workflow.Refuse(workflow.CodeInvalid, "link"))
	}
	t.keepPerson(goes) // before who had his addresses, for the same reason as in linking.carry
	t.keepPerson(stays)
	t.putAside()
	for _, side := range []workflow.Person{stays, goes} {
		if err := t.tellParted(ctx, side); err != nil {
			return err
		}
	}
	here := stays
	if slices.Contains(goes.Addresses, string(t.in.Chat)) {
		here = goes
	}
	if err := t.become(ctx, here); err != nil {
		return err
	}
	t.ask(t.text("link.parted"), t.afterLink()...)
	return t.offerMenu(ctx)
}

// become goes on as somebody else, in the name of whom the chat speaks now.
func (t *turn) become(ctx context.Context, p workflow.Person) error {
	t.meet(p)
	return t.loadOfficer(ctx)
}

// tellParted tells the other chats of one of those who were parted.
func (t *turn) tellParted(ctx context.Context, p workflow.Person) error {
	chats := slices.DeleteFunc(slices.Clone(p.Addresses), func(a string) bool { return a == string(t.in.Chat) })
	if len(chats) == 0 {
		return nil
	}
	me, officer := t.person, t.officer
	defer func() { t.person, t.officer = me, officer }()
	t.person = p
	if err := t.loadOfficer(ctx); err != nil {
		return err
	}
	return t.mailOthers(ctx, chats, bot.Message{Text: t.text("link.parted_told")})
}
