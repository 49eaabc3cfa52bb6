package session

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strconv"

	"izinbot/bot"
)

// Drafter is a dialogue that leaves a draft when another one begins. A draft can be taken up
// again, also in another chat of the person. Each chat remembers its own; the person remembers
// for one that moved which chat has it now.
type Drafter interface {
	// Started tells whether there is something to keep.
	Started() bool
}

// Leaver is a dialogue that leaves nothing, and tells so when it is left for another.
type Leaver interface {
	Left(s *Session)
}

// maxDrafts is the number of drafts that a chat remembers.
const maxDrafts = 6

// PutAside closes the open dialogue, and keeps what is half filled in as a draft, in place of
// an earlier one about the same case.
func (s *Session) PutAside() {
	open := s.State.Open
	s.State.Open = nil
	if d, ok := open.Dialogue().(Leaver); ok {
		d.Left(s)
	}
	if d, ok := open.Dialogue().(Drafter); !ok || !d.Started() {
		s.rememberEnded(open)
		return
	}
	kept := slices.DeleteFunc(s.State.Drafts, func(d *Stored) bool { return d.Name == open.Name && d.Case == open.Case })
	kept = append(kept, open)
	if len(kept) > maxDrafts { // the oldest goes, but no application, of which there is one
		i := slices.IndexFunc(kept, func(d *Stored) bool { return d.Case != "" })
		kept = slices.Delete(kept, i, i+1)
	}
	s.State.Drafts = kept
}

// DropDrafts forgets the chat's drafts of a dialogue, and the one that was found elsewhere, if
// any: this chat has it now, so that the others no longer offer it.
func (s *Session) DropDrafts(name string, found *Stored) {
	s.State.Drafts = slices.DeleteFunc(s.State.Drafts, func(d *Stored) bool { return d.Name == name })
	if found != nil {
		s.claim(found)
	}
}

// Draft gives the draft that fits: one of this chat, else the one that was begun last in
// another chat of the person, where it may be open; nil for none. What cannot be read of
// another chat is passed over: only that chat tells of it.
func (s *Session) Draft(ctx context.Context, fits func(*Stored) bool) (*Stored, error) {
	here := s.In.Chat
	if found := s.last(s.State.Drafts, here, fits); found != nil {
		return found, nil
	}
	var found *Stored
	for _, chat := range s.Person.Addresses {
		if chat == here {
			continue
		}
		conv, err := s.Env.Store.Conversation(ctx, chat)
		if err != nil {
			return nil, fmt.Errorf("load other conversation: %w", err)
		}
		var other State
		if len(conv.State) > 0 {
			if err := json.Unmarshal(conv.State, &other); err != nil {
				s.Env.Log.WarnContext(ctx, "another chat of the person cannot be read", slog.Any("error", err))
				continue
			}
		}
		d := s.last(other.all(), chat, fits)
		if d != nil && (found == nil || d.Begun.After(found.Begun)) {
			found = d
		}
	}
	return found, nil
}

// last gives the one of a chat's dialogues that can be read, fits and was begun last; nil for
// none.
func (s *Session) last(list []*Stored, chat bot.Address, fits func(*Stored) bool) (found *Stored) {
	for _, d := range list {
		if s.Env.decode(d) == nil && fits(d) && s.inChat(d, chat) && (found == nil || d.Begun.After(found.Begun)) {
			found = d
		}
	}
	return found
}

// all lists the open dialogue and the drafts.
func (s *State) all() []*Stored {
	if s.Open == nil {
		return s.Drafts
	}
	return append([]*Stored{s.Open}, s.Drafts...)
}

// inChat tells whether a draft that a chat remembers was not taken up in another of the
// person's.
func (s *Session) inChat(d *Stored, chat bot.Address) bool {
	taken := s.Person.Drafts[d.Key]
	return taken == chat || !slices.Contains(s.Person.Addresses, taken)
}

// keepOwn gives a draft that was taken up in a chat that is no longer the person's a
// key of its own: what is sent from there is another application.
func (s *Session) keepOwn() {
	for i, d := range s.State.all() {
		if taken := s.Person.Drafts[d.Key]; taken != "" && !slices.Contains(s.Person.Addresses, taken) {
			d.Key = s.In.ID + "/draft/" + strconv.Itoa(i+1)
		}
	}
}

// TakeUp goes on with a draft.
func (s *Session) TakeUp(d *Stored) {
	taken := *d
	s.State.Drafts = slices.DeleteFunc(s.State.Drafts, func(other *Stored) bool { return other.Key == taken.Key })
	s.PutAside()
	s.State.Open = &taken
	s.claim(&taken)
}

// claim makes this chat the one that has a draft, where there are several.
func (s *Session) claim(d *Stored) {
	if len(s.Person.Addresses) < 2 || s.Person.Drafts[d.Key] == s.In.Chat {
		return
	}
	drafts := maps.Clone(s.Person.Drafts)
	if drafts == nil {
		drafts = map[string]bot.Address{}
	}
	drafts[d.Key] = s.In.Chat
	s.Person.Drafts = drafts
	s.Write.Person(s.Person)
}
