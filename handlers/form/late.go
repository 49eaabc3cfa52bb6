package form

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"izinbot/handlers/phrases"
	"izinbot/handlers/session"
	"izinbot/notifications/texts"
	"izinbot/workflow/normalize"
)

// Late remembers the answer that was taken last, since the next message may go on with it.
type Late struct {
	Key  string    `json:"key"`
	At   time.Time `json:"at"`
	Held string    `json:"held,omitempty"` // what may go on with it, or answer the present question
}

// Choices about a text that may go on with the answer before.
const (
	ChoiceContinues = "continues"
	ChoicePresent   = "present"
)

// lateWithin is for how long a message may go on with the answer before.
const lateWithin = 15 * time.Second

// mostHeld bounds what is held, in bytes. What is more is not shown with it when it is asked about.
const mostHeld = 20_000

// shownHeld is the greatest number of letters that are shown of a held text.
const shownHeld = 300

// Took notes that an answer in one's own words was taken.
func (d *State) Took(s *session.Session, key string) { d.Late = &Late{Key: key, At: s.Now} }

// Hold keeps a text that comes shortly after an answer and plainly goes on with it, instead of
// taking it for the present question. prose tells that the answer was sentences, fits that the
// text can answer the present question. While a text is held, those that follow are held with
// it. It gives false for any other text.
func (d *State) Hold(s *session.Session, text string, prose, fits bool) bool {
	if phrases.Of(text) != phrases.None {
		return d.HoldsWords() // talk is no part of it
	}
	_, takesBack := corrects(text)
	switch {
	case d.HoldsWords():
	case d.Late != nil && prose && takesBack: // whenever it comes
	case !d.fresh(s) || fits && !continues(d.Answers[d.Late.Key], text, prose):
		d.Late = nil
		return false
	}
	if len(d.Late.Held)+len(text) <= mostHeld {
		d.Late.Held = strings.TrimSpace(d.Late.Held + "\n" + text)
	}
	return true
}

// fresh tells whether a message may still go on with the answer before.
func (d *State) fresh(s *session.Session) bool {
	return d.Late != nil && s.Now.Sub(d.Late.At) <= lateWithin && !s.Now.Before(d.Late.At)
}

// HoldsWords tells that a text is held until it is clear what it belongs to.
func (d *State) HoldsWords() bool { return d.Late != nil && d.Late.Held != "" }

// AskHeld asks what the held text belongs to, above the head of the present question.
func (d *State) AskHeld(s *session.Session, last, present, head string) {
	s.Ask(s.Text("form.late", "text", texts.Cut(d.Late.Held, shownHeld), "last", last, "present", present)+"\n\n"+head,
		s.Choice(ChoiceContinues, "form.late_last", "last", last), s.Choice(ChoicePresent, "form.late_present", "present", present))
}

// Decided gives the choice that a text makes between the answer before and the present question
// by naming one of them.
func Decided(in session.Input, last, present string) session.Input {
	if in.Choice != "" {
		return in
	}
	switch said := normalize.Plain(in.Text); {
	case said == normalize.Plain(last), slices.Contains([]string{"lanjutan", "lanjut", "lanjutannya", "sambungan", "yang tadi", "goes on"}, said):
		in.Choice = ChoiceContinues
	case said == normalize.Plain(present), slices.Contains([]string{"jawaban", "yang ini", "ini", "answer", "this one"}, said):
		in.Choice = ChoicePresent
	}
	return in
}

// Drop tells that what was held is not kept: the answer before is given anew.
func (d *State) Drop(s *session.Session) {
	if d.HoldsWords() {
		s.Say("form.late_dropped", "text", texts.Cut(d.Late.Held, shownHeld))
	}
	d.Late = nil
}

// Released gives what was held, and the answer before if it goes on with that; ok is false for
// another choice.
func (d *State) Released(choice string) (key, text string, ok bool) {
	if !d.HoldsWords() || choice != ChoiceContinues && choice != ChoicePresent {
		return "", "", false
	}
	key, text = d.Late.Key, d.Late.Held
	d.Late = nil
	if choice == ChoicePresent {
		return "", text, true
	}
	return key, d.Answers[key] + "\n" + text, true
}

// continues tells whether a text goes on with another: it begins with a sign that nothing
// begins with, with a word that connects, or, in prose, small after what began with a capital.
// Elsewhere small letters say nothing: people answer "yayasan" as the question does.
func continues(last, text string, prose bool) bool {
	text = strings.TrimSpace(text)
	first, _ := utf8.DecodeRuneInString(text)
	begun, _ := utf8.DecodeRuneInString(last)
	word, _, _ := strings.Cut(normalize.Plain(text), " ")
	return strings.ContainsRune(",;.:)/&–—", first) || prose && unicode.IsLower(first) && unicode.IsUpper(begun) || slices.Contains(connecting(), word)
}

// connecting lists words that go on with a sentence.
func connecting() []string {
	return strings.Fields("dan tetapi tapi serta bin binti atau juga yang karena sehingga namun sedangkan dengan maka and but or because so which as")
}
