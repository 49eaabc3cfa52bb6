package texts

import (
	"strings"
	"unicode"

	"izinbot/workflow"
)

// Cut shortens a text to at most n characters.
func Cut(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return strings.TrimSpace(string(r[:n-1])) + "…"
}

// Fitting gives the beginning of a text that has at most n letters, up to the end of a word if
// one ends near.
func Fitting(s string, n int) string {
	if workflow.Letters(s) <= n {
		return s
	}
	letters, end := 0, 0
	for i, r := range s {
		if letters += workflow.Letters(string(r)); letters > n {
			end = i
			break
		}
	}
	if space := strings.LastIndexFunc(s[:end+1], unicode.IsSpace); space > end-nearLetters {
		end = space
	}
	return strings.TrimSpace(s[:end])
}

// nearLetters is the greatest distance of a word's end before the limit, in bytes.
const nearLetters = 40
