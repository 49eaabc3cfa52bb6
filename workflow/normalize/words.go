package normalize

import (
	"strings"
	"unicode"
)

// Plain gives the form in which words are compared: small letters, digits and single
// spaces. Markup, punctuation, emoji and brackets part words and are left out.
func Plain(s string) string {
	keep := func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			return unicode.ToLower(r)
		}
		return ' '
	}
	return strings.Join(strings.Fields(strings.Map(keep, Digits(Text(s)))), " ")
}

// Unmarked gives a text on one line without what chat programs and writers put around
// words: markup (* _ ~ `), quotation marks, brackets, and punctuation behind a word.
// Within words all stays: "a_b", "31/12/2027", "7K2M-9QXA".
func Unmarked(s string) string {
	words := strings.Fields(Dashes(Text(s)))
	kept := words[:0]
	for _, w := range words {
		w = strings.TrimLeftFunc(w, around)
		w = strings.TrimRightFunc(w, func(r rune) bool { return around(r) || strings.ContainsRune(".,;:!?…", r) })
		if w != "" {
			kept = append(kept, w)
		}
	}
	return strings.Join(kept, " ")
}

// around tells the signs that surround a word and are no part of it.
func around(r rune) bool {
	return unicode.In(r, unicode.Ps, unicode.Pe, unicode.Pi, unicode.Pf) || strings.ContainsRune("*_~`\"'<>„‚´", r)
}

// Dashes gives every kind of dash and minus as "-".
func Dashes(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Pd, r) || strings.ContainsRune("\u2212\u2043\u02d7", r) {
			return '-'
		}
		return r
	}, s)
}
