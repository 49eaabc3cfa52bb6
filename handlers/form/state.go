package form

import (
	"slices"

	"izinbot/workflow"
)

// State holds the answers given in a form so far. A dialogue with a form embeds it.
type State struct {
	Answers workflow.Answers `json:"answers,omitempty"`
	// Originals are answers as they were written in a script that letters do not print.
	Originals workflow.Answers `json:"originals,omitempty"`
	Foreign   *Foreign         `json:"foreign,omitempty"`
	Skipped   map[string]bool  `json:"skipped,omitempty"` // optional questions passed over
	Edit      string           `json:"edit,omitempty"`    // field that is answered anew
	// Heard are values that stood in the answers to other questions; they are offered.
	Heard  workflow.Answers `json:"heard,omitempty"`
	Picked []string         `json:"picked,omitempty"` // values picked so far where a field has several
	From   int              `json:"from,omitempty"`   // first ready-made reason of the page that is shown
	Late   *Late            `json:"late,omitempty"`
	Last   string           `json:"last,omitempty"` // field that was answered last
}

// Set records an answer; the question is then no longer skipped or edited.
func (d *State) Set(key, value string) {
	d.put(key, value)
	delete(d.Skipped, key)
	d.Edit, d.Last = "", key
}

// put puts a value into the answers, and what it was in another script beside it.
func (d *State) put(key, value string) {
	if d.Answers == nil {
		d.Answers = workflow.Answers{}
	}
	d.spelt(key, value)
	d.Answers[key] = value
}

// hear keeps a value for a question that was not asked yet.
func (d *State) hear(key, value string) {
	if d.Heard == nil {
		d.Heard = workflow.Answers{}
	}
	d.Heard[key] = value
}

// Skip passes over an optional question.
func (d *State) Skip(key string) {
	if d.Skipped == nil {
		d.Skipped = map[string]bool{}
	}
	d.Skipped[key] = true
	delete(d.Answers, key)
	delete(d.Originals, key)
	d.Edit = ""
}

// UploadState is [State] for a dialogue that asks for documents too.
type UploadState struct {
	State

	Documents []workflow.Document `json:"documents,omitempty"` // the finished ones; the one finished last stands last
	Doc       workflow.DocCode    `json:"doc,omitempty"`       // document being sent
	Files     []workflow.File     `json:"files,omitempty"`     // sent for Doc so far
	Listing   string              `json:"listing,omitempty"`   // what is done with Files: choiceOrder or choiceRemove
	Expiry    string              `json:"expiry,omitempty"`    // of Doc, read from a caption
}

// PutDown forgets the document that is being sent.
func (d *UploadState) PutDown() { d.Doc, d.Files, d.Listing, d.Expiry = "", nil, "", "" }

// Sent gives the finished document of a code.
func (d *UploadState) Sent(code workflow.DocCode) (workflow.Document, bool) {
	i := slices.IndexFunc(d.Documents, func(doc workflow.Document) bool { return doc.Code == code })
	if i < 0 {
		return workflow.Document{}, false
	}
	return d.Documents[i], true
}

// drop takes a finished document back.
func (d *UploadState) drop(code workflow.DocCode) {
	d.Documents = slices.DeleteFunc(d.Documents, func(doc workflow.Document) bool { return doc.Code == code })
}
