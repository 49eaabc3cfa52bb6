package workflow

import (
	"encoding/json"
	"fmt"
	"time"
)

// Command is a wish to do an Act on a case. Key is its idempotency key, the id of
// the inbound message it came from: a case takes each key once.
type Command struct {
	Key   string
	Actor Actor
	Act   Act
	Proof Proof
	// Numbers are the register numbers reserved for letters that Act sends up
	// for signature; see [CodeNumber].
	Numbers map[LetterID]Number
}

// Proof is how the actor was proven to be the one who acts.
type Proof string

// Proofs. Paraf and signature need one-time codes; anything else just the chat
// that the officer's invitation was bound to.
const (
	ProofNone Proof = ""
	ProofTOTP Proof = "totp"
)

// Act is something that can be done to a case. The set is closed: every act is a
// type of this package, so that an act that no step knows cannot be expressed.
type Act interface{ act() string }

// What applicants do.
type (
	// Submit hands in the application and opens the case (step kind ajukan).
	Submit struct {
		ID        CaseID     `json:"id"`
		SOP       SOPRef     `json:"sop"`
		Lang      Lang       `json:"lang"`
		Form      Answers    `json:"form"`
		Documents []Document `json:"documents"`
		Started   time.Time  `json:"started"` // when the form was begun
	}
	// Resubmit answers a clarification with the documents that were asked for.
	Resubmit struct {
		Documents []Document `json:"documents"`
	}
	// Agree is the approval of the visit report, by the applicant or a team member.
	// Seen is as in [Initial].
	Agree struct {
		Seen int `json:"seen,omitempty"`
	}
	// Receive confirms the receipt of the delivered letter.
	Receive struct{}
	// Withdraw ends the case at the applicant's wish, before the signature (rule 9).
	Withdraw struct {
		Reason string `json:"reason,omitempty"`
	}
)

// What officers do.
type (
	// Claim takes the open task, so that no colleague does it twice.
	Claim struct{}
	// HandOver gives the task to a colleague of the same role, or back to the
	// role if To is nil.
	HandOver struct {
		To   *Actor `json:"to,omitempty"`
		Note string `json:"note,omitempty"`
	}
	// Judge gives a verdict on documents (KindCheck). Without a reason, a wrong
	// verdict is refused.
	Judge struct {
		Documents []DocCode `json:"documents"`
		OK        bool      `json:"ok"`
		Reason    string    `json:"reason,omitempty"`
	}
	// Pass ends a check in which every document is right.
	Pass struct{}
	// Clarify sends the one consolidated list of what is wrong (rule 1).
	Clarify struct{}
	// Issue fills in the step's fields and makes its letters (KindIssue).
	Issue struct {
		Fields Answers `json:"fields,omitempty"`
	}
	// Propose sends the step's letters up to its Signer (KindCoordinate). Team
	// are the officers named in the fields, in the same order, as the letters
	// print them.
	Propose struct {
		Fields Answers `json:"fields"`
		Team   []Actor `json:"team,omitempty"`
	}
	// Draft makes or corrects the letter of the step with the maker's paraf (KindDraft).
	Draft struct {
		Fields Answers `json:"fields"`
	}
	// Initial is the paraf (KindInitial). Seen is the letter's revision that the
	// officer was shown; a newer one is not initialled unseen. 0: any.
	Initial struct {
		Seen int `json:"seen,omitempty"`
	}
	// Sign is the signature (KindSign, and KindCoordinate by its Signer). Seen is
	// as in Initial.
	Sign struct {
		Seen int `json:"seen,omitempty"`
	}
	// Return sends a draft back to its maker, with a note (rule 4).
	Return struct {
		Note string `json:"note"`
	}
	// Record enters the letter in its register and releases it (KindNumber).
	Record struct{}
	// Deliver sends the letter off (KindDeliver).
	Deliver struct {
		Means Means `json:"means"`
	}
	// HandDeliver records a receipt at the counter (KindReceive, by the officer
	// who delivered).
	HandDeliver struct {
		Recipient       string `json:"recipient"`
		IdentityChecked bool   `json:"identity_checked"`
	}
	// Reopen lets a case go on that was closed for want of an answer (rule 9).
	Reopen struct {
		Reason string `json:"reason"`
	}
)

