package form

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"izinbot/bot"
	"izinbot/handlers/phrases"
	"izinbot/handlers/session"
	"izinbot/handlers/wording"
	"izinbot/workflow"
	"izinbot/workflow/parse"
)

// Form asks the fields of a list one after the other. What was answered is in a
// [State], so the next question is always the first field without an answer.
type Form struct {
	Fields []workflow.Field
	// Prefill offers a value for a field, "" for none.
	Prefill func(f workflow.Field) string
	// Check tells what is wrong with a value that has the form of its type, "" for
	// nothing; nil if nothing ever is.
	Check func(f workflow.Field, value string) (problem string)
	// Originals tells that answers are kept as they were written, too, where they are in a
	// script that letters do not print.
	Originals bool
	// Waits tells that a field is not asked yet; nil if none waits.
	Waits func(f workflow.Field) bool
}

// Ids of the choices that every form offers.
const (
	ChoiceSkip    = "skip"
	choiceDefault = "default"
	choiceKeep    = "keep"
	ChoiceDone    = "done"

	choiceOption  session.Keyed[string]             = "o"
	choiceOfficer session.Keyed[workflow.OfficerID] = "p"
	choiceReason  session.Numbered                  = "a"
	choicePage    session.Numbered                  = "m"
)

// Next gives the field to ask: the one being edited, else the first without an
// answer. ok is false when the form is filled in.
func (f Form) Next(d *State) (field workflow.Field, ok bool) {
	for _, field := range f.Fields {
		if d.Edit != "" {
			if field.Key == d.Edit {
				return field, true
			}
			continue
		}
		if _, answered := d.Answers[field.Key]; !answered && !d.Skipped[field.Key] && (f.Waits == nil || !f.Waits(field)) {
			return field, true
		}
	}
	if d.Edit != "" { // the edited field is gone: a form of another version
		d.Edit = ""
		return f.Next(d)
	}
	return workflow.Field{}, false
}

// Back moves to the question before the present one; false at the first.
func (f Form) Back(d *State) bool {
	present, ok := f.Next(d)
	last := ""
	for _, field := range f.Fields {
		if ok && field.Key == present.Key {
			break
		}
		if f.Waits == nil || !f.Waits(field) {
			last = field.Key
		}
	}
	if last == "" {
		return false
	}
	d.Edit = last
	return true
}

// Ask puts the question of the present field. ok is false when none is left.
func (f Form) Ask(ctx context.Context, s *session.Session, d *State) (ok bool, err error) {
	field, ok := f.Next(d)
	if !ok {
		return false, nil
	}
	if f.askHeld(s, d, field) {
		return true, nil
	}
	switch field.Type { //nolint:exhaustive // the other types are asked in one message
	case workflow.FieldOfficers:
		return true, askOfficers(ctx, s, d, f.question(s, d, field), field)
	case workflow.FieldReasons:
		askReasons(s, d, f.question(s, d, field), field, f.offered(d, field))
		return true, nil
	}
	m := bot.Message{Text: f.question(s, d, field)}
	switch field.Type { //nolint:exhaustive // the other types are typed
	case workflow.FieldCoordinates:
		m.Want = bot.WantLocation
	case workflow.FieldPhone:
		m.Want = bot.WantContact
	}
	s.AskFor(m, f.items(s, d, field)...)
	return true, nil
}

func (f Form) question(s *session.Session, d *State, field workflow.Field) string {
	var b strings.Builder
	b.WriteString(f.heading(s, field))
	if help := help(s, field); help != "" {
		b.WriteString("\n" + help)
	}
	if offer := wording.Shown(s, field, f.offered(d, field)); len([]rune(offer)) > wording.OnButton {
		b.WriteString("\n" + s.Text("form.offered", "value", offer))
	}
	return b.String()
}

func (f Form) number(key string) int {
	for i, field := range f.Fields {
		if field.Key == key {
			return i + 1
		}
	}
	return 0
}

