package form

import (
	"strings"

	"izinbot/bot"
	"izinbot/handlers/session"
	"izinbot/handlers/wording"
	"izinbot/workflow"
)

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
		s.Meant = append(s.Meant, replacing(s, field, value))
		s.SayText(s.Text("form.ask_replace", "label", label, "old", wording.Shown(s, field, old)))
	}
}

// replacing is the choice of a value in the place of the answer to a field.
func replacing(s *session.Session, field workflow.Field, value string) session.Choice {
	return s.Changing(field.Key, value, s.Text("form.replace", "value", wording.ShownShort(s, field, value)))
}
