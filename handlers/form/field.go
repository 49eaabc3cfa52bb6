package form

import (
	"cmp"
	"errors"
	"strings"

	"izinbot/bot"
	"izinbot/handlers/session"
	"izinbot/workflow"
	"izinbot/workflow/letters"
	"izinbot/workflow/normalize"
	"izinbot/workflow/parse"
)

// Parse reads an answer to a field that stands alone, as [Form.parse] does.
func Parse(s *session.Session, field workflow.Field, in session.Input) (value, problem string) {
	return Form{Fields: []workflow.Field{field}}.parse(s, nil, field, in)
}

// parse reads an answer to a field as a person types it and gives its stored form,
// or a sentence that says what is wrong and how to go on. What an unclear answer may
// have meant is offered with the next question.
func (f Form) parse(s *session.Session, answers workflow.Answers, field workflow.Field, in session.Input) (value, problem string) {
	label := field.Label.In(s.Lang())
	if len(in.Files) > 0 {
		return "", s.Text("form.no_file", "label", label)
	}
	if in.Location != nil {
		return shared(s, field, *in.Location)
	}
	if field.Type == workflow.FieldChoice {
		key, ok := choiceOption.Parse(in.Choice)
		if !ok {
			key = pick(field.Options, in.Text)
		}
		if !field.Accepts(key) {
			return "", s.Text("form.choose", "label", label)
		}
		return key, ""
	}
	text := strings.TrimSpace(written(in))
	if text == "" {
		return "", s.Text("form.empty", "label", label)
	}
	if freeText(field) {
		if problem = refuse(s, field, text); problem != "" {
			return "", problem
		}
	}
	value, err := f.readValue(s, answers, field, text)
	if d := (&parse.DoubtError{}); errors.As(err, &d) {
		return "", sayDoubt(s, field, d)
	}
	if problem = refuse(s, field, value); problem != "" {
		return "", problem
	}
	if value == "" || !field.Accepts(value) {
		return "", s.Text("form.wrong."+string(field.Type), "label", label)
	}
	return value, ""
}

// fits tells whether an answer can stand in a letter.
func fits(field workflow.Field, value string) bool {
	_, ok := letters.Printable(value)
	return ok && workflow.Letters(value) <= limitOf(field.Type)
}

// refuse says why an answer cannot stand in a letter: a sign of it, or its length.
func refuse(s *session.Session, field workflow.Field, value string) string {
	if bad, ok := letters.Printable(value); !ok {
		return unprintable(s, value, bad)
	}
	limit := limitOf(field.Type)
	if over := offerCut(s, value, limit); over > 0 {
		return s.Text("form.too_long", "label", field.Label.In(s.Lang()), "n", over, "max", limit)
	}
	return ""
}

// shared reads a location that was sent instead of a text.
func shared(s *session.Session, field workflow.Field, l bot.Location) (value, problem string) {
	if field.Type != workflow.FieldCoordinates {
		return "", s.Text("form.no_location", "label", field.Label.In(s.Lang()))
	}
	if l.Lat == 0 && l.Lon == 0 {
		return "", sayDoubt(s, field, &parse.DoubtError{Code: parse.DoubtZero})
	}
	value, err := inArea(s, workflow.Coordinates{Lat: l.Lat, Lon: l.Lon})
	if d := (&parse.DoubtError{}); errors.As(err, &d) {
		return "", sayDoubt(s, field, d)
	}
	return value, ""
}

// unprintable says which sign the letters cannot print; of a script that their font lacks
// the Latin spelling is asked for.
func unprintable(s *session.Session, text string, bad rune) string {
	if otherScript(bad) {
		return s.Text("form.other_script", "char", normalize.Sign(bad))
	}
	return s.Text("form.unprintable", "char", normalize.SignIn(text, bad))
}

// maxList is the longest list that is taken, in characters: less than the domain would
// take, and about what a chat network carries in one message and a summary of it.
const maxList = 4000

// limitOf gives the greatest length of an answer, in [workflow.Letters].
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

// help explains a field: in the procedure's words, or by how its type is typed. Examples of days
// come from here, so that they lie ahead.
func help(s *session.Session, field workflow.Field) string {
	said, how := field.Help.In(s.Lang()), hint(s, field)
	if said == "" || field.Type != workflow.FieldDate && field.Meaning != workflow.MeansPeriod {
		return cmp.Or(said, how)
	}
	return said + "\n" + how
}

// hint tells how a type is typed, where that is not plain.
func hint(s *session.Session, field workflow.Field) string {
	if field.Meaning == workflow.MeansPeriod {
		return s.Text("form.hint.periode")
	}
	switch field.Type {
	case workflow.FieldDate, workflow.FieldCoordinates, workflow.FieldList, workflow.FieldReasons:
		return s.Text("form.hint." + string(field.Type))
	case workflow.FieldText, workflow.FieldLong, workflow.FieldEmail, workflow.FieldPhone, workflow.FieldChoice, workflow.FieldNumber, workflow.FieldOfficers:
	}
	return ""
}
