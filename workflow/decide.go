package workflow

import "time"

// Decision is what an accepted command leads to.
type Decision struct {
	Case    Case
	Redraw  []LetterID // letters whose PDF must be drawn anew
	Notices []Notice   // who must hear what
	Numbers []NumberChange
}

// Notice is news for somebody, in words of the message catalogue.
type Notice struct {
	Person  PersonID   `json:"person,omitempty"`  // exactly one of Person, Officer, Role is set
	Officer OfficerID  `json:"officer,omitempty"` //
	Role    Role       `json:"role,omitempty"`    // everybody who holds the role now, stand-ins too
	Key     string     `json:"key"`               // catalogue key without its prefix
	Note    string     `json:"note,omitempty"`
	Letters []LetterID `json:"letters,omitempty"` // sent along as PDF
}

// NumberChange is what happens to a reserved register number.
type NumberChange struct {
	Letter LetterID     `json:"letter"`
	Number Number       `json:"number"`
	Status NumberStatus `json:"status"`
}

// NumberStatus is the state of a row of a register.
type NumberStatus string

// The statuses of a number: reserved when the draft goes up for signature, then
// issued by Ksb. Umum, or void ("batal") when the letter dies (rule 5).
const (
	NumberReserved NumberStatus = "reserved"
	NumberIssued   NumberStatus = "issued"
	NumberVoid     NumberStatus = "void"
)

// Decide tells what cmd does to c at now under the procedure def, without side
// effects. A refusal is an [*Error]; the case is then unchanged.
func Decide(def *SOP, c Case, cmd Command, now time.Time) (Decision, error) {
	panic("being written")
}
