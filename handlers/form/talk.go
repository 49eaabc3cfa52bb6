package form

import (
	"slices"
	"strings"
	"unicode"

	"izinbot/handlers/phrases"
	"izinbot/handlers/session"
	"izinbot/handlers/wording"
	"izinbot/workflow"
	"izinbot/workflow/normalize"
)

// choiceTyped is the choice of a text that reads like talk as the answer nevertheless: the
// key is the text.
const choiceTyped session.Keyed[string] = "w"

// talk answers what is no answer to a question for words: a greeting, "one moment", a
// question. It gives what to say; "" if the text may be an answer. What may be meant as an
// answer all the same is offered.
func (f Form) talk(s *session.Session, answers workflow.Answers, field workflow.Field, text string) string {
	if !freeText(field) {
		return ""
	}
	label := field.Label.In(s.Lang())
	if id := caseNamed(s, text); id != "" {
		return askWhich(s, field, text, id)
	}
	kind := phrases.Of(text, about(field)...)
	switch {
	case kind != phrases.None:
	case onlyLabel(field, text):
		kind = phrases.Talk
	case phrases.Of(text, f.labels()...) == phrases.Same:
		kind = phrases.Same // "sama seperti alamat kantor"
	}
	if mayBeAnswer(field, kind, text) && fits(field, text) {
		value := strings.Join(strings.Fields(text), " ")
		s.Meant = append(s.Meant, s.Choice(choiceTyped.ID(value), "form.typed", "value", wording.ShownShort(s, field, value)))
	}
	switch kind {
	case phrases.Greeting:
		return s.Greeting(text) + " " + s.Text("form.talk.greeting", "label", label)
	case phrases.Wait, phrases.Thanks, phrases.Question:
		return s.Text("form.talk."+string(kind), "label", label)
	case phrases.Yes, phrases.No, phrases.Done, phrases.Talk:
		return s.Text("form.talk.word", "label", label)
	case phrases.Nothing, phrases.Skip:
		return s.Text("form.needed", "label", label)
	case phrases.Same:
		return f.same(s, answers, field)
	case phrases.None:
	}
	return ""
}

// caseNamed gives the case whose number stands in a text.
func caseNamed(s *session.Session, text string) workflow.CaseID {
	text = normalize.Dashes(normalize.Digits(normalize.Text(text)))
	return workflow.FindCaseID(text, s.Env.Desk.Library.Current().Code).ID
}

// askWhich asks whether an answer that names a case is the answer, or asks for that case.
func askWhich(s *session.Session, field workflow.Field, text string, id workflow.CaseID) string {
	show := "/status "
	if s.Officer != nil {
		show = "/buka "
	}
	value := strings.Join(lines(text), "\n")
	if field.Type != workflow.FieldLong {
		value = strings.Join(strings.Fields(text), " ")
	}
	s.Meant = append(s.Meant, session.Choice{ID: show + string(id), Label: s.Text("form.show_case", "case", string(id))})
	if !ownForm(field) && fits(field, value) {
		s.Meant = append(s.Meant, s.Choice(choiceTyped.ID(value), "form.typed", "value", wording.ShownShort(s, field, value)))
	}
	return s.Text("form.talk.case", "case", string(id), "label", field.Label.In(s.Lang()))
}

// freeText tells the fields for which any words may be the answer.
func freeText(field workflow.Field) bool {
	return field.Type == workflow.FieldText || field.Type == workflow.FieldLong
}

// same offers what was answered before, where the fields ask for the same kind of thing: one
// address as the other.
func (f Form) same(s *session.Session, answers workflow.Answers, field workflow.Field) string {
	label := field.Label.In(s.Lang())
	for _, before := range slices.Backward(f.Fields) {
		value := answers[before.Key]
		if before.Key == field.Key || value == "" || before.Type != field.Type || field.Type != workflow.FieldLong {
			continue
		}
		s.Meant = append(s.Meant, s.Choice(choiceMeant.ID(value), "form.meant", "value", wording.ShownShort(s, field, value)))
		return s.Text("form.talk.same", "label", label, "other", before.Label.In(s.Lang()))
	}
	return s.Text("form.talk.in_full", "label", label)
}

// mayBeAnswer tells whether a text that reads like talk can be the answer: one word, or
// words that are written as a name. What says that there is no answer, or what is written by
// a form of its own, cannot.
func mayBeAnswer(field workflow.Field, kind phrases.Kind, text string) bool {
	switch kind {
	case phrases.None, phrases.Greeting, phrases.Same:
		return false
	case phrases.Nothing, phrases.Skip, phrases.Thanks, phrases.Wait, phrases.Question, phrases.Yes, phrases.No, phrases.Done, phrases.Talk:
	}
	words := strings.Fields(text)
	return !ownForm(field) && letterCount(text) >= minLetters && !strings.HasSuffix(text, "?") && (len(words) == 1 || titled(words)) && !onlyLabel(field, text)
}

// ownForm tells the fields for words that have a reader of their own.
func ownForm(field workflow.Field) bool {
	return field.Meaning == workflow.MeansPeriod || field.Meaning == workflow.MeansIDNumber
}

// minLetters is the least number of letters of a name.
const minLetters = 2

func letterCount(text string) int { return countFunc(text, unicode.IsLetter) }

// titled tells whether each word begins as names do, with a capital.
func titled(words []string) bool {
	return !slices.ContainsFunc(words, func(w string) bool {
		first := strings.TrimLeftFunc(w, func(r rune) bool { return !unicode.IsLetter(r) })
		return first != "" && unicode.IsLower([]rune(first)[0])
	})
}

// about lists the words for what a field asks for, in both languages.
func about(field workflow.Field) []string {
	words := strings.Fields(normalize.Plain(field.Label.ID + " " + field.Label.EN))
	for _, word := range slices.Clone(words) {
		words = append(words, word+"nya")
	}
	return append(words, strings.Fields("nama namanya name nomor nomornya number alamat alamatnya address")...)
}

// labels lists the words of the labels of all fields.
func (f Form) labels() []string {
	var words []string
	for _, field := range f.Fields {
		words = append(words, about(field)...)
	}
	return words
}

// onlyLabel tells whether a text names nothing but what is asked for: "nama lembaga".
func onlyLabel(field workflow.Field, text string) bool {
	words := strings.Fields(normalize.Plain(text))
	return len(words) > 0 && !slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(about(field), w) })
}

// typedAnyway gives the text that was offered as the answer though it reads like talk, and
// was chosen itself: a yes alone may be more of the talk.
func typedAnyway(s *session.Session, in session.Input) (string, bool) {
	value, ok := choiceTyped.Parse(in.Choice)
	if !ok || in.Text == "" {
		return value, ok
	}
	said := normalize.Plain(in.Text)
	return value, phrases.Of(in.Text) != phrases.Yes || said == normalize.Plain(s.Text("form.typed", "value", value))
}
