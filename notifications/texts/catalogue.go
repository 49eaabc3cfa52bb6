package texts

import (
	"reflect"
	"strconv"

	"izinbot/workflow"
)

// Catalogue holds the texts, parsed once. It is safe for concurrent use.
type Catalogue struct {
	// Report, if set before first use, hears of what the tests should have
	// found: a key that does not exist, or an argument that is missing or of a
	// type that has no words. It must be safe for concurrent use.
	Report func(key, fault string)
	// Said, if set before first use, hears of every text that is said. It must be safe for
	// concurrent use.
	Said func(lang workflow.Lang, key, text string)

	texts map[workflow.Lang]map[string]message
}

// Say gives the text of a key in a language, in Indonesian if it has none there.
// args are pairs of a placeholder's name and its value, a string or a whole
// number:
//
//	c.Say(lang, "refused.taken", "by", name, "at", when)
//
// Arguments that the text does not name are left out. What is missing is shown
// as it stands in the catalogue, "refused.taken" or "{by}": an odd message is
// better than none.
func (c *Catalogue) Say(lang workflow.Lang, key string, args ...any) string {
	text := c.say(lang, key, args)
	if c.Said != nil {
		c.Said(lang, key, text)
	}
	return text
}

func (c *Catalogue) say(lang workflow.Lang, key string, args []any) string {
	m, ok := c.find(lang, key)
	if !ok {
		c.report(key, "no such key")
		return key
	}
	if len(m) == 1 && m[0].name == "" {
		return m[0].text
	}
	var space [512]byte
	text, missing := m.appendTo(space[:0], args)
	if missing != "" {
		c.report(key, "no argument {"+missing+"}")
	}
	return string(text)
}

func (c *Catalogue) find(lang workflow.Lang, key string) (message, bool) {
	if m, ok := c.texts[lang][key]; ok {
		return m, true
	}
	m, ok := c.texts[workflow.Indonesian][key]
	return m, ok
}

func (c *Catalogue) report(key, fault string) {
	if c.Report != nil {
		c.Report(key, fault)
	}
}

// appendTo writes the message and gives the name of a missing argument, or "".
// Forms hold no choices of their own, so nothing here recurses and the buffer can
// stay on the caller's stack.
func (m message) appendTo(b []byte, args []any) (text []byte, missing string) {
	for _, s := range m {
		var lost string
		if s.kind == plain {
			b, lost = s.appendTo(b, args)
		} else {
			b, lost = s.appendForm(b, args)
		}
		if missing == "" {
			missing = lost
		}
	}
	return b, missing
}

// appendTo writes literal text, or what stands in the place of a placeholder.
func (s segment) appendTo(b []byte, args []any) (text []byte, missing string) {
	if s.name == "" {
		return append(b, s.text...), ""
	}
	b, ok := appendValue(b, value(args, s.name))
	if !ok {
		b = append(b, '{')
		b = append(b, s.name...)
		return append(b, '}'), s.name
	}
	return b, ""
}

// appendForm writes the chosen form of a choice.
func (s segment) appendForm(b []byte, args []any) (text []byte, missing string) {
	start := len(b)
	b, missing = segment{name: s.name}.appendTo(b, args)
	if missing != "" {
		return b, missing
	}
	form := s.chosen(b[start:])
	b = b[:start]
	for _, piece := range form {
		var lost string
		if b, lost = piece.appendTo(b, args); missing == "" {
			missing = lost
		}
	}
	return b, missing
}

// chosen gives the form for a value.
func (s segment) chosen(value []byte) message {
	if s.kind == plural && string(value) == "1" || s.kind == optional && len(value) > 0 {
		return s.first
	}
	return s.second
}

func value(args []any, name string) any {
	for i := 0; i+1 < len(args); i += 2 {
		if n, ok := args[i].(string); ok && n == name {
			return args[i+1]
		}
	}
	return nil
}

// appendValue writes a string or whole number of any type. It looks at the kind
// rather than at String methods, which would let the arguments of every call
// escape to the heap.
func appendValue(b []byte, v any) ([]byte, bool) {
	switch r := reflect.ValueOf(v); r.Kind() { //nolint:exhaustive // the others have no words
	case reflect.String:
		return append(b, r.String()...), true
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return strconv.AppendInt(b, r.Int(), 10), true
	default:
		return b, false
	}
}
