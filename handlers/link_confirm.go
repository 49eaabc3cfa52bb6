package handlers

import (
	"context"
	"fmt"
	"strconv"

	"izinbot/bot"
	"izinbot/notifications/texts"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

// linking asks, once a good code was entered, whether the chat that gave it is the
// person's too, and makes the two persons one. The code's hash is the Note of its
// Data; everything else is looked up at each step, since it may change meanwhile.
type linking struct{}

// Ids of the choices.
const (
	linkYes = "yes"
	linkNo  = "no"
)

// load gives who is on the other side; false, told, if the code is not good any more.
func (linking) load(ctx context.Context, t *turn) (workflow.Person, bool, error) {
	owner, key, err := t.linkOwner(ctx, t.data().Note)
	if err == nil && key == "" {
		key, err = t.whyNotLink(ctx, owner)
	}
	if err != nil {
		return owner, false, err
	}
	if key != "" {
		t.end()
		t.ask(t.text(key, "max", workflow.MaxAddresses), t.likely()...)
		return owner, false, nil
	}
	return owner, true, nil
}

func (l linking) ask(ctx context.Context, t *turn) error {
	owner, ok, err := l.load(ctx, t)
	if err != nil || !ok {
		return err
	}
	there, err := t.rowsOf(ctx, owner)
	if err != nil {
		return err
	}
	here, err := t.ownRows(ctx)
	if err != nil {
		return err
	}
	officer, err := t.isOfficer(ctx, t.person.ID)
	if err != nil {
		return err
	}
	args := []any{"network", t.network(bot.Address(owner.Addresses[0])), "name", texts.Cut(owner.Name, 60), "there", len(there), "here", len(here)}
	question := t.text("link.confirm", args...)
	if officer {
		question = t.text("link.confirm_officer", args...)
	}
	t.ask(question, t.item(linkYes, "link.yes"), t.item(linkNo, "link.no"))
	return nil
}

func (l linking) answer(ctx context.Context, t *turn, in input) error {
	switch in.choice {
	case linkYes:
		owner, ok, err := l.load(ctx, t)
		if err != nil || !ok {
			return err
		}
		return l.carry(ctx, t, owner)
	case linkNo:
		t.end()
		t.ask(t.text("link.left"), t.likely()...)
		return nil
	}
	t.say("common.choose")
	return l.ask(ctx, t)
}

// carry makes the two persons one, and tells the chats that were not asked.
func (l linking) carry(ctx context.Context, t *turn, owner workflow.Person) error {
	inv, err := t.app.Store.Invitation(ctx, t.data().Note)
	if err != nil {
		return fmt.Errorf("load linking code: %w", err)
	}
	inv.Used = t.now
	t.invitations = append(t.invitations, inv)
	officer, err := t.isOfficer(ctx, t.person.ID)
	if err != nil {
		return err
	}
	goesOn, other := t.person, owner
	if !officer && elder(owner, t.person) {
		goesOn, other = owner, t.person
	}
	if !officer && other.Lang == workflow.English {
		goesOn.Lang = workflow.English // which is only ever chosen
	}
	goesOn, other = goesOn.Merge(other, t.now)
	t.meet(goesOn)
	t.savePerson()
	t.keepPerson(other) // after who has his addresses now: where writes are not one, no chat is nobody's in between
	t.end()
	network := t.network(bot.Address(owner.Addresses[0]))
	t.ask(t.text("link.done", "network", network), t.afterLink()...)
	if err := t.offerMenu(ctx); err != nil {
		return err
	}
	return t.tellLinked(ctx)
}

// elder tells whether somebody was met before another: what he was recorded by goes
// on.
func elder(p, than workflow.Person) bool {
	if p.Created.Equal(than.Created) {
		return p.ID < than.ID
	}
	return p.Created.Before(than.Created)
}

func (t *turn) afterLink() []Item {
	return append([]Item{t.item("/status", "menu.status")}, t.likely()...)
}

// tellLinked tells the person's other chats that this one was linked, so that who
// did not want it can undo it.
func (t *turn) tellLinked(ctx context.Context) error {
	text := t.text("link.told", "network", t.network(t.in.Chat), "name", texts.Cut(t.in.Name, 60),
		"at", calendar.ShortDateTime(t.now, t.lang()), "hours", int(notMeWithin.Hours()))
	item := t.item("/bukansaya", "link.not_me")
	return t.mailOthers(ctx, t.person.Addresses[1:], bot.Message{Text: text, Choices: []bot.Choice{{ID: item.ID, Label: item.Label}}})
}

// mailOthers writes to other chats of the person, with the commands that he has now.
func (t *turn) mailOthers(ctx context.Context, chats []string, m bot.Message) error {
	roles, err := t.roles(ctx)
	if err != nil {
		return err
	}
	m.Menu, m.Lang = t.app.Menu(t.lang(), roles), string(t.lang())
	for _, chat := range chats {
		t.mail = append(t.mail, bot.Delivery{
			ID: t.in.ID + "/mail/" + strconv.Itoa(len(t.mail)+1), Chat: bot.Address(chat), Notice: true, Message: m, Created: t.now,
		})
	}
	return nil
}
