package form

import (
	"slices"
	"strings"

	"izinbot/bot"
	"izinbot/handlers/phrases"
	"izinbot/handlers/session"
	"izinbot/handlers/wording"
	"izinbot/workflow"
	"izinbot/workflow/normalize"
)

// correction is what a text says about the answer before: that it was wrong, and what is right.
type correction struct {
	value string
	sure  bool // no other sense is likely
}

// corrects reads a text that takes the answer before back: "eh Belgia", "maksud saya Belgia",
// "bukan Belanda tapi Belgia", "*Belgia". ok is false for any other.
func corrects(text string) (c correction, ok bool) {
	text = strings.TrimSpace(text)
	if strings.Count(text, "*") == 1 && (strings.HasPrefix(text, "*") || strings.HasSuffix(text, "*")) {
		return correction{strings.TrimSpace(strings.Trim(text, "*")), true}, len(text) > 1
	}
	words := strings.Fields(text)
	plain := make([]string, len(words))
	for i, w := range words {
		plain[i] = normalize.Plain(w)
	}
	if i := slices.IndexFunc(plain, func(w string) bool {
		return slices.Contains(strings.Fields("tapi tetapi melainkan but"), w)
	}); i > 1 && i < len(words)-1 && (plain[0] == "bukan" || plain[0] == "not") {
		return correction{rest(words[i+1:]), true}, true
	}
	n, strong := 0, false
	for n < len(words) && takesBackWith(plain[n]) && (plain[n] != "salah" || n == len(words)-1 || plain[n+1] != "satu") {
		strong = strong || takesBack(plain, n)
		n++
	}
	if strong && n < len(words) {
		return correction{rest(words[n:]), n > 1 || plain[0] != "eh"}, true
	}
	end := len(words)
	for strong = false; end > 0 && takesBackWith(plain[end-1]); end-- {
		strong = strong || plain[end-1] != "eh" && takesBack(plain, end-1)
	}
	if strong && end > 0 {
		return correction{rest(words[:end]), true}, true
	}
	return correction{}, false
}

func rest(words []string) string { return strings.Trim(strings.Join(words, " "), " ,:;-") }

// takesBack tells whether the word at a place says that what was said before was wrong.
func takesBack(plain []string, at int) bool {
	pair := ""
	if at > 0 {
		pair = plain[at-1] + " " + plain[at]
	}
	return slices.Contains(strings.Fields("ralat koreksi maksud maksudnya maksudku harusnya seharusnya mestinya revisi typo salah correction mean meant"), plain[at]) ||
		slices.Contains([]string{"yang benar", "yg benar", "yang betul", "should be"}, pair) || at == 0 && plain[0] == "eh"
}

// takesBackWith tells whether a word may stand in what says so.
func takesBackWith(word string) bool {
	return slices.Contains(strings.Fields("eh oh aduh waduh maaf sorry salah ketik tulis ralat koreksi maksud maksudnya maksudku saya kami aku harusnya seharusnya mestinya "+
		"yang yg benar betul revisi typo itu tadi adalah jadi pak bu kak ya i we it mean meant should be is was correction my mistake"), word)
}

// correct asks whether a text puts another answer in the place of the one before, if it says so;
// false if it does not. The present question stays.
func (f Form) correct(s *session.Session, d *State, present workflow.Field, in session.Input) bool {
	c, ok := corrects(in.Text)
	i := slices.IndexFunc(f.Fields, func(field workflow.Field) bool { return field.Key == d.Last })
	if !ok || in.Choice != "" || i < 0 || d.Last == present.Key || d.Answers[d.Last] == "" || phrases.Of(c.value) != phrases.None {
		return false
	}
	last := f.Fields[i]
	value, problem := f.read(s, d.Answers, last, session.Input{Text: c.value})
	if problem != "" && !c.sure {
		s.Meant = nil
		return false
	}
	if problem != "" {
		s.Send(bot.Message{Text: problem})
		d.Edit = last.Key
		return true
	}
	s.Meant = append(s.Meant, replacing(s, last, value))
	if freeText(present) && !ownForm(present) && fits(present, in.Text) {
		s.Meant = append(s.Meant, s.Choice(choiceTyped.ID(strings.Join(strings.Fields(in.Text), " ")), "form.typed", "value", wording.ShownShort(s, present, in.Text)))
	}
	s.SayText(s.Text("form.ask_replace", "label", last.Label.In(s.Lang()), "old", wording.Shown(s, last, d.Answers[last.Key])))
	return true
}

// offerRest offers a text that comes shortly after an answer in words as its rest, at a question
// that it does not answer. What was offered so before is a part of it.
func (f Form) offerRest(s *session.Session, d *State, present workflow.Field, text string) {
	last, ok := f.last(d)
	if !ok || last.Key == present.Key || !d.fresh(s) || letterCount(text) < minLetters || phrases.Of(text, about(present)...) != phrases.None ||
		freeText(present) && !ownForm(present) || present.Type != workflow.FieldChoice && strings.ContainsAny(text, "0123456789@") ||
		present.Type == workflow.FieldChoice && !titled(strings.Fields(text)) && !continues(d.Answers[last.Key], text, false) {
		return // in small letters it is a choice that there is not
	}
	whole := d.Answers[last.Key]
	if s.State.Menu != nil {
		for _, item := range s.State.Menu.Items {
			if key, offered, ok := session.Changed(item.ID); ok && key == last.Key {
				whole = offered
			}
		}
	}
	separator := " "
	if last.Type == workflow.FieldLong {
		separator = "\n"
	}
	whole += separator + strings.Join(lines(text), separator)
	if !fits(last, whole) {
		return
	}
	s.Meant = append(s.Meant, s.Changing(last.Key, whole, s.Text("form.late_last", "last", last.Label.In(s.Lang()))))
}
