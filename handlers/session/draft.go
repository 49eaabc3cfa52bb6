package session

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"izinbot/bot"
	"izinbot/workflow"
)

// Names of the dialogues that leave a draft, as they stand in a chat's state. A draft holds what
// is half filled in: an application, or the answer to a clarification. It can be put aside
// and taken up again, also in another chat of the person. Each chat remembers its own; the
// person remembers for one that moved which chat has it now.
const (
	DialogueApplication   = "apply"
	DialogueClarification = "mend"
)

// maxClarifications is the number of drafts of answers to clarifications a chat remembers.
const maxClarifications = 5

// PutAside keeps the open draft for later when another dialogue begins.
func (s *Session) PutAside() {
	open := s.State.Open
	s.State.Open = nil
	switch {
	case open == nil:
	case open.Name == DialogueApplication:
		s.State.Saved = open
	case open.Name == DialogueClarification && len(open.Documents)+len(open.Files) > 0:
		others := slices.DeleteFunc(s.State.Clarifications, func(d Data) bool { return d.Case == open.Case })
		s.State.Clarifications = append(others, *open)[max(0, len(others)+1-maxClarifications):]
	}
}

// drafts lists the drafts that a chat remembers.
func (s *State) drafts() []*Data {
	var all []*Data
	if s.Open != nil && (s.Open.Name == DialogueApplication || s.Open.Name == DialogueClarification) {
		all = append(all, s.Open)
	}
	if s.Saved != nil {
		all = append(all, s.Saved)
	}
	for i := range s.Clarifications {
		all = append(all, &s.Clarifications[i])
	}
	return all
}

// ApplicationDraft gives the application that was begun and not sent, in this chat or another;
// nil for none.
func (s *Session) ApplicationDraft(ctx context.Context) (*Data, error) {
	if s.State.Saved != nil && s.InChat(s.State.Saved, s.In.Chat) {
		return s.State.Saved, nil
	}
	return s.elsewhere(ctx, func(d *Data) bool { return d.Name == DialogueApplication })
}

// ClarificationDraft gives the answer to a case's present clarification that was begun and
// not sent; nil for none.
func (s *Session) ClarificationDraft(ctx context.Context, c workflow.Case) (*Data, error) {
	fits := func(d *Data) bool { return d.Name == DialogueClarification && d.Case == c.ID && d.Seen == c.Round }
	for i := range s.State.Clarifications {
		if d := &s.State.Clarifications[i]; fits(d) && s.InChat(d, s.In.Chat) {
			return d, nil
		}
	}
	return s.elsewhere(ctx, fits)
}

// elsewhere finds the draft that was begun last in the person's other chats.
func (s *Session) elsewhere(ctx context.Context, fits func(*Data) bool) (*Data, error) {
	var found *Data
	for _, chat := range s.Person.Addresses {
		if chat == s.In.Chat {
			continue
		}
		conv, err := s.Env.Store.Conversation(ctx, chat)
		if err != nil {
			return nil, fmt.Errorf("load other conversation: %w", err)
		}
		var other State
		if len(conv.State) > 0 {
			if err := json.Unmarshal(conv.State, &other); err != nil {
				return nil, fmt.Errorf("decode other conversation: %w", err)
			}
		}
		for _, d := range other.drafts() {
			if fits(d) && s.InChat(d, chat) && (found == nil || d.Begun.After(found.Begun)) {
				found = d
			}
		}
	}
	return found, nil
}

// InChat tells whether a draft that a chat remembers was not taken up in another of the
// person's.
func (s *Session) InChat(d *Data, chat bot.Address) bool {
	taken := s.Person.Drafts[d.Key]
	return taken == chat || !slices.Contains(s.Person.Addresses, taken)
}

// KeepOwn gives a draft that was taken up in a chat that is no longer the person's a
// key of its own: what is sent from there is another application.
func (s *Session) KeepOwn() {
	for i, d := range s.State.drafts() {
		if taken := s.Person.Drafts[d.Key]; taken != "" && !slices.Contains(s.Person.Addresses, taken) {
			d.Key = s.In.ID + "/draft/" + strconv.Itoa(i+1)
		}
	}
}

// TakeUp goes on with a draft.
func (s *Session) TakeUp(d *Data) {
	taken := *d
	if s.State.Saved != nil && s.State.Saved.Key == taken.Key {
		s.State.Saved = nil
	}
	s.State.Clarifications = slices.DeleteFunc(s.State.Clarifications, func(m Data) bool { return m.Key == taken.Key })
	s.PutAside()
	s.State.Open = &taken
	s.Claim(&taken)
}

// Claim makes this chat the one that has a draft, where there are several.
func (s *Session) Claim(d *Data) {
	if len(s.Person.Addresses) < 2 || s.Person.Drafts[d.Key] == s.In.Chat {
		return
	}
	drafts := maps.Clone(s.Person.Drafts)
	if drafts == nil {
		drafts = map[string]bot.Address{}
	}
	drafts[d.Key] = s.In.Chat
	s.Person.Drafts = drafts
	s.SavePerson()
}
