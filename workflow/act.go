package workflow

import (
	"encoding/json"
	"fmt"
	"reflect"
)

// Command is a request to do an Act on a case. Key is its idempotency key, the id of
// the inbound message it came from: a case takes each key once.
type Command struct {
	Key   string
	Actor Actor
	Act   Act
	Proof Proof
	// Numbers are the register numbers reserved for the letters that Act sends up
	// for signature or enters at once; see [NumbersNeeded].
	Numbers map[LetterID]Number
}

// Proof says how the actor proved his identity.
type Proof string

// Proofs. Paraf and signature need a one-time code; all else needs only the chat
// that the officer's invitation was bound to.
const (
	ProofNone Proof = ""
	ProofTOTP Proof = "totp"
)

// Act is something that can be done to a case. The set is closed: every act is a type
// of this package that brings its own rule and effect, beside the step kind that it
// belongs to. An act without a rule does not compile; one whose rule names no actor is
// refused (docs/adr/0040).
type Act interface {
	// name identifies the act in the history. It is never changed.
	name() string
	// rule says where and by whom the act can be done.
	rule() rule
	// apply does the act to the transition's copy of the case, after all guards. It
	// fails with an [*Error]; the copy is then dropped.
	apply(t *transition) error
}

// acts lists a prototype of every act, by which the history is decoded.
func acts() []Act {
	return []Act{
		Submit{}, Resubmit{}, // ajukan
		Judge{}, Pass{}, Clarify{}, // periksa
		Issue{},                                                // terbitkan
		Propose{},                                              // koordinasi
		StartVisit{}, Locate{}, Photograph{}, Find{}, Report{}, // tinjau: the visit
		Agree{}, Revise{}, NoteAbsent{}, // tinjau: approval of its report
		Recommend{},                 // rekomendasi
		Draft{},                     // draf
		Initial{}, Sign{}, Return{}, // paraf, tandatangan
		Record{},                            // nomor
		Deliver{}, Receive{}, HandDeliver{}, // sampaikan, terima
		Claim{}, HandOver{}, Release{}, Promise{}, // the task, at any step
		Withdraw{}, Expire{}, Reopen{}, Survey{}, // the end
		Expect{}, Reschedule{}, Called{}, // notes
	}
}

// ActName gives the name of an act as the history keeps it.
func ActName(a Act) string { return a.name() }

// wireCommand is the JSON form of a command in the history.
type wireCommand struct {
	Key     string              `json:"key"`
	Actor   Actor               `json:"actor"`
	Act     string              `json:"act"`
	Data    json.RawMessage     `json:"data"`
	Proof   Proof               `json:"proof,omitempty"`
	Numbers map[LetterID]Number `json:"numbers,omitempty"`
}

// MarshalJSON writes the command with the name of its act.
func (c Command) MarshalJSON() ([]byte, error) {
	if c.Act == nil {
		return nil, Refuse(CodeInvalid, "act")
	}
	data, err := json.Marshal(c.Act)
	if err != nil {
		return nil, fmt.Errorf("encode act: %w", err)
	}
	return json.Marshal(wireCommand{Key: c.Key, Actor: c.Actor, Act: c.Act.name(), Data: data, Proof: c.Proof, Numbers: c.Numbers})
}

// UnmarshalJSON reads what MarshalJSON wrote. An unknown act is an error.
func (c *Command) UnmarshalJSON(b []byte) error {
	var w wireCommand
	if err := json.Unmarshal(b, &w); err != nil {
		return err
	}
	act, err := decodeAct(w.Act, w.Data)
	if err != nil {
		return err
	}
	*c = Command{Key: w.Key, Actor: w.Actor, Act: act, Proof: w.Proof, Numbers: w.Numbers}
	return nil
}

func decodeAct(name string, data []byte) (Act, error) {
	for _, prototype := range acts() {
		if prototype.name() != name {
			continue
		}
		value := reflect.New(reflect.TypeOf(prototype))
		if err := json.Unmarshal(data, value.Interface()); err != nil {
			return nil, fmt.Errorf("decode act %s: %w", name, err)
		}
		act, _ := reflect.TypeAssert[Act](value.Elem()) // of the prototype's type
		return act, nil
	}
	return nil, fmt.Errorf("unknown act %q", name)
}
