package session

import (
	"strings"
	"unicode"

	"izinbot/handlers/phrases"
	"izinbot/notifications/texts"
	"izinbot/workflow"
	"izinbot/workflow/normalize"
)

// longestName is the most of a name that a greeting says, in characters.
const longestName = 40

// Greeting greets somebody back: with the words of his faith or people if he used such, else
// by the time of day at the office, and with his name where it is known.
func (s *Session) Greeting(text string) string {
	hello := phrases.Returned(text)
	if hello == "" {
		hello = s.Text("greet." + partOfDay(s.Now.In(workflow.WIB()).Hour()))
	}
	return s.Text("greet.whole", "hello", hello, "who", s.addressed())
}

// addressed gives how the person is spoken to: with the name that he has on his network, as
// far as it is one.
func (s *Session) addressed() string {
	name := s.Person.Name
	if s.Officer != nil {
		name = s.Officer.Name
	}
	name = texts.Cut(normalize.Line(name), longestName)
	letters := 0
	for _, r := range name {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	switch {
	case letters < 2 && s.Officer == nil:
		return s.Text("greet.anybody")
	case s.Officer != nil:
		return s.Text("greet.officer", "name", name)
	}
	return s.Text("greet.somebody", "name", name)
}

// partOfDay gives the part of the day of an hour, as Indonesian has them.
func partOfDay(hour int) string {
	switch {
	case hour >= 4 && hour < 11:
		return "morning"
	case hour >= 11 && hour < 15:
		return "noon"
	case hour >= 15 && hour < 18:
		return "afternoon"
	}
	return "evening"
}

// firstLang gives the language in which somebody new is spoken to: that of his app, where the
// network tells it, and of his first words. English is spoken to those alone who show that they
// speak it.
func firstLang(app, text string) workflow.Lang {
	primary, _, _ := strings.Cut(app, "-")
	if strings.EqualFold(primary, string(workflow.English)) || phrases.English(text) {
		return workflow.English
	}
	return workflow.Indonesian
}

// greets answers a greeting in the middle of a dialogue, which goes on. Where words are the
// answer, the dialogue tells a greeting from a name.
func (s *Session) greets(in Input, open Dialogue) bool {
	if in.Choice != "" || len(in.Files) > 0 || in.Location != nil || phrases.Of(in.Text) != phrases.Greeting {
		return false
	}
	p, picks := open.(Picker)
	if picks && p.Takes(s, in.Text) {
		return false
	}
	s.SayText(s.Greeting(in.Text))
	return true
}
