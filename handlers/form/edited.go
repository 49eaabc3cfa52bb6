package form

import (
	"cmp"

	"izinbot/handlers/session"
	"izinbot/handlers/wording"
	"izinbot/workflow"
)

// came notes the message in which an answer is typed. One of several messages has no such name:
// an edit of a part is no edit of the whole.
func (d *State) came(s *session.Session, key string, in session.Input) {
	delete(d.From, key)
	if in.Choice != "" || in.Text == "" || s.Parts > 1 {
		return
	}
	if d.From == nil {
		d.From = map[string]string{}
	}
	d.From[key] = cmp.Or(s.In.Message, s.In.ID)
}

// Edited takes the new text of an earlier message. If that was an answer, it is asked whether to
// replace it; if the present question has a form that the text fits, whether that is meant. false:
// it is neither. The present question is to be put once more.
func (f Form) Edited(s *session.Session, d *State, text string) bool {
	in := session.Input{Text: text}
	for _, field := range f.Fields {
		if s.In.Edits == "" || d.From[field.Key] != s.In.Edits || d.Answers[field.Key] == "" {
			continue
		}
		f.answerQuoted(s, d, field, in)
		if len(s.Meant) == 0 {
			s.Say("form.unchanged", "label", field.Label.In(s.Lang()))
		}
		return true
	}
	present, ok := f.Next(d)
	if !ok || freeText(present) && !ownForm(present) || present.Type == workflow.FieldOfficers || present.Type == workflow.FieldReasons {
		return false
	}
	value, problem := f.read(s, d.Answers, present, in)
	if problem != "" {
		s.Meant = nil
		return false
	}
	s.Meant = append(s.Meant, s.Choice(choiceMeant.ID(value), "form.meant", "value", wording.ShownShort(s, present, value)))
	s.Say("form.edited", "label", present.Label.In(s.Lang()))
	return true
}
