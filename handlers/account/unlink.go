package account

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"izinbot/bot"
	"izinbot/handlers/session"
	"izinbot/handlers/wording"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
	"izinbot/workflow/store"
)

// NotMeWithin is the time for which a link can be undone with one word from any of the chats.
const NotMeWithin = 24 * time.Hour

// Unlinking undoes a link.
type Unlinking struct {
	Linked workflow.PersonID `json:"note,omitempty"` // first id of the link that was picked
}

// choiceLink is one of several links, by its first person.
const choiceLink session.Keyed[workflow.PersonID] = "l"

// Name implements [session.Dialogue].
func (*Unlinking) Name() string { return "part" }

// Unlink parts chats that were linked.
func Unlink(ctx context.Context, s *session.Session, _ string) error {
	if len(s.Person.Links) == 0 {
		s.Say("link.none")
		return s.Repeat(ctx)
	}
	return s.Begin(ctx, new(Unlinking))
}

// NotMe undoes a link that was made just now, without further questions.
func NotMe(ctx context.Context, s *session.Session, _ string) error {
	n := len(s.Person.Links)
	switch {
	case n == 0:
		s.Say("link.none")
		return s.Repeat(ctx)
	case s.Now.Sub(s.Person.Links[n-1].Since) > NotMeWithin:
		return Unlink(ctx, s, "")
	}
	return part(ctx, s, s.Person.Links[n-1])
}

// link gives the link that is to be undone: the one that was picked, or the only
// one; false while none was.
func (p *Unlinking) link(s *session.Session) (store.Link, bool) {
	links := s.Person.Links
	if len(links) == 1 {
		return links[0], true
	}
	i := slices.IndexFunc(links, func(l store.Link) bool { return l.Persons[0] == p.Linked })
	if i < 0 {
		return store.Link{}, false
	}
	return links[i], true
}

// Ask implements [session.Dialogue].
func (p *Unlinking) Ask(_ context.Context, s *session.Session) error {
	if len(s.Person.Links) == 0 {
		s.End()
		s.Ask(s.Text("link.none"), s.Likely()...)
		return nil
	}
	l, picked := p.link(s)
	if !picked {
		var items []session.Choice
		for _, l := range s.Person.Links {
			items = append(items, session.Choice{ID: choiceLink.ID(l.Persons[0]), Label: linkLabel(s, l)})
		}
		s.Ask(s.Text("link.which"), append(items, s.Choice("/batal", "menu.cancel"))...)
		return nil
	}
	rest := slices.DeleteFunc(slices.Clone(s.Person.Addresses), func(a bot.Address) bool { return slices.Contains(l.Addresses, a) })
	s.Ask(s.Text("link.part", "chats", linkLabel(s, l), "rest", chatNames(s, rest)),
		s.Choice(linkYes, "link.part_yes"), s.Choice(linkNo, "link.no"))
	return nil
}

// linkLabel is "Telegram (sejak 23 Nov 10.12)".
func linkLabel(s *session.Session, l store.Link) string {
	return s.Text("link.since", "chats", chatNames(s, l.Addresses), "at", calendar.ShortDateTime(l.Since, s.Lang()))
}

// chatNames names chats by their networks; this one is named as such.
func chatNames(s *session.Session, addresses []bot.Address) string {
	names := make([]string, len(addresses))
	for i, a := range addresses {
		names[i] = wording.Network(s, a)
		if a == s.In.Chat {
			names[i] = s.Text("link.this_chat", "network", names[i])
		}
	}
	return strings.Join(names, ", ")
}

// Answer implements [session.Dialogue].
func (p *Unlinking) Answer(ctx context.Context, s *session.Session, in session.Input) error {
	l, picked := p.link(s)
	linked, ok := choiceLink.Parse(in.Choice)
	switch {
	case picked && in.Choice == linkYes:
		return part(ctx, s, l)
	case picked && in.Choice == linkNo:
		s.End()
		s.Ask(s.Text("link.kept"), s.Likely()...)
		return nil
	case !picked && ok:
		p.Linked = linked
	default:
		s.Say("common.choose")
	}
	return p.Ask(ctx, s)
}

// part makes two persons of one again. Each has what was his before; what was
// applied for since stays with the one that went on.
func part(ctx context.Context, s *session.Session, l store.Link) error {
	other, err := s.Env.Store.Person(ctx, l.Persons[0])
	if err != nil {
		return fmt.Errorf("load linked person: %w", err)
	}
	stays, goes, ok := s.Person.Part(other)
	if !ok {
		return fmt.Errorf("part %s: %w", other.ID, workflow.Refuse(workflow.CodeInvalid, "link"))
	}
	s.Write.Person(goes) // before who had his addresses, for the same reason as in linking.carry
	s.Write.Person(stays)
	s.PutAside()
	for _, side := range []store.Person{stays, goes} {
		told := bot.Message{Text: s.Env.Texts.Say(side.Lang, "link.parted_told")}
		if err := s.MailOthers(ctx, side, told); err != nil {
			return err
		}
	}
	here := stays
	if slices.Contains(goes.Addresses, s.In.Chat) {
		here = goes
	}
	if err := s.Become(ctx, here); err != nil {
		return err
	}
	s.Ask(s.Text("link.parted"), afterLink(s)...)
	return s.OfferMenu(ctx)
}
