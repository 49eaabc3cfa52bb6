package form

import (
	"strings"

	"izinbot/bot"
	"izinbot/handlers/session"
	"izinbot/handlers/wording"
	"izinbot/workflow"
)

// choiceReplace are the choices that put an answer in place of an earlier one: the key is that
// of the field, an equals sign and the value.
const choiceReplace session.Keyed[string] = "q"

// quoted gives the field whose question the message quotes.
func (f Form) quoted(s *session.Session) (workflow.Field, bool) {
	if s.In.Quotes == "" {
		return workflow.Field{}, false
	}
	for _, field := range f.Fields {
		for line := range strings.SplitSeq(s.In.Quotes, "\n") {
			if strings.TrimSpace(line) == f.heading(s, field) {
				return field, true
			}
		}
	}
	return workflow.Field{}, false
}

// heading is the first line of the question for a field.
func (f Form) heading(s *session.Session, field workflow.Field) string {
	return s.Text("form.question", "n", f.number(field.Key), "total", len(f.Fields), "label", field.Label.In(s.Lang()))
}

// answerQuoted takes what was said to the quoted question of another field: at once if it has
// no answer yet, else after asking. The present question stays.
func (f Form) answerQuoted(s *session.Session, d *State, field workflow.Field, in session.Input) {
	value, problem := f.read(s, d.Answers, field, in)
	if problem == "" && f.Check != nil {
		problem = f.Check(field, value)
	}
	old := d.Answers[field.Key]
	switch {
	case problem != "":
		s.Meant = nil // what it may have meant would answer the present question
		s.Send(bot.Message{Text: problem})
	case old == "":
		d.Set(field.Key, value)
	case old != value:
		label := field.Label.In(s.Lang())
		s.Meant = append(s.Meant, s.Choice(choiceReplace.ID(field.Key+"="+value), "form.replace", "value", wording.ShownShort(s, field, value)))
		s.SayText(s.Text("form.ask_replace", "label", label, "old", wording.Shown(s, field, old)))
	}
}

// Replaces puts another value in the place of an answer, if the choice is one that was offered
// for that; it gives false for any other. It may come when all is answered.
func (f Form) Replaces(d *State, in session.Input) bool {
	chosen, _ := choiceReplace.Parse(in.Choice)
	key, value, ok := strings.Cut(chosen, "=")
	for _, field := range f.Fields {
		if ok && field.Key == key && field.Accepts(value) && d.Answers[key] != "" {
			d.put(key, value)
			return true
		}
	}
	return false
}
