package handlers

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

// Names of the dialogues that can be put aside half-filled, as they stand in a chat's
// state.
const (
	dialogueApply = "apply"
	dialogueMend  = "mend"
)

// What is half filled in, an application or the answer to a clarification, can be
// put aside and taken up again, also in another chat of the person. Each chat
// remembers its own; the person remembers for one that moved which chat has it now.

// maxMends is how many half-filled answers to clarifications a chat remembers.
const maxMends = 5

// putAside keeps what is half filled in for later when another dialogue begins.
func (t *turn) putAside() {
	open := t.state.Open
	t.state.Open = nil
	switch {
	case open == nil:
	case open.Name == dialogueApply:
		t.state.Saved = open
	case open.Name == dialogueMend && len(open.Documents)+len(open.Files) > 0:
		mends := slices.DeleteFunc(t.state.Mends, func(d Data) bool { return d.Case == open.Case })
		t.state.Mends = append(mends, *open)[max(0, len(mends)+1-maxMends):]
	}
}

// halves gives what is half filled in in a chat.
func (s *State) halves() []*Data {
	var all []*Data
	if s.Open != nil && (s.Open.Name == dialogueApply || s.Open.Name == dialogueMend) {
		all = append(all, s.Open)
	}
	if s.Saved != nil {
		all = append(all, s.Saved)
	}
	for i := range s.Mends {
		all = append(all, &s.Mends[i])
	}
	return all
}

// draft gives the application that was begun and not sent, in this chat or another;
// nil for none.
func (t *turn) draft(ctx context.Context) (*Data, error) {
	if t.state.Saved != nil && t.inChat(t.state.Saved, string(t.in.Chat)) {
		return t.state.Saved, nil
	}
	return t.elsewhere(ctx, func(d *Data) bool { return d.Name == dialogueApply })
}

// halfMend gives the answer to a clarification that was begun and not sent.
func (t *turn) halfMend(ctx context.Context, c workflow.Case) (*Data, error) {
	fits := func(d *Data) bool { return d.Name == dialogueMend && d.Case == c.ID && d.Seen == c.Round }
	for i := range t.state.Mends {
		if d := &t.state.Mends[i]; fits(d) && t.inChat(d, string(t.in.Chat)) {
			return d, nil
		}
	}
	return t.elsewhere(ctx, fits)
}

// elsewhere finds what was begun last in the person's other chats.
func (t *turn) elsewhere(ctx context.Context, fits func(*Data) bool) (*Data, error) {
	var found *Data
	for _, chat := range t.person.Addresses {
		if chat == string(t.in.Chat) {
			continue
		}
		conv, err := t.app.Store.Conversation(ctx, bot.Address(chat))
		if err != nil {
			return nil, fmt.Errorf("load other conversation: %w", err)
		}
		var other State
		if len(conv.State) > 0 {
			if err := json.Unmarshal(conv.State, &other); err != nil {
				return nil, fmt.Errorf("decode other conversation: %w", err)
			}
		}
		for _, d := range other.halves() {
			if fits(d) && t.inChat(d, chat) && (found == nil || d.Begun.After(found.Begun)) {
				found = d
			}
		}
	}
	return found, nil
}

// inChat tells whether what is remembered in a chat was not taken up in another of
// the person's.
func (t *turn) inChat(d *Data, chat string) bool {
	taken := t.person.Drafts[d.Key]
	return taken == chat || !slices.Contains(t.person.Addresses, taken)
}

// keepOwn gives a draft that was taken up in a chat that is no longer the person's a
// key of its own: what is sent from there is another application.
func (t *turn) keepOwn() {
	for i, d := range t.state.halves() {
		if taken := t.person.Drafts[d.Key]; taken != "" && !slices.Contains(t.person.Addresses, taken) {
			d.Key = t.in.ID + "/draft/" + strconv.Itoa(i+1)
		}
	}
}

// takeUp goes on with what was half filled in.
func (t *turn) takeUp(d *Data) {
	taken := *d
	if t.state.Saved != nil && t.state.Saved.Key == taken.Key {
		t.state.Saved = nil
	}
	t.state.Mends = slices.DeleteFunc(t.state.Mends, func(m Data) bool { return m.Key == taken.Key })
	t.putAside()
	t.state.Open = &taken
	t.claim(&taken)
}

// claim makes this chat the one that has a draft, where there are several.
func (t *turn) claim(d *Data) {
	if len(t.person.Addresses) < 2 || t.person.Drafts[d.Key] == string(t.in.Chat) {
		return
	}
	drafts := maps.Clone(t.person.Drafts)
	if drafts == nil {
		drafts = map[string]string{}
	}
	drafts[d.Key] = string(t.in.Chat)
	t.person.Drafts = drafts
	t.savePerson()
}
