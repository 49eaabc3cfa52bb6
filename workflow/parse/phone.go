package parse

import (
	"slices"
	"strings"
	"unicode"

	"github.com/nyaruka/phonenumbers"

	"izinbot/workflow/normalize"
)

// country is the one whose numbers are written without a country code (ISO 3166).
const country = "ID"

// Phone reads a phone number of any country, and gives it as E.164 ("+6281234567890"). A
// number without a country code is Indonesian; labels, names in brackets, blanks and the
// zero that follows a country code by mistake do not matter.
func Phone(s string) (string, error) {
	s = asDigits(normalize.Dashes(normalize.Digits(normalize.Text(s))))
	var found, faxes []string
	for _, part := range phoneParts(s) {
		for _, number := range phonesIn(part) {
			switch {
			case slices.Contains(found, number):
			case strings.HasPrefix(strings.ToLower(strings.TrimSpace(part)), "fa"):
				faxes = append(faxes, number)
			default:
				found = append(found, number)
			}
		}
	}
	if len(found) == 0 {
		found = append(faxes, phonesIn(strings.ReplaceAll(s, ",", ""))...)
	}
	switch len(found) {
	case 0:
		return "", doubt(DoubtPhone)
	case 1:
		return found[0], nil
	}
	return "", doubt(DoubtPhones, found...)
}

// phoneParts splits where a number certainly ends: at commas, lines, "atau", before "Fax" and
// before the plus sign of the next.
func phoneParts(s string) []string {
	words := strings.Fields(strings.NewReplacer("\n", " ; ", "/+", " / +").Replace(s))
	digits := false // since the last split
	for i, w := range words {
		if digits && strings.HasPrefix(w, "+") {
			words[i], digits = "; "+w, false
		}
		digits = digits || strings.ContainsAny(w, "0123456789")
		switch strings.ToLower(strings.TrimRight(w, ".:")) {
		case "atau", "dan", "or", "and":
			words[i] = ";"
		case "fax", "faks":
			words[i] = "; " + w
		}
	}
	return strings.FieldsFunc(strings.Join(words, " "), func(r rune) bool { return strings.ContainsRune(",;&|", r) })
}

// phonesIn reads the number of a part, or those that a slash parts: "0812/3456/7890" is one.
func phonesIn(part string) []string {
	if number, ok := onePhone(part); ok {
		return []string{number}
	}
	var found []string
	for piece := range strings.SplitSeq(part, "/") {
		if number, ok := onePhone(piece); ok && !slices.Contains(found, number) {
			found = append(found, number)
		}
	}
	return found
}

// asDigits reads letters that look like a digit as that digit, next to digits: O in "O812".
func asDigits(s string) string {
	rs := []rune(s)
	digit := func(i int) bool { return i >= 0 && i < len(rs) && unicode.IsDigit(rs[i]) }
	for i, r := range rs {
		if !digit(i-1) && !digit(i+1) || isLetter(rs, i-1) || isLetter(rs, i+1) && !digit(i-1) {
			continue
		}
		switch r {
		case 'O', 'o', 'О', 'о', 'Ο', 'ο': // Latin, Cyrillic, Greek
			rs[i] = '0'
		case 'l', 'I', '|':
			rs[i] = '1'
		}
	}
	return string(rs)
}

func isLetter(rs []rune, i int) bool { return i >= 0 && i < len(rs) && unicode.IsLetter(rs[i]) }

// onePhone reads a text that holds one number.
func onePhone(s string) (string, bool) {
	digits, plus := phoneDigits(s)
	switch {
	case strings.HasPrefix(digits, "00") && !plus: // the prefix of a call abroad
		digits, plus = digits[2:], true
	case strings.HasPrefix(digits, "62") && len(digits) > 9:
		plus = true
	}
	if home, trunk := strings.CutPrefix(digits, "0"); trunk && !plus {
		digits, plus = "62"+home, true
	}
	if home, ours := strings.CutPrefix(digits, "62"); ours && plus {
		digits = "62" + strings.TrimLeft(home, "0") // "+62 0812"
	}
	if plus {
		digits = "+" + digits
	}
	number, err := phonenumbers.Parse(digits, country)
	if err != nil || !phonenumbers.IsPossibleNumber(number) {
		return "", false
	}
	if !plus && (strings.ContainsAny(s, "/.") || !phonenumbers.IsValidNumber(number)) {
		return "", false // any number may be meant, or a date
	}
	e164 := phonenumbers.Format(number, phonenumbers.E164)
	return e164, strings.Trim(phonenumbers.GetNationalSignificantNumber(number), "0") != "" && len(e164) >= len("+12345678")
}

// phoneDigits gives the digits of the number in a text, up to an extension or what
// explains it; plus tells that a plus sign stands before them. It is empty for several
// numbers in brackets or letters among the digits.
func phoneDigits(s string) (digits string, plus bool) {
	s = strings.TrimPrefix(strings.TrimSpace(s), "(")
	start := strings.IndexFunc(s, func(r rune) bool { return r == '+' || r >= '0' && r <= '9' })
	if start < 0 {
		return "", false
	}
	var b strings.Builder
	for _, r := range s[start:] {
		switch {
		case r == '+' && b.Len() == 0:
			plus = true
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case !strings.ContainsRune(" -().·/\t", r):
			return b.String(), plus
		}
	}
	return b.String(), plus
}
