package form

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"izinbot/handlers/session"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
	"izinbot/workflow/letters"
)

// Parse reads an answer to a field as a person types it and gives its stored form,
// or a sentence that says what is wrong and how to go on.
func Parse(s *session.Session, field workflow.Field, in session.Input) (value, problem string) {
	label := field.Label.In(s.Lang())
	if len(in.Files) > 0 {
		return "", s.Text("form.no_file", "label", label)
	}
	if in.Location != nil {
		if field.Type != workflow.FieldCoordinates {
			return "", s.Text("form.no_location", "label", label)
		}
		return workflow.Coordinates{Lat: in.Location.Lat, Lon: in.Location.Lon}.String(), ""
	}
	text := strings.TrimSpace(in.Text)
	if field.Type == workflow.FieldChoice {
		key, ok := choiceOption.Parse(in.Choice)
		if !ok || !field.Accepts(key) {
			return "", s.Text("form.choose", "label", label)
		}
		return key, ""
	}
	if text == "" {
		return "", s.Text("form.empty", "label", label)
	}
	if bad, ok := printable(text); !ok {
		return "", s.Text("form.unprintable", "char", string(bad))
	}
	value = normalise(field.Type, text)
	if n := utf8.RuneCountInString(text); len(value) > limitOf(field.Type) {
		return "", s.Text("form.too_long", "label", label, "n", n, "max", limitOf(field.Type))
	}
	if value == "" || !field.Accepts(value) {
		return "", s.Text("form.wrong."+string(field.Type), "label", label)
	}
	return value, ""
}

// maxList is the longest list that is taken, in bytes: less than the domain would
// take, and about what a chat network carries in one message and a summary of it.
const maxList = 4000

// limitOf gives the greatest length of an answer, in bytes.
func limitOf(ft workflow.FieldType) int {
	switch ft {
	case workflow.FieldLong:
		return maxNote
	case workflow.FieldList, workflow.FieldReasons, workflow.FieldOfficers:
		return maxList
	case workflow.FieldText, workflow.FieldEmail, workflow.FieldPhone, workflow.FieldDate, workflow.FieldCoordinates, workflow.FieldChoice, workflow.FieldNumber:
	}
	return workflow.MaxAnswer
}

// printable tells whether the letters can print a text; bad is the first character that they cannot.
func printable(text string) (bad rune, ok bool) {
	for _, r := range text {
		if r == '\n' || r == '\r' || r == '\t' {
			continue
		}
		if unreadable(r) {
			return '?', false
		}
	}
	return letters.Printable(text)
}

// unreadable tells signs that nothing shows, or that turn the direction of writing.
func unreadable(r rune) bool {
	return r != '\n' && r != '\t' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r))
}

// normalise gives the stored form of a typed answer, or "" if it has none.
func normalise(ft workflow.FieldType, text string) string {
	switch ft {
	case workflow.FieldEmail:
		return strings.ToLower(strings.Join(strings.Fields(text), ""))
	case workflow.FieldPhone:
		return strings.Map(func(r rune) rune {
			if strings.ContainsRune(" -().", r) {
				return -1
			}
			return r
		}, text)
	case workflow.FieldDate:
		day, err := calendar.ParseDate(text)
		if err != nil {
			return ""
		}
		return day.Format(time.DateOnly)
	case workflow.FieldCoordinates:
		place, err := workflow.ParseCoordinates(pointIn(text))
		if err != nil {
			return ""
		}
		return place.String()
	case workflow.FieldNumber:
		n, err := strconv.Atoi(strings.TrimSpace(text))
		if err != nil {
			return ""
		}
		return strconv.Itoa(n)
	case workflow.FieldList, workflow.FieldReasons:
		return strings.Join(lines(text), "\n")
	case workflow.FieldLong:
		return strings.Join(lines(text), "\n")
	case workflow.FieldText, workflow.FieldChoice, workflow.FieldOfficers:
	}
	return strings.Join(strings.Fields(text), " ")
}

// lines splits a text into its non-blank lines, each with single spaces.
func lines(text string) []string {
	var out []string
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			out = append(out, line)
		}
	}
	return out
}

// hint tells how a type is typed, where that is not plain.
func hint(s *session.Session, field workflow.Field) string {
	switch field.Type {
	case workflow.FieldDate, workflow.FieldCoordinates, workflow.FieldList, workflow.FieldReasons:
		return s.Text("form.hint." + string(field.Type))
	case workflow.FieldText, workflow.FieldLong, workflow.FieldEmail, workflow.FieldPhone, workflow.FieldChoice, workflow.FieldNumber, workflow.FieldOfficers:
	}
	return ""
}
