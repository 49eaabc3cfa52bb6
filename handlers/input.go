package handlers

import (
	"strconv"
	"strings"

	"izinbot/bot"
)

// input is what a person meant with a message.
type input struct {
	choice   string // id of an offered choice
	text     string
	files    []bot.File
	location *bot.Location
	other    string // a kind of message that is not understood
}

// read finds out what the message means in the chat's present menu. stale is true
// for a button of an older question.
func (t *turn) read() (in input, stale bool) {
	in = input{text: strings.TrimSpace(visible(t.in.Text)), files: t.in.Files, location: t.in.Location, other: t.in.Other}
	if t.in.Choice != "" {
		return t.pressed(in)
	}
	if len(in.files) == 0 && in.location == nil {
		in.choice = t.state.Menu.match(in.text)
	}
	return in, false
}

// visible drops the marks without width that come along with pasted text: a name
// of nothing else would look empty, and a word with one in it would not be known.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '\u00ad', '\u200b', '\u200c', '\u200d', '\u2060', '\ufeff':
			return -1
		}
		return r
	}, s)
}

// pressed reads a button: a command stands for itself, an answer counts only for
// the question that is open.
func (t *turn) pressed(in input) (input, bool) {
	if strings.HasPrefix(t.in.Choice, "/") {
		in.text = t.in.Choice
		return in, false
	}
	nonce, id, _ := strings.Cut(t.in.Choice, ":")
	if t.state.Menu == nil || t.state.Menu.Nonce != nonce || !t.state.Menu.has(id) {
		return in, true
	}
	in.choice = id
	return in, false
}

// match finds the choice that a typed text names: by its number, or by its words,
// with or without what explains them in brackets.
func (m *Menu) match(text string) string {
	if m == nil || text == "" {
		return ""
	}
	if n, err := strconv.Atoi(strings.TrimSuffix(text, ".")); err == nil {
		if n >= 1 && n <= len(m.Items) {
			return m.Items[n-1].ID
		}
		return ""
	}
	said, short := plain(text), ""
	for _, item := range m.Items {
		if plain(item.Label) == said {
			return item.ID
		}
		head, _, explained := strings.Cut(item.Label, " (") // "Plh. (pelaksana harian)"
		if explained && plain(head) == said {
			if short != "" {
				return "" // two begin alike
			}
			short = item.ID
		}
	}
	return short
}

func (m *Menu) has(id string) bool {
	for _, item := range m.Items {
		if item.ID == id {
			return true
		}
	}
	return false
}

// plain is a text without case, marks and doubled spaces, for comparing what
// people type with what they were shown.
func plain(s string) string {
	keep := func(r rune) rune {
		switch {
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r > 0x7f && r < 0x2000:
			return r
		}
		return ' '
	}
	return strings.Join(strings.Fields(strings.Map(keep, s)), " ")
}
