package form

import (
	"strings"
	"unicode"

	"izinbot/handlers/phrases"
	"izinbot/handlers/session"
	"izinbot/workflow/letters"
)

// maxNote is the longest note, in characters.
const maxNote = 1000

// Note reads a remark of a few sentences that a letter will print; what is wrong with
// it is told.
func Note(s *session.Session, in session.Input) (string, bool) {
	text, ok := Words(s, in)
	if !ok {
		return "", false
	}
	return text, PrintableWords(s, text)
}

// PrintableWords tells whether letters can print a text; else it says which sign they cannot.
func PrintableWords(s *session.Session, text string) bool {
	bad, ok := letters.Printable(text)
	if !ok {
		s.SayText(unprintable(s, text, bad))
	}
	return ok
}

// Lines gives a text without blank lines and superfluous spaces.
func Lines(text string) string { return strings.Join(lines(text), "\n") }

// SaysSomething tells whether a text has enough letters or digits to say something.
func SaysSomething(text string) bool {
	return countFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) >= session.MinLetters
}

// Telling tells whether a text says something and is no mere talk; else it says so.
func Telling(s *session.Session, text string) bool {
	switch {
	case !SaysSomething(text):
		s.Say("reason.too_short")
	case isTalk(text):
		s.Say("reason.talk")
	default:
		return true
	}
	return false
}

// Words reads a few sentences that no letter prints, so any sign may stand in them. Talk is
// not taken for them.
func Words(s *session.Session, in session.Input) (string, bool) {
	text, ok := Opinion(s, in)
	if ok && isTalk(text) {
		s.Say("reason.talk")
		return "", false
	}
	return text, ok
}

// Opinion is [Words] where thanks may be all that somebody has to say.
func Opinion(s *session.Session, in session.Input) (string, bool) {
	text := Lines(written(in))
	if !SaysSomething(text) {
		s.Say("reason.too_short")
		return "", false
	}
	if over := offerCut(s, text, maxNote); over > 0 {
		s.Say("reason.too_long", "n", over, "max", maxNote)
		return "", false
	}
	return text, true
}

// isTalk tells whether a text says nothing that can be passed on. A question may, and what
// went wrong: "salah kirim".
func isTalk(text string) bool {
	switch phrases.Of(text) { //nolint:exhaustive // the others are talk
	case phrases.None, phrases.Question:
		return false
	case phrases.Talk:
		return !strings.Contains(strings.TrimSpace(text), " ")
	}
	return true
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
