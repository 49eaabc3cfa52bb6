package form

import (
	"strings"

	"izinbot/handlers/session"
	"izinbot/handlers/wording"
	"izinbot/notifications/texts"
	"izinbot/workflow"
)

// Change reads the new text of the message in which an answer was typed; ok is false if there is
// none any more. See [session.Changer].
func (f Form) Change(s *session.Session, d *State, t session.Typed, text string) (c session.Change, ok bool) {
	field, old := f.field(t.Key), d.Answers[t.Key]
	if old == "" {
		old = strings.Join(d.Picked, "\n") // as far as they were said
	}
	if present, _ := f.Next(d); field.Key == "" || old == "" || d.Answers[t.Key] == "" && present.Key != t.Key {
		return c, false
	}
	in := session.Input{Text: t.Rewritten(old, text)}
	if field.Type == workflow.FieldChoice {
		in = session.Input{Text: text, Choice: session.Named(f.options(s, field), text)}
	}
	c = session.Change{Label: field.Label.In(s.Lang()), Now: old, Old: wording.Shown(s, field, old)}
	value, problem := f.read(s, d.Answers, field, in)
	if problem == "" && f.Check != nil {
		problem = f.Check(field, value)
	}
	if problem != "" {
		s.SayText(problem)
		return c, true
	}
	c.Value, c.New = value, wording.ShownShort(s, field, value)
	return c, true
}

// ChangeWords is [Form.Change] for an answer in a few sentences, which read takes: [Note] or one
// of its like.
func ChangeWords(s *session.Session, t session.Typed, label, old, text string, read func(*session.Session, session.Input) (string, bool)) (c session.Change, ok bool) {
	if old == "" {
		return c, false
	}
	c = session.Change{Label: label, Now: old, Old: texts.Cut(old, shownHeld)}
	if value, ok := read(s, session.Input{Text: t.Rewritten(old, text)}); ok {
		c.Value, c.New = value, texts.Cut(value, wording.OnButton)
	}
	return c, true
}

// Replace puts a value in the place of an answer; false if there is none any more, or it does not
// fit.
func (f Form) Replace(d *State, key, value string) bool {
	field := f.field(key)
	switch {
	case field.Key == "" || !field.Accepts(value):
		return false
	case d.Answers[key] != "":
		d.put(key, value)
	case len(d.Picked) > 0:
		d.Picked = strings.Split(value, "\n")
	default:
		return false
	}
	return true
}

// field gives the field of a key; the zero value if there is none.
func (f Form) field(key string) workflow.Field {
	for _, field := range f.Fields {
		if field.Key == key {
			return field
		}
	}
	return workflow.Field{}
}

// Edited offers the new text of a message that was no answer as the answer to the present
// question, if that has a form that the text fits. The question is to be put once more.
func (f Form) Edited(s *session.Session, d *State, text string) bool {
	present, ok := f.Next(d)
	if !ok || freeText(present) && !ownForm(present) || present.Type == workflow.FieldOfficers || present.Type == workflow.FieldReasons {
		return false
	}
	value, problem := f.read(s, d.Answers, present, session.Input{Text: text})
	if problem != "" {
		s.Meant = nil
		return false
	}
	s.Meant = append(s.Meant, s.Choice(choiceMeant.ID(value), "form.meant", "value", wording.ShownShort(s, present, value)))
	s.Say("form.edited", "label", present.Label.In(s.Lang()))
	return true
}
