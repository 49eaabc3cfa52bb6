package form

import (
	"maps"

	"izinbot/handlers/session"
	"izinbot/workflow"
	"izinbot/workflow/letters"
	"izinbot/workflow/normalize"
	"izinbot/workflow/spelling"
)

// Foreign is what was written to a question in a script that letters do not print, while the Latin
// spelling is asked for.
type Foreign struct {
	Key  string `json:"key"`
	Text string `json:"text"`
}

// keepOriginal keeps an answer for whose Latin spelling the person is asked; false for any other.
func (f Form) keepOriginal(d *State, field workflow.Field, in session.Input) bool {
	text := Lines(in.Text)
	if !f.Originals || in.Choice != "" || !freeText(field) || ownForm(field) || workflow.Letters(text) > limitOf(field.Type) {
		return false
	}
	if bad, ok := letters.Printable(text); ok || !otherScript(bad) {
		return false
	}
	d.Foreign = &Foreign{Key: field.Key, Text: text}
	return true
}

// otherScript tells whether a sign that letters cannot print is one of a script that they lack.
func otherScript(bad rune) bool {
	script := normalize.Script(bad)
	return script != "" && script != "Inherited" && script != "Common"
}

// spelt notes what a new answer was in another script: what was written before its Latin spelling
// was asked for. A slip that is mended keeps the original that is there; another answer has none.
func (d *State) spelt(key, value string) {
	switch {
	case d.Foreign != nil && d.Foreign.Key == key:
		if d.Originals == nil {
			d.Originals = workflow.Answers{}
		}
		d.Originals[key], d.Foreign = d.Foreign.Text, nil
	case spelling.Distance(value, d.Answers[key]) > maxSlip:
		delete(d.Originals, key)
	}
}

// maxSlip is the number of wrong letters of an answer that is mended rather than given anew.
const maxSlip = 2

// Kept gives the originals of the answers.
func (d *State) Kept() workflow.Answers {
	kept := maps.Clone(d.Originals)
	maps.DeleteFunc(kept, func(key, _ string) bool { return d.Answers[key] == "" })
	return kept
}
