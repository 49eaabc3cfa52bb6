package normalize

import (
	"fmt"
	"unicode"
)

// Sign names a character as a person can find it in his text: itself, or its number
// ("U+202E") where it cannot be seen by itself.
func Sign(r rune) string {
	if r == unicode.ReplacementChar || !unicode.IsGraphic(r) || unicode.IsMark(r) || unicode.IsSpace(r) {
		return fmt.Sprintf("U+%04X", r)
	}
	return string(r)
}

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
