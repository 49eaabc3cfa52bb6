package normalize

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sign names a character as a person can find it in his text: itself, or its number
// ("U+202E") where it cannot be seen by itself.
func Sign(r rune) string {
	if r == unicode.ReplacementChar || !unicode.IsGraphic(r) || unicode.IsMark(r) || unicode.IsSpace(r) {
		return fmt.Sprintf("U+%04X", r)
	}
	return string(r)
}

// SignIn names a character with what belongs to it where it stands first in a text: a flag is
// a pair of letters, and many signs have a colour of skin behind them.
func SignIn(text string, r rune) string {
	_, after, found := strings.Cut(text, string(r))
	next, _ := utf8.DecodeRuneInString(after)
	if flag := regional(r) && regional(next); found && (flag || next >= 0x1f3fb && next <= 0x1f3ff) {
		return string(r) + string(next)
	}
	return Sign(r)
}

// regional tells the letters that flags consist of.
func regional(r rune) bool { return r >= 0x1f1e6 && r <= 0x1f1ff }

// Script tells the script of a letter by its Unicode name, "" for what is no letter.
func Script(r rune) string {
	if !unicode.IsLetter(r) && !unicode.IsMark(r) {
		return ""
	}
	for name, table := range unicode.Scripts {
		if unicode.Is(table, r) {
			return name
		}
	}
	return ""
}