func (f Form) items(s *session.Session, d *State, field workflow.Field) []session.Choice {
	items := f.options(s, field)
	if old := d.Answers[field.Key]; old != "" && field.Type != workflow.FieldChoice {
		items = append(items, s.Choice(choiceKeep, "form.keep", "value", wording.ShownShort(s, field, old)))
	} else if v := f.offered(d, field); v != "" && field.Type != workflow.FieldChoice {
		items = append(items, s.Choice(choiceDefault, "form.use", "value", wording.ShownShort(s, field, v)))
	}
	if field.Optional {
		items = append(items, s.Choice(ChoiceSkip, "form.skip"))
	}
	if n := len(f.proposals(d)); n > 1 && field.Type != workflow.FieldNumber { // there a 2 is an answer
		items = append(items, s.Choice(choiceProposals, "form.use_all", "n", n))
	}
	return items
}

func (Form) options(s *session.Session, field workflow.Field) []session.Choice {
	items := make([]session.Choice, len(field.Options))
	for i, o := range field.Options {
		items[i] = session.Choice{ID: choiceOption.ID(o.Key), Label: o.Label.In(s.Lang())}
	}
	return items
}

// offered gives the value that is offered for a field: what an earlier answer held of it, or
// what the form proposes.
func (f Form) offered(d *State, field workflow.Field) string {
	if v := d.Heard[field.Key]; v != "" {
		return v
	}
	if f.Prefill != nil {
		if v := f.Prefill(field); v != "" {
			return v
		}
	}
	return field.Default
}

// TakesWords tells whether a text may be the answer to a question for one's own words, or a
// part of it.
func (f Form) TakesWords(d *State, text string) bool {
	field, ok := f.Next(d)
	if !ok || phrases.Of(text, about(field)...) != phrases.None {
		return false
	}
	switch field.Type { //nolint:exhaustive // the others have a form, and are read at once
	case workflow.FieldText:
		return field.Meaning != workflow.MeansIDNumber
	case workflow.FieldLong, workflow.FieldList, workflow.FieldReasons:
		return true
	}
	return false
}

// Answer takes the answer to the present field. A wrong one is told with how to
// mend it, and changes nothing.
func (f Form) Answer(ctx context.Context, s *session.Session, d *State, in session.Input) error {
	field, ok := f.Next(d)
	if !ok {
		return nil
	}
	if other, ok := f.quoted(s); ok && other.Key != field.Key && in.Choice == "" {
		f.answerQuoted(s, d, other, in)
		return nil
	}
	if last, ok := f.last(d); ok && d.HoldsWords() {
		in = Decided(in, last.Label.In(s.Lang()), field.Label.In(s.Lang()))
	}
	if _, err := strconv.Atoi(in.Text); err == nil && field.Type == workflow.FieldNumber {
		in.Choice = "" // not the place of a choice
	}
	switch {
	case !d.HoldsWords() && f.correct(s, d, field, in):
	case d.HoldsWords() && in.Choice != ChoiceContinues && in.Choice != ChoicePresent:
		d.Hold(s, in.Text, false, true)
	case field.Type == workflow.FieldOfficers:
		return pickOfficer(ctx, s, d, field, in)
	case field.Type == workflow.FieldReasons:
		pickReason(s, d, field, f.offered(d, field), in)
	case in.Choice == ChoiceSkip && field.Optional:
		d.Skip(field.Key)
	case in.Choice == "" && field.Optional && passes(field, in.Text):
		d.Skip(field.Key)
	case in.Choice == choiceKeep && d.Answers[field.Key] != "":
		d.Set(field.Key, d.Answers[field.Key])
	case in.Choice == choiceProposals && len(f.proposals(d)) > 0:
		f.takeProposals(d)
	case in.Choice == choiceDefault && f.offered(d, field) != "":
		d.Set(field.Key, f.offered(d, field))
	default:
		last, _ := f.last(d)
		key, text, released := d.Released(in.Choice)
		if released {
			in = session.Input{Text: text}
			if last.Key == key && key != "" {
				field = last
			}
		} else if in.Choice == "" && f.TakesWords(d, in.Text) && d.Late != nil && last.Key != "" && last.Key != field.Key && d.Hold(s, in.Text, last.Type == workflow.FieldLong, mayAnswer(field, in.Text)) {
			return nil
		}
		value, problem := f.read(s, d.Answers, field, in)
		if problem == "" && f.Check != nil {
			problem = f.Check(field, value)
		}
		if problem != "" {
			if f.keepOriginal(d, field, in) {
				problem += " " + s.Text("form.original_kept")
			} else if in.Choice == "" && !released {
				f.offerRest(s, d, field, in.Text)
			}
			s.Send(bot.Message{Text: problem})
			if key == field.Key {
				d.Edit = key // asked again, with all that was written
			}
			return nil
		}
		d.Set(field.Key, value)
		if s.Typed(field.Key); released {
			s.Untyped(field.Key)
		}
		if field.Type != workflow.FieldChoice {
			d.Late = nil
		}
		if s.Parts > 1 || key == field.Key {
			s.Say("form.joined", "label", field.Label.In(s.Lang()), "value", wording.Shown(s, field, value))
		}
		if freeText(field) {
			d.Took(s, field.Key)
		}
		f.hear(d, field, in.Text)
	}
	return nil
}

