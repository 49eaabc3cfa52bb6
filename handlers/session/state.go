package session

import (
	"time"

	"izinbot/workflow"
)

// State is the dialogue state of a chat between two messages, stored as JSON.
type State struct {
	Person workflow.PersonID `json:"person,omitempty"`
	Menu   *Menu             `json:"menu,omitempty"`  // the choices that the last answer offered
	Open   *Data             `json:"open,omitempty"`  // the dialogue under way
	Saved  *Data             `json:"saved,omitempty"` // the draft of an application, put aside
	// Clarifications are drafts of answers to clarifications, put aside, one a case.
	Clarifications []Data `json:"mends,omitempty"`
	// Guesses are the instants of the wrong invitation codes of the last hour.
	Guesses []time.Time `json:"guesses,omitempty"`
	Usage   *Usage      `json:"usage,omitempty"` // the chat's use of today
	// Keyboard says that the last question may have been put with a keyboard that stays
	// ([bot.Want.Keyboard]).
	Keyboard bool `json:"keyboard,omitempty"`
}

// Menu is a set of offered choices. Its nonce is part of each button, so that a
// button of an older question is known as one.
type Menu struct {
	Nonce string   `json:"nonce"`
	Items []Choice `json:"items"`
}

// Choice is one offered choice.
type Choice struct {
	ID    string `json:"id"`
	Label string `json:"label"`
}

// Data holds the answers given so far in a dialogue. Which of the fields are used is up
// to the dialogue.
type Data struct {
	Name      string              `json:"name"`
	Case      workflow.CaseID     `json:"case,omitempty"`
	Step      int                 `json:"step,omitempty"` // step of the case when the dialogue began
	Begun     time.Time           `json:"begun"`
	Key       string              `json:"key"`            // id of the inbound that began it
	At        string              `json:"at,omitempty"`   // what is being asked, where answers alone do not tell
	Edit      string              `json:"edit,omitempty"` // field that is answered anew
	Answers   workflow.Answers    `json:"answers,omitempty"`
	Skipped   map[string]bool     `json:"skipped,omitempty"` // optional questions passed over
	Documents []workflow.Document `json:"documents,omitempty"`
	Doc       workflow.DocCode    `json:"doc,omitempty"`   // document being sent or judged
	Files     []workflow.File     `json:"files,omitempty"` // sent for Doc so far
	Photos    []workflow.Photo    `json:"photos,omitempty"`
	Picked    []string            `json:"picked,omitempty"`
	Note      string              `json:"note,omitempty"`
	Outcome   workflow.Outcome    `json:"outcome,omitempty"`
	Seen      int                 `json:"seen,omitempty"` // revision of the letter that was shown, or round that is answered
	Acts      []Pending           `json:"acts,omitempty"` // wait for a one-time code
}

// Pending is a command that waits for its confirmation. Only the Act of Command is
// set; who acts is known when the code is right.
type Pending struct {
	Role    workflow.Role    `json:"role"`
	Case    workflow.CaseID  `json:"case"`
	Command workflow.Command `json:"command"`
}

// Set records an answer; the question is then no longer skipped or edited.
func (d *Data) Set(key, value string) {
	if d.Answers == nil {
		d.Answers = workflow.Answers{}
	}
	d.Answers[key] = value
	delete(d.Skipped, key)
	d.Edit = ""
}

// Skip passes over an optional question.
func (d *Data) Skip(key string) {
	if d.Skipped == nil {
		d.Skipped = map[string]bool{}
	}
	d.Skipped[key] = true
	delete(d.Answers, key)
	d.Edit = ""
}

// SentDoc gives the finished document of a code.
func (d *Data) SentDoc(code workflow.DocCode) (workflow.Document, bool) {
	for _, doc := range d.Documents {
		if doc.Code == code {
			return doc, true
		}
	}
	return workflow.Document{}, false
}
