package session

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"izinbot/workflow"
)

// State is the dialogue state of a chat between two messages, stored as JSON.
type State struct {
	Person workflow.PersonID `json:"person,omitempty"`
	Menu   *Menu             `json:"menu,omitempty"` // the choices that the last answer offered
	Open   *Stored           `json:"open,omitempty"` // the dialogue under way
	// Meant are the readings of an unclear answer that the open dialogue offered.
	Meant *Meant `json:"meant,omitempty"`
	// Sequel is the dialogue for what comes shortly after another one ended, and goes on with it.
	Sequel *Stored `json:"sequel,omitempty"`
	// Ended are the dialogues that ended last, with the messages of their answers.
	Ended []Ended `json:"ended,omitempty"`
	// Drafts are dialogues put aside, the one put aside last standing last.
	Drafts []*Stored `json:"drafts,omitempty"`
	// Past are the questions about cases that were put last, the latest standing last.
	Past []PastQuestion `json:"past,omitempty"`
	// Guesses are the instants of the wrong invitation codes of the last hour.
	Guesses []time.Time `json:"guesses,omitempty"`
	Usage   *Usage      `json:"usage,omitempty"` // the chat's use of today
	// Called is when the chat was last told that calls are not answered.
	Called time.Time `json:"called,omitzero"`
	// Staff is until when nothing is answered, since an officer writes here himself; Missed
	// counts what was said in that time.
	Staff  time.Time `json:"staff,omitzero"`
	Missed int       `json:"missed,omitempty"`
	// Keyboard says that the last question may have been put with a keyboard that stays
	// ([bot.Want.Keyboard]).
	Keyboard bool `json:"keyboard,omitempty"`
}

// UnmarshalJSON also reads the drafts of versions before ADR 0050.
func (s *State) UnmarshalJSON(b []byte) error {
	type plain State
	var old struct {
		Saved *Stored   `json:"saved"`
		Mends []*Stored `json:"mends"`
	}
	if err := errors.Join(json.Unmarshal(b, (*plain)(s)), json.Unmarshal(b, &old)); err != nil {
		return err
	}
	s.Drafts = append(s.Drafts, old.Mends...)
	if old.Saved != nil {
		s.Drafts = append(s.Drafts, old.Saved)
	}
	return nil
}

// Menu is a set of offered choices. Its nonce is part of each button, so that a
// button of an older question is known as one.
type Menu struct {
	Nonce string   `json:"nonce"`
	Items []Choice `json:"items"`
}

// Meant are choices that stay on offer for as long as the dialogue that offered them is as it was.
type Meant struct {
	Items []Choice `json:"items"`
	By    string   `json:"by"` // hash of the dialogue
}

// Choice is one offered choice.
type Choice struct {
	ID    string `json:"id"`
	Label string `json:"label"`
}

// Stored is a dialogue as a chat's state keeps it: the one under way, or a draft.
type Stored struct {
	Name  string          `json:"name"`
	Case  workflow.CaseID `json:"case,omitempty"`
	Step  int             `json:"step,omitempty"` // step of the case when the dialogue began
	Begun time.Time       `json:"begun"`
	Key   string          `json:"key"`             // id of the inbound that began it
	State json.RawMessage `json:"state,omitempty"` // the fields of the [Dialogue]
	Typed []Typed         `json:"typed,omitempty"` // the messages of its answers, the newest standing last

	dialogue Dialogue // State decoded, while a message is handled
}

// Dialogue gives the dialogue with its answers; nil if none is stored, or none of its name
// is registered.
func (d *Stored) Dialogue() Dialogue {
	if d == nil {
		return nil
	}
	return d.dialogue
}

// MarshalJSON encodes the dialogue with what was answered in this session.
func (d Stored) MarshalJSON() ([]byte, error) {
	if d.dialogue != nil {
		state, err := json.Marshal(d.dialogue)
		if err != nil {
			return nil, fmt.Errorf("encode dialogue %s: %w", d.Name, err)
		}
		d.State = state
	}
	type plain Stored
	return json.Marshal(plain(d))
}

// UnmarshalJSON also reads what versions before ADR 0050 stored: there the fields of the
// dialogue stand beside its name.
func (d *Stored) UnmarshalJSON(b []byte) error {
	type plain Stored
	if err := json.Unmarshal(b, (*plain)(d)); err != nil {
		return err
	}
	if d.State == nil {
		d.State = slices.Clone(b)
	}
	return nil
}

// decode makes the dialogue of what is stored. One that is not registered any more stays
// as it is.
func (e *Env) decode(d *Stored) error {
	if d == nil || d.dialogue != nil {
		return nil
	}
	entry, known := e.Dialogues[d.Name]
	if !known {
		return nil
	}
	dialogue := entry.New()
	if err := json.Unmarshal(d.State, dialogue); err != nil {
		return fmt.Errorf("decode dialogue %s: %w", d.Name, err)
	}
	d.dialogue = dialogue
	return nil
}
