package session

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/normalize"
)

// People correct themselves by editing what they sent. A dialogue notes which message it had for
// which answer ([Session.Typed]); an edit of one is asked about ([Changer]). What the dialogue of
// a message was about when that ended is remembered for a while, to be told what counts.

// Typed is a message in which an answer of a dialogue was typed.
type Typed struct {
	Message string `json:"message"`        // as [bot.Inbound.Edits] names it
	Key     string `json:"key"`            // of the answer, as the dialogue calls it
	Part    string `json:"part,omitempty"` // what it said, if the answer is of several
	Next    string `json:"next,omitempty"` // what it says since an edit that is asked about
}

// Changer is a dialogue of which answers change with the messages in which they were typed.
type Changer interface {
	// Change reads the new text of a message; ok is false if its answer can no longer be changed.
	Change(ctx context.Context, s *Session, t Typed, text string) (c Change, ok bool, err error)
	// Replace puts a value that Change gave in the place of the answer.
	Replace(ctx context.Context, s *Session, key, value string) error
}

// Change is an answer and what an edit would make of it. Old and New are as they are shown, Now and
// Value as they are stored; no Value: it cannot be taken, which was told.
type Change struct{ Label, Old, New, Now, Value string }

// Ended is what is remembered of a dialogue that ended.
type Ended struct {
	Name     string          `json:"name"`
	Case     workflow.CaseID `json:"case,omitempty"`
	Messages []string        `json:"messages"` // those in which its answers were typed
}

// Bounds of what is remembered: messages of a dialogue, and dialogues that ended.
const (
	mostTyped = 40
	mostEnded = 4
)

// changed is the choice of another value for an answer: its key, an equals sign and the value.
const changed Keyed[string] = "q"

// Changing gives the choice that puts a value in the place of an answer of the open dialogue,
// which is a [Changer].
func (s *Session) Changing(key, value, label string) Choice {
	return Choice{ID: changed.ID(key + "=" + value), Label: label}
}

// Changed reads such a choice.
func Changed(id string) (key, value string, ok bool) {
	chosen, _ := changed.Parse(id)
	return strings.Cut(chosen, "=")
}

// Typed notes that the message is an answer of the open dialogue, in place of earlier ones. A
// pressed button is none.
func (s *Session) Typed(key string) {
	s.Untyped(key)
	s.note(key, len(s.parts) > 0)
}

// TypedMore notes that the message is a part of an answer of the open dialogue.
func (s *Session) TypedMore(key string) { s.note(key, true) }

func (s *Session) note(key string, parts bool) {
	open := s.State.Open
	if open == nil || s.In.Choice != "" || s.In.Text == "" {
		return
	}
	messages := s.parts
	if len(messages) == 0 {
		messages = []bot.Inbound{s.In.Inbound}
	}
	for _, m := range messages {
		t := Typed{Message: cmp.Or(m.Message, m.ID), Key: key}
		if parts {
			t.Part = strings.TrimSpace(normalize.Text(m.Text))
		}
		open.Typed = append(open.Typed, t)
	}
	open.Typed = open.Typed[max(0, len(open.Typed)-mostTyped):]
}

// Untyped forgets in which messages an answer was typed: it was made otherwise.
func (s *Session) Untyped(key string) {
	if open := s.State.Open; open != nil {
		open.Typed = slices.DeleteFunc(open.Typed, func(t Typed) bool { return t.Key == key })
	}
}

// typed finds what a message answered.
func (d *Stored) typed(message string) (Typed, bool) {
	if d == nil || message == "" {
		return Typed{}, false
	}
	i := slices.IndexFunc(d.Typed, func(t Typed) bool { return t.Message == message })
	if i < 0 {
		return Typed{}, false
	}
	return d.Typed[i], true
}

// edit notes what a message says since an edit.
func (d *Stored) edit(message, text string) {
	for i := range d.Typed {
		if d.Typed[i].Next = ""; d.Typed[i].Message == message {
			d.Typed[i].Next = text
		}
	}
}

// agreed takes that for what it says, as the answer does now.
func (d *Stored) agreed(key string) {
	if d == nil {
		return
	}
	for i, t := range d.Typed {
		if t.Key == key && t.Part != "" && t.Next != "" {
			d.Typed[i].Part, d.Typed[i].Next = t.Next, ""
		}
	}
}

// rememberEnded keeps what a dialogue that ends was answered with.
func (s *Session) rememberEnded(d *Stored) {
	if d == nil || len(d.Typed) == 0 {
		return
	}
	e := Ended{Name: d.Name, Case: d.Case}
	for _, t := range d.Typed {
		e.Messages = append(e.Messages, t.Message)
	}
	s.State.Ended = append(s.State.Ended, e)
	s.State.Ended = s.State.Ended[max(0, len(s.State.Ended)-mostEnded):]
}

// Rewritten gives an answer with another text for the message, which was the whole answer or a
// part of it. What is not found in it was taken out of a sentence: the new text is the answer.
func (t Typed) Rewritten(whole, text string) string {
	for _, part := range []string{t.Part, strings.Join(strings.Fields(t.Part), " ")} {
		if part != "" && strings.Contains(whole, part) {
			return strings.Replace(whole, part, text, 1)
		}
	}
	return text
}

// edited takes the new text of an earlier message: it is asked whether that is to replace the
// answer, or to answer the present question; else it is told what counts.
func (s *Session) edited(ctx context.Context) error {
	text := strings.TrimSpace(normalize.Text(s.In.Text))
	d := s.State.Open.Dialogue()
	t, known := s.State.Open.typed(s.In.Edits)
	if c, ok := d.(Changer); ok && known && text != "" {
		if asked, err := s.offerChange(ctx, c, t, text); asked || err != nil {
			return err
		}
	}
	if e, ok := d.(Editor); ok && !known && text != "" {
		if taken, err := e.Edited(ctx, s, text); taken || err != nil {
			return err
		}
	}
	return s.Tell(ctx, s.whatCounts(), s.Likely()...)
}

func (s *Session) offerChange(ctx context.Context, d Changer, t Typed, text string) (asked bool, err error) {
	c, ok, err := d.Change(ctx, s, t, text)
	if err != nil || !ok {
		return false, err
	}
	switch c.Value {
	case "":
		s.Meant = nil // it would answer the present question
	case c.Now:
		s.Say("form.unchanged", "label", c.Label)
	default:
		s.State.Open.edit(t.Message, text)
		s.Meant = append(s.Meant, s.Changing(t.Key, c.Value, s.Text("form.replace", "value", c.New)))
		s.Say("form.ask_replace", "label", c.Label, "old", c.Old)
	}
	return true, s.Repeat(ctx)
}

// replaced puts a value in the place of an answer, if that was chosen.
func (s *Session) replaced(ctx context.Context, d Dialogue, in Input) (bool, error) {
	c, ok := d.(Changer)
	key, value, chosen := Changed(in.Choice)
	if !ok || !chosen {
		return false, nil
	}
	if err := c.Replace(ctx, s, key, value); err != nil {
		return true, err
	}
	s.State.Open.agreed(key)
	return true, s.Repeat(ctx)
}

// whatCounts tells that an edit changes nothing, and how to correct what was said.
func (s *Session) whatCounts() string {
	for _, d := range s.State.Drafts {
		if _, ok := d.typed(s.In.Edits); ok {
			return s.Text("edited.aside")
		}
	}
	for _, e := range slices.Backward(s.State.Ended) {
		if s.In.Edits != "" && slices.Contains(e.Messages, s.In.Edits) {
			return s.Text("edited."+e.Name, "case", string(e.Case))
		}
	}
	return s.Text("common.edited")
}
