package handlers

import (
	"slices"
	"strconv"
	"strings"

	"izinbot/bot"
)

// input is a message as it was understood.
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
		return t.pressed(in, t.in.Choice)
	}
	if len(in.files) > 0 || in.location != nil {
		return in, false
	}
	if len(t.in.Asked) > 0 {
		return t.replied(in)
	}
	in.choice = t.state.Menu.match(in.text)
	return in, false
}

// replied reads a text that quotes an older message of ours with choices: one of them
// counts as its button would, also if it was named by a word. A number is never one of
// the present question's, unless that was quoted.
func (t *turn) replied(in input) (input, bool) {
	var quoted Menu
	for _, c := range t.in.Asked {
		quoted.Items = append(quoted.Items, Item(c))
	}
	id := quoted.match(in.text)
	if _, number := ordinal(in.text); id == "" && (!number || t.shows(t.in.Asked)) {
		in.choice = t.state.Menu.match(in.text)
		return in, false
	}
	if meant, stale := t.pressed(in, id); !stale {
		return meant, false
	}
	_, _, always := t.command(in.text, true) // "batal" cancels, whatever was quoted
	return in, !always
}

// shows tells whether these are the choices of the present question.
func (t *turn) shows(choices []bot.Choice) bool {
	return t.state.Menu != nil && slices.ContainsFunc(choices, func(c bot.Choice) bool {
		nonce, _, answer := strings.Cut(c.ID, ":")
		return answer && nonce == t.state.Menu.Nonce
	})
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
func (t *turn) pressed(in input, choice string) (input, bool) {
	if strings.HasPrefix(choice, "/") {
		in.text = choice
		return in, false
	}
	nonce, id, _ := strings.Cut(choice, ":")
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
	if n, digits := number(text); digits {
		return m.at(n)
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
	if n, named := ordinal(text); named && short == "" {
		return m.at(n)
	}
	return short
}

// at gives the choice of a number, "" if there is none.
func (m *Menu) at(n int) string {
	if n < 1 || n > len(m.Items) {
		return ""
	}
	return m.Items[n-1].ID
}

// number reads a number as people write the one before a choice: "2", "2.", "(2)",
// "*2*", or the key that phones draw.
func number(text string) (n int, ok bool) {
	text = strings.TrimRight(strings.Trim(text, " .()*#"), "\ufe0f\u20e3")
	n, err := strconv.Atoi(text)
	return n, err == nil
}

// ordinal is number, also for one that is written as a word: "dua", "nomor dua", "two".
func ordinal(text string) (n int, ok bool) {
	if n, ok = number(text); ok {
		return n, true
	}
	word := plain(text)
	for _, before := range []string{"nomor ", "no ", "pilih ", "number "} {
		word = strings.TrimPrefix(word, before)
	}
	for n, names := range []string{
		1: "satu one", "dua two", "tiga three", "empat four", "lima five",
		"enam six", "tujuh seven", "delapan eight", "sembilan nine", "sepuluh ten",
	} {
		if slices.Contains(strings.Fields(names), word) || word == strconv.Itoa(n) {
			return n, true
		}
	}
	return 0, false
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
