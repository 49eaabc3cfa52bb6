package form

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"izinbot/handlers/session"
	"izinbot/workflow/letters"
)

// maxNote is the longest note, in characters.
const maxNote = 1000

// Note reads a remark of a few sentences that a letter will print; what is wrong with
// it is told.
func Note(s *session.Session, text string) (string, bool) {
	text, ok := Words(s, text)
	if !ok {
		return "", false
	}
	if bad, ok := letters.Printable(text); !ok {
		s.SayText(unprintable(s, bad))
		return "", false
	}
	return text, true
}

// Words reads a few sentences that no letter prints, so any sign may stand in them.
func Words(s *session.Session, text string) (string, bool) {
	text = strings.Join(lines(text), "\n")
	n := utf8.RuneCountInString(text)
	switch {
	case countFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) < session.MinLetters:
		s.Say("reason.too_short")
		return "", false
	case n > maxNote:
		s.Say("reason.too_long", "n", n, "max", maxNote)
		return "", false
	}
	return text, true
}

func countFunc(text string, is func(rune) bool) int {
	n := 0
	for _, r := range text {
		if is(r) {
			n++
		}
	}
	return n
}