// last gives the field that was answered last, if a text may go on with that.
func (f Form) last(d *State) (workflow.Field, bool) {
	if d.Late == nil {
		return workflow.Field{}, false
	}
	i := slices.IndexFunc(f.Fields, func(f workflow.Field) bool { return f.Key == d.Late.Key })
	if i < 0 {
		return workflow.Field{}, false
	}
	return f.Fields[i], true
}

// askHeld asks what a held text belongs to; false if none is held, or its field is asked anew.
func (f Form) askHeld(s *session.Session, d *State, present workflow.Field) bool {
	if !d.HoldsWords() {
		return false
	}
	last, ok := f.last(d)
	if !ok || last.Key == present.Key {
		d.Drop(s)
		return false
	}
	d.AskHeld(s, last.Label.In(s.Lang()), present.Label.In(s.Lang()), f.heading(s, present))
	return true
}

// hear keeps what an answer holds besides: the telephone number that stands beside an e-mail
// address is offered when it is asked for.
func (f Form) hear(d *State, answered workflow.Field, text string) {
	if answered.Type != workflow.FieldEmail && answered.Type != workflow.FieldPhone {
		return
	}
	for _, other := range f.Fields {
		if d.Answers[other.Key] != "" {
			continue
		}
		value, err := "", error(nil)
		switch other.Type { //nolint:exhaustive // the others do not stand beside these
		case workflow.FieldEmail:
			value, err = parse.Email(text)
		case workflow.FieldPhone:
			value, err = parse.Phone(text)
		}
		if err == nil && value != "" && other.Accepts(value) {
			d.hear(other.Key, value)
		}
	}
}

// read gives the stored form of an answer: what was offered for an unclear one and is
// meant, or what is typed, unless that is talk.
func (f Form) read(s *session.Session, answers workflow.Answers, field workflow.Field, in session.Input) (value, problem string) {
	if value, ok := meantValue(s, in); ok && field.Accepts(value) {
		return value, ""
	}
	if value, ok := typedAnyway(s, in); ok && field.Accepts(value) {
		return value, ""
	}
	if _, offered := choiceTyped.Parse(in.Choice); offered || in.Choice == "" {
		if problem = f.talk(s, answers, field, in.Text); problem != "" {
			return "", problem
		}
	}
	return f.parse(s, answers, field, in)
}

// passes tells whether a text passes an optional field over; a proxy also by saying that
// there is none.
func passes(field workflow.Field, text string) bool {
	switch phrases.Of(text, about(field)...) { //nolint:exhaustive // the others do not
	case phrases.Skip, phrases.Nothing, phrases.No:
		return true
	}
	first, _, _ := strings.Cut(text, ",")
	return field.Meaning == workflow.MeansProxy && (phrases.SaysSelf(text) || phrases.SaysSelf(first))
}

// Summary lists the answers by group, as people read them.
func (f Form) Summary(s *session.Session, d *State) string {
	return wording.Summary(s, f.Fields, d.Answers, d.Originals)
}
