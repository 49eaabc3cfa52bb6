package session

import (
	"slices"
	"strconv"
	"strings"

	"izinbot/bot"
	"izinbot/handlers/phrases"
	"izinbot/workflow/normalize"
)

// Input is a message as it was understood.
type Input struct {
	Choice   string // id of an offered choice
	Text     string
	Files    []bot.InboundFile
	Location *bot.Location
	Other    string // a kind of message that is not understood
}

// read finds out what the message means in the chat's present menu. stale is true
// for a button of an older question.
func (s *Session) read() (in Input, stale bool) {
	in = Input{Text: strings.TrimSpace(normalize.Text(s.In.Text)), Files: s.In.Files, Location: s.In.Location, Other: s.In.Other}
	if s.In.Choice != "" {
		return s.pressed(in, s.In.Choice)
	}
	if len(in.Files) > 0 || in.Location != nil {
		return in, false
	}
	if len(s.In.Asked) > 0 {
		return s.replied(in)
	}
	in.Choice = s.State.Menu.match(in.Text)
	return in, false
}

// replied reads a text that quotes an older message of ours with choices: one of them
// counts as its button would, also if it was named by a word. A number is never one of
// the present question's, unless that was quoted.
func (s *Session) replied(in Input) (Input, bool) {
	var quoted Menu
	for _, c := range s.In.Asked {
		quoted.Items = append(quoted.Items, Choice(c))
	}
	id := quoted.match(in.Text)
	if _, number := ordinal(in.Text); id == "" && (!number || s.shows(s.In.Asked)) {
		in.Choice = s.State.Menu.match(in.Text)
		return in, false
	}
	if meant, stale := s.pressed(in, id); !stale {
		return meant, false
	}
	_, _, always := s.findCommand(in.Text, true) // "batal" cancels, whatever was quoted
	return in, !always
}

// shows tells whether these are the choices of the present question.
func (s *Session) shows(choices []bot.Choice) bool {
	return s.State.Menu != nil && slices.ContainsFunc(choices, func(c bot.Choice) bool {
		nonce, _, answer := strings.Cut(c.ID, ":")
		return answer && nonce == s.State.Menu.Nonce
	})
}

// pressed reads a button: a command stands for itself, an answer counts only for
// the question that is open.
func (s *Session) pressed(in Input, choice string) (Input, bool) {
	if strings.HasPrefix(choice, "/") {
		in.Text = choice
		return in, false
	}
	nonce, id, _ := strings.Cut(choice, ":")
	if n, ok := placed.Parse(id); ok {
		id = s.State.Menu.at(n + 1)
	}
	if s.State.Menu == nil || s.State.Menu.Nonce != nonce || !s.State.Menu.has(id) {
		return in, true
	}
	in.Choice = id
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
	said, short := normalize.Plain(text), ""
	for _, item := range m.Items {
		if normalize.Plain(item.Label) == said {
			return item.ID
		}
		head, _, explained := strings.Cut(item.Label, " (") // "Plh. (pelaksana harian)"
		if explained && normalize.Plain(head) == said {
			if short != "" {
				return "" // two begin alike
			}
			short = item.ID
		}
	}
	if short != "" {
		return short
	}
	if n, named := ordinal(text); named {
		return m.at(n)
	}
	if len(m.Items) > 1 && saysLast(text) {
		return m.at(len(m.Items))
	}
	if id := m.numbered(text); id != "" {
		return id
	}
	return m.answered(text)
}

// Named finds the choice of a list that a text names; "" for none.
func Named(items []Choice, text string) string { return (&Menu{Items: items}).match(text) }

// numbered reads a number with the words of its choice behind it: "2) Paspor".
func (m *Menu) numbered(text string) string {
	first, rest, _ := strings.Cut(normalize.Plain(text), " ")
	n, err := strconv.Atoi(first)
	if err != nil || n < 1 || n > len(m.Items) || rest == "" || !strings.HasPrefix(normalize.Plain(m.Items[n-1].Label), rest) {
		return ""
	}
	return m.at(n)
}

