package handlers

import (
	"cmp"
	"context"
	"strings"

	"izinbot/bot"
	"izinbot/workflow"
)

// form asks the fields of a list one after the other. What was answered is in the
// turn's Data, so the next question is always the first field without an answer.
type form struct {
	fields []workflow.Field
	// prefill offers a value for a field, "" for none.
	prefill func(f workflow.Field) string
	// check tells what is wrong with a value that has the form of its type, "" for
	// nothing; nil if nothing ever is.
	check func(f workflow.Field, value string) (problem string)
}

// Ids of the choices that every form offers.
const (
	choiceSkip    = "skip"
	choiceDefault = "default"
	choiceKeep    = "keep"
	choiceDone    = "done"
)

// next gives the field to ask: the one being edited, else the first without an
// answer. ok is false when the form is filled in.
func (f form) next(d *Data) (field workflow.Field, ok bool) {
	for _, field := range f.fields {
		if d.Edit != "" {
			if field.Key == d.Edit {
				return field, true
			}
			continue
		}
		if _, answered := d.Answers[field.Key]; !answered && !d.Skipped[field.Key] {
			return field, true
		}
	}
	if d.Edit != "" { // the edited field is gone: a form of another version
		d.Edit = ""
		return f.next(d)
	}
	return workflow.Field{}, false
}

// back moves to the question before the present one; false at the first.
func (f form) back(d *Data) bool {
	present, ok := f.next(d)
	last := ""
	for _, field := range f.fields {
		if ok && field.Key == present.Key {
			break
		}
		last = field.Key
	}
	if last == "" {
		return false
	}
	d.Edit = last
	return true
}

// ask puts the question of the present field. ok is false when none is left.
func (f form) ask(ctx context.Context, t *turn) (ok bool, err error) {
	field, ok := f.next(t.data())
	if !ok {
		return false, nil
	}
	switch field.Type { //nolint:exhaustive // the other types are asked in one message
	case workflow.FieldOfficers:
		return true, t.askOfficers(ctx, f.question(t, field), field)
	case workflow.FieldReasons:
		t.askReasons(f.question(t, field), field, f.offered(field))
		return true, nil
	}
	m := bot.Message{Text: f.question(t, field)}
	switch field.Type { //nolint:exhaustive // the other types are typed
	case workflow.FieldPlace:
		m.Want = bot.WantLocation
	case workflow.FieldPhone:
		m.Want = bot.WantContact
	}
	t.askFor(m, f.items(t, field)...)
	return true, nil
}

func (f form) question(t *turn, field workflow.Field) string {
	var b strings.Builder
	b.WriteString(t.text("form.question", "n", f.number(field.Key), "total", len(f.fields), "label", field.Label.In(t.lang())))
	if help := cmp.Or(field.Help.In(t.lang()), t.hint(field)); help != "" {
		b.WriteString("\n" + help)
	}
	if offer := t.shown(field, f.offered(field)); len([]rune(offer)) > onButton {
		b.WriteString("\n" + t.text("form.offered", "value", offer))
	}
	return b.String()
}

func (f form) number(key string) int {
	for i, field := range f.fields {
		if field.Key == key {
			return i + 1
		}
	}
	return 0
}

func (f form) items(t *turn, field workflow.Field) []Item {
	var items []Item
	for _, o := range field.Options {
		items = append(items, Item{ID: "o." + o.Key, Label: o.Label.In(t.lang())})
	}
	if old := t.data().Answers[field.Key]; old != "" && field.Type != workflow.FieldChoice {
		items = append(items, t.item(choiceKeep, "form.keep", "value", t.shownShort(field, old)))
	} else if v := f.offered(field); v != "" && field.Type != workflow.FieldChoice {
		items = append(items, t.item(choiceDefault, "form.use", "value", t.shownShort(field, v)))
	}
	if field.Optional {
		items = append(items, t.item(choiceSkip, "form.skip"))
	}
	return items
}

func (f form) offered(field workflow.Field) string {
	if f.prefill != nil {
		if v := f.prefill(field); v != "" {
			return v
		}
	}
	return field.Default
}

// answer takes the answer to the present field. A wrong one is told with how to
// mend it, and changes nothing.
func (f form) answer(ctx context.Context, t *turn, in input) error {
	d := t.data()
	field, ok := f.next(d)
	if !ok {
		return nil
	}
	switch {
	case field.Type == workflow.FieldOfficers:
		return t.pickOfficer(ctx, field, in)
	case field.Type == workflow.FieldReasons:
		t.pickReason(field, f.offered(field), in)
	case in.choice == choiceSkip && field.Optional:
		d.skip(field.Key)
	case in.choice == "" && field.Optional && (saysSkip(in.text) || saysNothing(in.text)):
		d.skip(field.Key)
	case in.choice == "" && saysSkip(in.text):
		t.say("form.needed", "label", field.Label.In(t.lang()))
	case in.choice == choiceKeep && d.Answers[field.Key] != "":
		d.set(field.Key, d.Answers[field.Key])
	case in.choice == choiceDefault && f.offered(field) != "":
		d.set(field.Key, f.offered(field))
	default:
		value, problem := t.parse(field, in)
		if problem == "" && f.check != nil {
			problem = f.check(field, value)
		}
		if problem != "" {
			t.reply(bot.Message{Text: problem})
			return nil
		}
		d.set(field.Key, value)
	}
	return nil
}

// summary lists the answers by group, as people read them.
func (f form) summary(t *turn) string { return t.summary(f.fields, t.data().Answers) }

func (t *turn) summary(fields []workflow.Field, answers workflow.Answers) string {
	var b strings.Builder
	group := ""
	for _, field := range fields {
		value := answers[field.Key]
		if value == "" {
			continue
		}
		if g := field.Group.In(t.lang()); g != group {
			group = g
			b.WriteString("\n" + strings.ToUpper(g) + "\n")
		}
		b.WriteString("• " + field.Label.In(t.lang()) + ": ")
		if lines := strings.Split(value, "\n"); len(lines) > 1 {
			for _, line := range lines {
				b.WriteString("\n   – " + t.shown(field, line))
			}
			b.WriteString("\n")
			continue
		}
		b.WriteString(t.shown(field, value) + "\n")
	}
	return strings.TrimRight(b.String(), "\n")
}
