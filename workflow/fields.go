package workflow

import (
	"net/mail"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Longest answers, in [Letters]. None has more than MaxLongAnswer code points.
const (
	MaxAnswer     = 300
	MaxLongAnswer = 5000
)

// CheckAnswers checks the stored form of the answers to a list of fields: every
// needed one is there, each has its type's form, and no other is. It fails with
// [CodeIncomplete] or [CodeInvalid]; Field is the field's key.
func CheckAnswers(fields []Field, answers Answers) error {
	known := map[string]bool{}
	for _, f := range fields {
		known[f.Key] = true
		value := answers[f.Key]
		if blank(value) {
			if !f.Optional {
				return Refuse(CodeIncomplete, f.Key)
			}
			continue
		}
		if !f.Accepts(value) {
			return Refuse(CodeInvalid, f.Key)
		}
	}
	for key := range answers {
		if !known[key] {
			return Refuse(CodeInvalid, key)
		}
	}
	return nil
}

// checkOriginals checks what answers were before they were spelt in Latin script: each belongs to
// an answer, and is no longer than one. It fails with [CodeInvalid]; Field is the field's key.
func checkOriginals(answers, originals Answers) error {
	for key, text := range originals {
		if blank(answers[key]) || blank(text) || !utf8.ValidString(text) || utf8.RuneCountInString(text) > MaxLongAnswer {
			return Refuse(CodeInvalid, key)
		}
	}
	return nil
}

// WithOriginal gives an answer as people are shown it: with the original behind it, if there is one.
func WithOriginal(answer, original string) string {
	if answer == "" || original == "" {
		return answer
	}
	return answer + " (" + strings.Join(strings.Fields(original), " ") + ")"
}

// Accepts tells whether a non-blank value has the stored form of the field.
func (f Field) Accepts(value string) bool {
	limit := MaxAnswer
	switch f.Type {
	case FieldLong, FieldList, FieldReasons, FieldOfficers:
		limit = MaxLongAnswer
	case FieldText, FieldEmail, FieldPhone, FieldDate, FieldCoordinates, FieldChoice, FieldNumber:
		if strings.ContainsAny(value, "\r\n") {
			return false
		}
	}
	return Letters(value) <= limit && utf8.RuneCountInString(value) <= MaxLongAnswer && utf8.ValidString(value) && f.fits(value)
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

func (f Field) fits(value string) bool {
	switch f.Type {
	case FieldEmail:
		a, err := mail.ParseAddress(value)
		return err == nil && a.Address == value && strings.Contains(value[strings.LastIndex(value, "@"):], ".")
	case FieldPhone:
		return isPhone(value)
	case FieldDate:
		_, err := time.Parse(time.DateOnly, value)
		return err == nil
	case FieldCoordinates:
		_, err := ParseCoordinates(value)
		return err == nil
	case FieldChoice:
		return slices.ContainsFunc(f.Options, func(o Option) bool { return o.Key == value })
	case FieldNumber:
		n, err := strconv.Atoi(value)
		return err == nil && n >= 0 && strconv.Itoa(n) == value
	case FieldReasons:
		return allLines(value, hasArticle)
	case FieldOfficers:
		return allLines(value, func(line string) bool { return line == strings.TrimSpace(line) })
	case FieldText, FieldLong, FieldList:
		return true
	}
	return false
}

func allLines(value string, ok func(string) bool) bool {
	for line := range strings.SplitSeq(value, "\n") {
		if blank(line) || !ok(line) {
			return false
		}
	}
	return true
}

// hasArticle tells whether a reason names what it rests on (rule 7).
func hasArticle(line string) bool {
	reason, article, _ := strings.Cut(line, "|")
	return !blank(reason) && !blank(article)
}

// isPhone accepts 8 to 15 digits with an optional leading plus (ITU-T E.164).
func isPhone(s string) bool {
	digits := strings.TrimPrefix(s, "+")
	if len(digits) < 8 || len(digits) > 15 {
		return false
	}
	for _, r := range digits {
		if r < '0' || r > '9' {
			return false
		}
	}
	return true
}
