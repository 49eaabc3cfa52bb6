package texts

import (
	"strings"
	"unicode"
)

// Cut shortens a text to at most n characters.
func Cut(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return strings.TrimSpace(string(r[:n-1])) + "…"
}

// Letters counts the characters of a text as people see them: what combines with the letter
// before it is no character of its own.
func Letters(s string) (n int) {
	for _, r := range s {
		if !unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
			n++
		}
	}
	return n
}
