package session

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"izinbot/handlers/phrases"
)

// hash tells two states of a dialogue apart; "" for none.
func (d *Stored) hash() string {
	dialogue := d.Dialogue()
	if dialogue == nil {
		return ""
	}
	state, err := json.Marshal(dialogue)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(append([]byte(d.Key), state...))
	return hex.EncodeToString(sum[:8])
}

// keepMeant remembers what is offered for an unclear answer, for as long as that is not decided.
func (s *Session) keepMeant() {
	if by := s.State.Open.hash(); len(s.Meant) > 0 && by != "" {
		s.State.Meant = &Meant{s.Meant, by}
	}
}

// offerMeant offers once more what was offered for an unclear answer, if nothing was answered
// since: a command, a greeting or an old button came in between.
func (s *Session) offerMeant() {
	m := s.State.Meant
	switch {
	case m == nil:
	case m.By != s.State.Open.hash():
		s.State.Meant = nil
	case len(s.Meant) == 0:
		s.Meant = m.Items
	}
}

// sequelWithin is for how long what is said may go on with a dialogue that ended.
const sequelWithin = 10 * time.Minute

// EndWith closes the dialogue. Words, files and places that come within some minutes, and are
// nothing else, go to next.
func (s *Session) EndWith(next Dialogue) {
	sequel := &Stored{Name: next.Name(), Begun: s.Now, Key: s.In.ID, dialogue: next}
	if open := s.State.Open; open != nil {
		sequel.Case, sequel.Step = open.Case, open.Step
	}
	s.End()
	s.State.Sequel = sequel
}

// sequel gives the dialogue that a message goes on with though it ended; nil for none.
func (s *Session) sequel() *Stored {
	next := s.State.Sequel
	if next.Dialogue() == nil || s.State.Open != nil || s.Now.Sub(next.Begun) > sequelWithin || s.Now.Before(next.Begun) {
		return nil
	}
	return next
}

// takeSequel opens the dialogue that the message goes on with, if there is one.
func (s *Session) takeSequel(ctx context.Context, in Input) Dialogue {
	next := s.sequel()
	if next == nil {
		s.State.Sequel = nil
		return nil
	}
	w, ok := next.Dialogue().(WordsTaker)
	words := ok && in.Choice == "" && phrases.Of(in.Text) == phrases.None && in.Text != "" && w.TakesWords(ctx, s, in.Text)
	if !words && len(in.Files) == 0 && in.Location == nil {
		return nil
	}
	s.State.Open, s.State.Sequel = next, nil
	return next.Dialogue()
}
