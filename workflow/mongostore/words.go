package mongostore

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A search looks for so much of a text and no more. A server refuses patterns of 32 KiB
// and longer, and nobody types so many words; but somebody may paste a letter.
const (
	mostSought  = 20  // words
	mostLetters = 100 // of a word
)

// soughtIn gives the words of a text that are looked for.
func soughtIn(text string) []string {
	var list []string
	for i, w := range wordsOf(text) {
		if i == mostSought {
			break
		}
		if r := []rune(w); len(r) > mostLetters {
			w = string(r[:mostLetters])
		}
		list = append(list, w)
	}
	return list
}

// wordsOf gives the words of a text, each once, as they are looked for: small
// letters without accents, and digits.
func wordsOf(text string) []string {
	plain := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(text))
	list := strings.FieldsFunc(plain, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
	slices.Sort(list)
	return slices.Compact(list)
}
