package form

import (
	"izinbot/handlers/session"
	"izinbot/notifications/texts"
	"izinbot/workflow"
)

// choiceCut is the choice of the beginning of a text that is too long: the key is that beginning.
const choiceCut session.Keyed[string] = "t"

// offerCut shows what fits of a text that is longer than limit letters, and offers it with the
// next question. It gives how many letters there are too many.
func offerCut(s *session.Session, text string, limit int) (over int) {
	if over = workflow.Letters(text) - limit; over <= 0 {
		return 0
	}
	head := texts.Fitting(text, limit)
	s.SayText(head)
	s.Meant = append(s.Meant, s.Choice(choiceCut.ID(head), "reason.cut"))
	return over
}

// written gives the text of an answer, or the beginning that was chosen of one that is too long.
func written(in session.Input) string {
	if head, ok := choiceCut.Parse(in.Choice); ok {
		return head
	}
	return in.Text
}
