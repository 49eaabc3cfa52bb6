package handlers

import (
	"context"
	"slices"
	"sync"
	"time"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

const (
	// joinTries is how many wrong invitation codes a chat may enter in joinSpan.
	joinTries = 10
	joinSpan  = time.Hour
	// officeTries is from how many wrong codes of all chats on in joinSpan a chat may
	// enter one only, and the admins are told. The first code of a chat is always looked
	// at, so that whoever has a good one can join during an attack.
	officeTries = 60
)

// guesses counts the wrong invitation codes of all chats since the start of the program.
// They are no rule but a brake, so that nothing is stored for it.
type guesses struct {
	mu    sync.Mutex
	wrong []time.Time
}

// add counts a wrong code and tells whether the brake is on.
func (g *guesses) add(now time.Time) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.wrong = append(within(g.wrong, now), now)
	if n := len(g.wrong); n > officeTries {
		g.wrong = g.wrong[n-officeTries:]
	}
	return len(g.wrong) >= officeTries
}

func (g *guesses) braked(now time.Time) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return len(within(g.wrong, now)) >= officeTries
}

// within keeps the instants of the last joinSpan. One in the future, left by a clock that
// was put back, does not count.
func within(list []time.Time, now time.Time) []time.Time {
	return slices.DeleteFunc(slices.Clone(list), func(at time.Time) bool {
		return at.After(now) || now.Sub(at) >= joinSpan
	})
}

// joinAgain tells from when on the chat may enter a code again, zero for now.
func (t *turn) joinAgain() time.Time {
	t.state.Guesses = within(t.state.Guesses, t.now)
	most := joinTries
	if t.app.guesses.braked(t.now) {
		most = 1
	}
	n := len(t.state.Guesses)
	if n < most {
		return time.Time{}
	}
	return t.state.Guesses[n-most].Add(joinSpan)
}

// wrongInvitation tells why a code was not taken, and counts it.
func (t *turn) wrongInvitation(ctx context.Context, key string) error {
	t.state.Guesses = append(t.state.Guesses, t.now)
	left := joinTries - len(t.state.Guesses)
	t.say(key, "left", left)
	if left == 0 {
		t.say("join.locked", "until", calendar.Time(t.joinAgain()))
	}
	if !t.app.guesses.add(t.now) {
		return nil
	}
	return t.tellGuessing(ctx)
}

// tellGuessing tells the admins, once an hour, that codes are being guessed.
func (t *turn) tellGuessing(ctx context.Context) error {
	claim := "guessing/" + t.now.UTC().Format("2006010215")
	told, err := t.app.Store.Claimed(ctx, claim)
	if err != nil || len(told) > 0 {
		return err
	}
	t.claims = append(t.claims, claim)
	_, err = t.mailRoles(ctx, []workflow.Role{workflow.RoleAdmin}, bot.Message{Text: t.app.Texts.Say(workflow.Indonesian, "join.guessing", "n", officeTries)})
	return err
}
