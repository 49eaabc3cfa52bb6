package account

import (
	"context"
	"fmt"

	"izinbot/bot"
	"izinbot/handlers/mycases"
	"izinbot/handlers/session"
	"izinbot/handlers/wording"
	"izinbot/notifications/texts"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
	"izinbot/workflow/store"
)

// Linking asks, once a good code was entered, whether the chat that gave it is the
// person's too, and makes the two persons one. Everything but the code is looked up at each
// step, since it may change meanwhile.
type Linking struct {
	Hash string `json:"note"` // of the code
}

// Name implements [session.Dialogue].
func (*Linking) Name() string { return "link" }

// Ids of the choices.
const (
	linkYes = "yes"
	linkNo  = "no"
)

// load gives the person on the other side. ErrAnswered: the code is not good any more.
func (l *Linking) load(ctx context.Context, s *session.Session) (store.Person, error) {
	owner, key, err := linkOwner(ctx, s, l.Hash)
	if err == nil && key == "" {
		key, err = whyNotLink(ctx, s, owner)
	}
	if err != nil {
		return owner, err
	}
	if key != "" {
		s.End()
		s.Ask(s.Text(key, "max", store.MaxAddresses), s.Likely()...)
		return owner, session.ErrAnswered
	}
	return owner, nil
}

// Ask implements [session.Dialogue].
func (l *Linking) Ask(ctx context.Context, s *session.Session) error {
	owner, err := l.load(ctx, s)
	if err != nil {
		return err
	}
	there, err := mycases.RowsOf(ctx, s, owner)
	if err != nil {
		return err
	}
	here, err := mycases.OwnRows(ctx, s)
	if err != nil {
		return err
	}
	officer, err := isOfficer(ctx, s, s.Person.ID)
	if err != nil {
		return err
	}
	args := []any{"network", wording.Network(s, owner.Addresses[0]), "name", texts.Cut(owner.Name, 60), "there", len(there), "here", len(here)}
	question := s.Text("link.confirm", args...)
	if officer {
		question = s.Text("link.confirm_officer", args...)
	}
	s.Ask(question, s.Choice(linkYes, "link.yes"), s.Choice(linkNo, "link.no"))
	return nil
}

// Answer implements [session.Dialogue].
func (l *Linking) Answer(ctx context.Context, s *session.Session, in session.Input) error {
	switch in.Choice {
	case linkYes:
		owner, err := l.load(ctx, s)
		if err != nil {
			return err
		}
		return l.carry(ctx, s, owner)
	case linkNo:
		s.End()
		s.Ask(s.Text("link.left"), s.Likely()...)
		return nil
	}
	return s.Choose(ctx)
}

// carry makes the two persons one, and tells the chats that were not asked.
func (l *Linking) carry(ctx context.Context, s *session.Session, owner store.Person) error {
	inv, err := s.Env.Store.Invitation(ctx, l.Hash)
	if err != nil {
		return fmt.Errorf("load linking code: %w", err)
	}
	inv.Used = s.Now
	s.Write.Invitations = append(s.Write.Invitations, inv)
	officer, err := isOfficer(ctx, s, s.Person.ID)
	if err != nil {
		return err
	}
	goesOn, other := s.Person, owner
	if !officer && elder(owner, s.Person) {
		goesOn, other = owner, s.Person
	}
	if !officer && other.Lang == workflow.English {
		goesOn.Lang = workflow.English // which is only ever chosen
	}
	goesOn, other = goesOn.Merge(other, s.Now)
	if err := s.Become(ctx, goesOn); err != nil {
		return err
	}
	s.Write.Person(s.Person)
	s.Write.Person(other) // after who has his addresses now: where writes are not one, no chat is nobody's in between
	s.End()
	network := wording.Network(s, owner.Addresses[0])
	s.Ask(s.Text("link.done", "network", network), afterLink(s)...)
	if err := s.OfferMenu(ctx); err != nil {
		return err
	}
	return tellLinked(ctx, s)
}

// elder tells whether somebody was met before another: what he was recorded by goes
// on.
func elder(p, than store.Person) bool {
	if p.Created.Equal(than.Created) {
		return p.ID < than.ID
	}
	return p.Created.Before(than.Created)
}

func afterLink(s *session.Session) []session.Choice {
	return append([]session.Choice{s.Choice("/status", "menu.status")}, s.Likely()...)
}

// tellLinked tells the person's other chats that this one was linked, so that who
// did not want it can undo it.
func tellLinked(ctx context.Context, s *session.Session) error {
	text := s.Text("link.told", "network", wording.Network(s, s.In.Chat), "name", texts.Cut(s.In.Name, 60),
		"at", calendar.ShortDateTime(s.Now, s.Lang()), "hours", int(NotMeWithin.Hours()))
	item := s.Choice("/bukansaya", "link.not_me")
	return s.MailOthers(ctx, s.Person, bot.Message{Text: text, Choices: []bot.Choice{{ID: item.ID, Label: item.Label}}})
}