// answered finds the only choice that is a yes, or the only one that is a no, for a text
// that says so in other words: "iya", "👍".
func (m *Menu) answered(text string) string {
	kind := phrases.Of(text)
	if !decides(kind) {
		return ""
	}
	found := ""
	for _, item := range m.Items {
		if phrases.Begins(item.Label) != kind { // "Ya, sambungkan"
			continue
		}
		if found != "" {
			return ""
		}
		found = item.ID
	}
	return found
}

func decides(kind phrases.Kind) bool { return kind == phrases.Yes || kind == phrases.No }

// at gives the choice of a number, "" if there is none.
func (m *Menu) at(n int) string {
	if m == nil || n < 1 || n > len(m.Items) {
		return ""
	}
	return m.Items[n-1].ID
}

// number reads a number as people write the one before a choice: "2", "2.", "(2)",
// "*2*", or the key that phones draw.
func number(text string) (n int, ok bool) {
	text = strings.TrimRight(strings.Trim(normalize.Digits(normalize.Text(text)), " .()*#"), "\u20e3")
	n, err := strconv.Atoi(text)
	return n, err == nil
}

// ordinal reads a number as [number] does, or one that is written as a word: "dua", "nomor dua", "two".
func ordinal(text string) (n int, ok bool) {
	if n, ok = number(text); ok {
		return n, true
	}
	word := normalize.Plain(text)
	word = withoutLead(word)
	for n, names := range []string{
		1: "satu one pertama kesatu first", "dua two kedua second", "tiga three ketiga third", "empat four keempat fourth", "lima five kelima fifth",
		"enam six keenam sixth", "tujuh seven ketujuh seventh", "delapan eight kedelapan eighth", "sembilan nine kesembilan ninth", "sepuluh ten kesepuluh tenth",
	} {
		if slices.Contains(strings.Fields(names), strings.TrimSuffix(word, " one")) || word == strconv.Itoa(n) {
			return n, true
		}
	}
	return 0, false
}

// withoutLead drops words that lead up to the number of a choice: "saya pilih opsi nomor".
func withoutLead(word string) string {
	for {
		first, rest, more := strings.Cut(word, " ")
		if !more || !slices.Contains(strings.Fields("saya kami pilih pilihan opsi option choice jawaban jawabannya yang the nomor nomer no number angka ke i my choose pick ambil mau"), first) {
			return word
		}
		word = rest
	}
}

// saysLast tells that the last of the choices is meant.
func saysLast(text string) bool {
	return slices.Contains([]string{"terakhir", "paling akhir", "paling bawah", "last", "last one"}, withoutLead(phrases.Bare(text)))
}

func (m *Menu) has(id string) bool {
	for _, item := range m.Items {
		if item.ID == id {
			return true
		}
	}
	return false
}

// MinLetters is the number of letters and digits of the shortest word that says
// something; emoji alone do not.
const MinLetters = 3

// opened finds the one choice whose first word is the typed one with an ending.
func (m *Menu) opened(text string) (found string) {
	said := normalize.Plain(text)
	if m == nil || len(said) < leastMistyped {
		return ""
	}
	for _, item := range m.Items {
		first, _, _ := strings.Cut(normalize.Plain(item.Label), " ")
		if first == said || !strings.HasPrefix(first, said) {
			continue
		}
		if found != "" {
			return "" // two begin alike
		}
		found = item.ID
	}
	return found
}

// begun finds the one choice whose label begins with the typed words: "kirim" for
// "Kirim klarifikasi ke pemohon". Exact words come first, see [Menu.match].
func (m *Menu) begun(text string) string {
	said := normalize.Plain(text)
	if m == nil || len(said) < MinLetters {
		return ""
	}
	kind, found := phrases.Of(text), ""
	for _, item := range m.Items {
		label := normalize.Plain(item.Label)
		if label == said {
			return item.ID
		}
		if !strings.HasPrefix(label, said+" ") || decides(kind) && phrases.Begins(label) != kind {
			continue // "tidak" is not "Tidak ada masa berlaku"
		}
		if found != "" {
			return "" // two begin alike
		}
		found = item.ID
	}
	return found
}
