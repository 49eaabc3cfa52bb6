package visit

import (
	"strings"

	"izinbot/handlers/form"
	"izinbot/handlers/phrases"
	"izinbot/handlers/session"
	"izinbot/workflow"
)

// caption gives what stands below photos, for the report; "" where that is talk, or cannot be
// printed, which is told. Where a note on a line of the check table is asked for, it is that too;
// "selesai" ends the photos.
func (k *FieldVisit) caption(s *session.Session, text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if phrases.Of(text) == phrases.Done && k.At != keyNote {
		k.Skip(partPhotos)
		return ""
	}
	if text == "" || phrases.Of(text) != phrases.None {
		return ""
	}
	if over := workflow.Letters(text) - workflow.MaxCaption; over > 0 {
		s.Say("visit.caption_too_long", "n", over, "max", workflow.MaxCaption)
		return ""
	}
	if !form.PrintableWords(s, text) {
		return ""
	}
	if k.At == keyNote {
		k.At, k.Note = "", text
	}
	return text
}
