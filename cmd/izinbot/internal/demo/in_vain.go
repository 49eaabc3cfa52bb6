package demo

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"izinbot/bot"
	"izinbot/bot/simulator"
	"izinbot/handlers"
)

// sayInVain has the speaker say something that must change nothing. What was
// refused stands in a case's history, and the question is put again; all else is
// as it was.
func (p *player) sayInVain(ctx context.Context, text string) error {
	before, err := p.snapshot(ctx)
	if err != nil {
		return err
	}
	if err := p.say(ctx, text); err != nil {
		return err
	}
	after, err := p.snapshot(ctx)
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

// shown is how much of a difference is shown, in bytes to either side.
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

// snapshot writes down every case and what the speaker's chat remembers, without
// what may change all the same: a case's count of history entries, who was met for
// the first time, and the choices that were offered last.
func (p *player) snapshot(ctx context.Context) (string, error) {
	var b strings.Builder
	store := p.d.Program.Store
	ids, err := store.CaseIDs(ctx, "", maxKnown)
	if err != nil {
		return "", fmt.Errorf("list cases: %w", err)
	}
	write := func(what any) error {
		data, err := json.Marshal(what)
		b.Write(append(data, '\n'))
		return err
	}
	for _, id := range ids {
		c, err := store.Case(ctx, id)
		if err != nil {
			return "", err
		}
		c.Version, c.Head = 0, ""
		if err := write(c); err != nil {
			return "", err
		}
	}
	conversation, err := store.Conversation(ctx, bot.MakeAddress(simulator.Name, p.speaker))
	if err != nil {
		return "", err
	}
	var state handlers.State
	if len(conversation.State) > 0 {
		if err := json.Unmarshal(conversation.State, &state); err != nil {
			return "", fmt.Errorf("decode conversation: %w", err)
		}
	}
	state.Menu, state.Person = nil, ""
	if err := write(state); err != nil {
		return "", err
	}
	return b.String(), nil
}