// What the Tim Teknis does in the field.
type (
	// StartVisit begins the visit (KindVisit).
	StartVisit struct{}
	// Locate records where the team member stands.
	Locate struct {
		Place Place `json:"place"`
	}
	// Photograph adds pictures; one that is there already is not added again.
	Photograph struct {
		Photos []Photo `json:"photos"`
	}
	// Find answers one line of the check table; a later answer replaces it.
	Find struct {
		Item string `json:"item"`
		OK   bool   `json:"ok"`
		Note string `json:"note,omitempty"`
	}
	// Report closes the visit with its conclusion and makes the berita acara.
	Report struct {
		Conclusion string `json:"conclusion"`
		Statement  string `json:"statement,omitempty"`
	}
	// Revise opens the report again; approvals given so far are void.
	Revise struct {
		Note string `json:"note"`
	}
	// NoteAbsent records why the applicant's agreement is missing, in its place.
	NoteAbsent struct {
		Note string `json:"note"`
	}
	// Recommend ends the assessment (KindRecommend).
	Recommend struct {
		Outcome Outcome `json:"outcome"`
		Fields  Answers `json:"fields,omitempty"`
	}
)

// What the system does.
type (
	// Expire closes a case whose clarification was not answered in time (rule 9).
	Expire struct{}
	// Reschedule records why the due instants were computed anew. Moved says that
	// the step's own deadline is another one now.
	Reschedule struct {
		Reason string `json:"reason"`
		Moved  bool   `json:"moved,omitempty"`
	}
)

func (Submit) act() string      { return "submit" }
func (Resubmit) act() string    { return "resubmit" }
func (Agree) act() string       { return "agree" }
func (Receive) act() string     { return "receive" }
func (Withdraw) act() string    { return "withdraw" }
func (Claim) act() string       { return "claim" }
func (HandOver) act() string    { return "hand_over" }
func (Judge) act() string       { return "judge" }
func (Pass) act() string        { return "pass" }
func (Clarify) act() string     { return "clarify" }
func (Issue) act() string       { return "issue" }
func (Propose) act() string     { return "propose" }
func (Draft) act() string       { return "draft" }
func (Initial) act() string     { return "initial" }
func (Sign) act() string        { return "sign" }
func (Return) act() string      { return "return" }
func (Record) act() string      { return "record" }
func (Deliver) act() string     { return "deliver" }
func (HandDeliver) act() string { return "hand_deliver" }
func (Reopen) act() string      { return "reopen" }
func (StartVisit) act() string  { return "start_visit" }
func (Locate) act() string      { return "locate" }
func (Photograph) act() string  { return "photograph" }
func (Find) act() string        { return "find" }
func (Report) act() string      { return "report" }
func (Revise) act() string      { return "revise" }
func (NoteAbsent) act() string  { return "note_absent" }
func (Recommend) act() string   { return "recommend" }
func (Expire) act() string      { return "expire" }
func (Reschedule) act() string  { return "reschedule" }

// ActName gives the name of an act as the history keeps it.
func ActName(a Act) string { return a.act() }

// wireCommand is a command as the history keeps it.
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
	return json.Marshal(wireCommand{Key: c.Key, Actor: c.Actor, Act: c.Act.act(), Data: data, Proof: c.Proof, Numbers: c.Numbers})
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
	decode, ok := actDecoders()[name]
	if !ok {
		return nil, fmt.Errorf("unknown act %q", name)
	}
	return decode(data)
}

func actDecoders() map[string]func([]byte) (Act, error) {
	m := map[string]func([]byte) (Act, error){}
	decoder[Submit](m)
	decoder[Resubmit](m)
	decoder[Agree](m)
	decoder[Receive](m)
	decoder[Withdraw](m)
	decoder[Survey](m)
	decoder[Claim](m)
	decoder[HandOver](m)
	decoder[Judge](m)
	decoder[Pass](m)
	decoder[Clarify](m)
	decoder[Issue](m)
	decoder[Propose](m)
	decoder[Draft](m)
	decoder[Initial](m)
	decoder[Sign](m)
	decoder[Return](m)
	decoder[Record](m)
	decoder[Deliver](m)
	decoder[HandDeliver](m)
	decoder[Reopen](m)
	decoder[StartVisit](m)
	decoder[Locate](m)
	decoder[Photograph](m)
	decoder[Find](m)
	decoder[Report](m)
	decoder[Revise](m)
	decoder[NoteAbsent](m)
	decoder[Recommend](m)
	decoder[Expire](m)
	decoder[Reschedule](m)
	decoder[Promise](m)
	decoder[Expect](m)
	decoder[Release](m)
	decoder[Called](m)
	return m
}

func decoder[T Act](m map[string]func([]byte) (Act, error)) {
	var zero T
	m[zero.act()] = func(data []byte) (Act, error) {
		var a T
		if err := json.Unmarshal(data, &a); err != nil {
			return nil, fmt.Errorf("decode act %s: %w", a.act(), err)
		}
		return a, nil
	}
}
