package form

import (
	"izinbot/handlers/phrases"
	"izinbot/handlers/session"
	"izinbot/workflow"
)

// talk answers what is no answer to a question for words: a greeting, "one moment", a
// question. It gives what to say; "" if the text may be an answer.
func talk(s *session.Session, field workflow.Field, text string) string {
	if field.Type != workflow.FieldText && field.Type != workflow.FieldLong {
		return ""
	}
	label := field.Label.In(s.Lang())
	kind := phrases.Of(text)
	switch kind {
	case phrases.Greeting, phrases.Wait, phrases.Thanks, phrases.Question:
		return s.Text("form.talk."+string(kind), "label", label)
	case phrases.Yes, phrases.No, phrases.Done:
		return s.Text("form.talk.word", "label", label)
	case phrases.Nothing, phrases.Skip:
		return s.Text("form.needed", "label", label)
	case phrases.None:
	}
	return ""
}
