package demo

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"izinbot/handlers/session"
)

// sayInVain has the speaker say something that must change nothing of what look
// sees, and must be answered. What was refused stands in a case's history.
func (p *player) sayInVain(ctx context.Context, text string, look func(context.Context) (string, error)) error {
	before, err := look(ctx)
	if err != nil {
		return err
	}
	if err := p.say(ctx, text); err != nil {
		return err
	}
	after, err := look(ctx)
	if err != nil {
		return err
	}
	if before != after {
		was, is := difference(before, after)
		return fmt.Errorf("%q changed\n…%s…\nto\n…%s…", text, was, is)
	}
	if strings.Join(p.heard[p.speaker], "") == "" {
		return fmt.Errorf("%q was not answered", text)
	}
	return nil
}

// shown is the length to which a difference is cut, in bytes to either side.
const shown = 120

// difference gives where two texts begin to differ.
func difference(a, b string) (inA, inB string) {
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	around := func(s string) string { return s[max(0, i-shown):min(len(s), i+shown)] }
	return around(a), around(b)
}

// allCases writes down every case, without its count of history entries.
func (p *player) allCases(ctx context.Context) (string, error) {
	store := p.d.Program.Store
	ids, err := store.CaseIDs(ctx, "", maxKnown)
	if err != nil {
		return "", fmt.Errorf("list cases: %w", err)
	}
	var b strings.Builder
	for _, id := range ids {
		c, err := store.Case(ctx, id)
		if err != nil {
			return "", err
		}
		c.Version, c.Head = 0, ""
		data, err := json.Marshal(c)
		if err != nil {
			return "", fmt.Errorf("encode case: %w", err)
		}
		b.Write(append(data, '\n'))
	}
	return b.String(), nil
}

// everything writes down every case and what the speaker's chat remembers, without
// what may change all the same: who was met for the first time, and which questions
// and choices were put last.
func (p *player) everything(ctx context.Context) (string, error) {
	cases, err := p.allCases(ctx)
	if err != nil {
		return "", err
	}
	conversation, err := p.d.Program.Store.Conversation(ctx, p.d.address(p.speaker))
	if err != nil {
		return "", err
	}
	var state session.State
	if len(conversation.State) > 0 {
		if err := json.Unmarshal(conversation.State, &state); err != nil {
			return "", fmt.Errorf("decode conversation: %w", err)
		}
	}
	state.Menu, state.Past, state.Meant, state.Person, state.Usage = nil, nil, nil, "", nil
	data, err := json.Marshal(state)
	if err != nil {
		return "", fmt.Errorf("encode conversation: %w", err)
	}
	return cases + string(data), nil
}
