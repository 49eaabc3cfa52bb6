package form

import "izinbot/workflow"

// choiceProposals takes all that a form proposes at once.
const choiceProposals = "proposals"

// proposals gives the questions still open for which the form proposes an answer. A form that
// proposes nothing of its own, such as an applicant's, has none.
func (f Form) proposals(d *State) []workflow.Field {
	if f.Prefill == nil || d.Edit != "" {
		return nil
	}
	var open []workflow.Field
	for _, field := range f.Fields {
		_, answered := d.Answers[field.Key]
		value := f.offered(d, field)
		switch {
		case answered, d.Skipped[field.Key], value == "", field.Type == workflow.FieldReasons, !field.Accepts(value):
		case f.Check != nil && f.Check(field, value) != "":
		default:
			open = append(open, field)
		}
	}
	return open
}

// takeProposals answers those questions; all answers are shown before anything is sent.
func (f Form) takeProposals(d *State) {
	for _, field := range f.proposals(d) {
		d.Set(field.Key, f.offered(d, field))
	}
	d.Picked, d.Late = nil, nil
}
