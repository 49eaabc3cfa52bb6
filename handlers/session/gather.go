package session

import (
	"context"
	"strings"
	"time"
	"unicode/utf16"

	"izinbot/bot"
)

// WordsTaker is a dialogue with questions that are answered in one's own words, which may come
// in several messages.
type WordsTaker interface {
	// TakesWords tells whether the text may be such an answer to the present question, or a
	// part of one.
	TakesWords(ctx context.Context, s *Session, text string) bool
}

// DefaultQuiet is a good [Env.Quiet] for people: longer than the pause between two messages of
// one thought, shorter than patience.
const DefaultQuiet = 2500 * time.Millisecond

// Bounds of what is taken as one answer, in messages and UTF-16 units. With [Env.Quiet] they
// bound the wait too.
const (
	mostParts = 12
	mostUnits = 16_000
)

// Networks split a text at splitAt UTF-16 units, or at a space shortly before.
const (
	splitAt  = 4096
	nearlyAt = 4000
)

// gather joins a text with those that wait right behind it if they answer an open question for
// words together. It fails with [*bot.EarlyError] while more may come. The messages become one:
// the last of them counts as handled with the unit of work of the first.
func (s *Session) gather(ctx context.Context, d Dialogue, in *Input) error {
	if s.Env.Quiet == 0 || !s.isPart(ctx, d, s.In.Inbound) {
		return nil
	}
	texts, size := []string{s.In.Text}, units(s.In.Text)
	parts, last := []bot.Inbound{s.In.Inbound}, s.In.Seq
	for _, next := range s.In.Behind {
		if len(texts) >= mostParts || size >= mostUnits || !s.isPart(ctx, d, next.Inbound) {
			break
		}
		texts, size, last = append(texts, next.Text), size+units(next.Text), next.Seq
		parts = append(parts, next.Inbound)
	}
	followed := len(texts) <= len(s.In.Behind) // by something else, or by too much
	if !s.In.Settled && !followed && len(texts) < mostParts && size < mostUnits {
		return &bot.EarlyError{Quiet: s.quietAfter(texts[len(texts)-1])}
	}
	if len(texts) > 1 {
		s.In.Text, s.In.Seq, s.In.Behind = joined(texts), last, s.In.Behind[len(texts)-1:]
		*in, _ = s.read()
		s.Parts, s.parts = len(texts), parts
	}
	return nil
}

// isPart tells whether a message is words for the open question, and nothing else: no choice,
// command, file or word for the talk around it.
func (s *Session) isPart(ctx context.Context, d Dialogue, m bot.Inbound) bool {
	w, ok := d.(WordsTaker)
	if !ok || m.Text == "" || m.Choice != "" || len(m.Asked) > 0 || len(m.Files) > 0 || m.Location != nil || m.Other != "" {
		return false
	}
	as := &Session{Env: s.Env, In: bot.Received{Inbound: m}, Now: s.Now, Work: s.Work, State: s.State, Person: s.Person, Officer: s.Officer}
	in, stale := as.read()
	if _, _, command := as.meantCommand(&in, d); command || stale || in.Choice != "" {
		return false
	}
	return w.TakesWords(ctx, as, in.Text)
}

// quietAfter gives how long a chat has to be quiet after a text before it is whole. A long one
// may have been split, and its rest takes longer.
func (s *Session) quietAfter(text string) time.Duration {
	if units(text) >= nearlyAt {
		return 2 * s.Env.Quiet
	}
	return s.Env.Quiet
}

// FilesFollow tells that another message with files waits right behind this one, so that the
// answer to that one will do.
func (s *Session) FilesFollow() bool {
	next, ok := s.next()
	return s.Env.Quiet > 0 && ok && len(next.Files) > 0
}

// MoreFollows tells that a message waits right behind this one that belongs to the same answer
// of a dialogue that collects words, files and places: the answer to that one will do.
func (s *Session) MoreFollows(ctx context.Context) bool {
	next, ok := s.next()
	if s.Env.Quiet == 0 || !ok {
		return false
	}
	return len(next.Files) > 0 || next.Location != nil || s.isPart(ctx, s.State.Open.Dialogue(), next.Inbound)
}

// next gives the next message that waits behind this one and is not about an earlier one.
func (s *Session) next() (bot.Received, bool) {
	for _, r := range s.In.Behind {
		if r.Better == "" && r.Withdrawn == "" {
			return r, true
		}
	}
	return bot.Received{}, false
}

// awaitFiles fails with [*bot.EarlyError] while more files may come behind those of the message.
func (s *Session) awaitFiles() error {
	if _, followed := s.next(); s.Env.Quiet == 0 || s.In.Settled || followed {
		return nil
	}
	return &bot.EarlyError{Quiet: s.Env.Quiet}
}

// joined makes one text of several messages, line by line. What a network split is put together
// as it was.
func joined(texts []string) string {
	var b strings.Builder
	for i, text := range texts {
		b.WriteString(text)
		switch n := units(text); {
		case i == len(texts)-1 || n == splitAt:
		case n >= nearlyAt && n < splitAt:
			b.WriteByte(' ')
		default:
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// units gives the length of a text as networks count it.
func units(text string) (n int) {
	for _, r := range text {
		n += utf16.RuneLen(r)
	}
	return n
}
