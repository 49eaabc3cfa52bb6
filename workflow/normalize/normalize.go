// Package normalize brings text that people type, paste or dictate into one form, before
// it is compared, stored or printed. What is written by hand elsewhere (the command
// line, the office file) passes through the same functions.
package normalize

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Text gives the form in which text is kept: Unicode NFC, so that a letter with an
// accent is one sign; ligatures, full-width forms and enclosed digits as plain ones;
// marks that nobody sees (direction, width, variants, controls) left out; every blank a
// space and every line end "\n". Case, dashes and quotation marks stay.
func Text(s string) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\n' || endsLine(r):
			b.WriteByte('\n')
		case blank(r):
			b.WriteByte(' ')
		case invisible(r):
		case folded(r):
			b.WriteString(norm.NFKC.String(string(r)))
		default:
			b.WriteRune(r)
		}
	}
	return norm.NFC.String(b.String())
}

// Line is Text on one line with single spaces, none at the ends.
func Line(s string) string { return strings.Join(strings.Fields(Text(s)), " ") }

// endsLine tells the signs that end a line besides "\n".
func endsLine(r rune) bool { return strings.ContainsRune("\r\v\f\u0085\u2028\u2029", r) }

// blank tells the signs that look like a space; U+2800 is the empty pattern of Braille.
func blank(r rune) bool { return unicode.IsSpace(r) || r == '\u2800' }

// invisible tells the signs that leave no mark: controls, formats (which turn the
// direction of writing, join or part), variation selectors, fillers.
func invisible(r rune) bool {
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Variation_Selector) ||
		strings.ContainsRune("\u034f\u115f\u1160\u3164\uffa0", r)
}

// folded tells the compatibility forms that stand for plain signs: ligatures,
// full-width letters, enclosed and mathematical digits. Raised digits keep their sense
// ("m²") and are no such forms.
func folded(r rune) bool {
	switch {
	case r >= 0xfb00 && r <= 0xfb06, // ligatures
		r >= 0xff01 && r <= 0xff5e,   // full-width
		r >= 0x2460 && r <= 0x249b,   // digits in circles, in brackets, with a full stop
		r >= 0x1d7ce && r <= 0x1d7ff: // mathematical digits
		return true
	}
	return false
}

// Digits gives the decimal digits of every script as 0 to 9, where a number is read.
// The rest stays.
func Digits(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r < 0x80 || !unicode.Is(unicode.Nd, r):
			return r
		case r >= 0x1d7ce && r <= 0x1d7ff: // five mathematical styles in one run
			return '0' + (r-0x1d7ce)%10
		}
		zero := r // the other scripts have runs of ten
		for unicode.Is(unicode.Nd, zero-1) {
			zero--
		}
		return '0' + r - zero
	}, s)
}
