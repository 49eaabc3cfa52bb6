package telegram

import (
	"strings"
	"unicode/utf16"
)

// What Telegram takes, in UTF-16 units.
const (
	maxText    = 4096
	maxCaption = 1024
)

// units counts a text as Telegram does.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

// split cuts a text into parts of at most limit units: at the end of a paragraph
// if that leaves no part too small, else of a line, a word, or anywhere between two
// characters. White space at the cuts goes. A text of nothing but white space has
// no parts.
func split(s string, limit int) []string {
	s = strings.TrimSpace(strings.ToValidUTF8(s, "\uFFFD"))
	var out []string
	for s != "" {
		n := cut(s, limit)
		if part := strings.TrimSpace(s[:n]); part != "" {
			out = append(out, part)
		}
		s = strings.TrimSpace(s[n:])
	}
	return out
}

// cut gives how many bytes of s go into the first part.
func cut(s string, limit int) int {
	fits := prefix(s, limit)
	if fits == len(s) {
		return fits
	}
	for _, end := range []string{"\n\n", "\n", " "} {
		// What follows the part may itself begin with the end of a paragraph.
		if i := strings.LastIndex(s[:min(len(s), fits+len(end))], end); i >= fits/4 && i > 0 {
			return i
		}
	}
	return fits
}

// prefix gives the length in bytes of the longest prefix of at most limit units
// that ends between two characters.
func prefix(s string, limit int) int {
	n := 0
	for i, r := range s {
		if n += utf16.RuneLen(r); n > limit {
			return i
		}
	}
	return len(s)
}
