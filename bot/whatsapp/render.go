package whatsapp

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"izinbot/bot"
)

// Words are the channel's own words, by language; see [bot.Message.Lang]. The zero
// value speaks Indonesian.
type Words struct {
	// Type stands between what a command does and the word to type for it:
	// "Buka: ketik *BUKA LKS-2026-00042-7*".
	Type map[string]string
}

// language is the one that messages of no language speak.
const language = "id"

func (w Words) toType(lang string) string {
	return cmp.Or(w.Type[lang], w.Type[language], "ketik")
}

// render words a message with its choices. WhatsApp shows buttons of such clients
// unreliably or not at all, so choices are numbered lines: the person answers with
// the number, which the handlers resolve. A notice stands beside the open question,
// whose numbers it must not take: the commands that it offers are words to type.
func render(m bot.Message, words Words) string {
	var b strings.Builder
	b.WriteString(m.Text)
	if len(m.Choices) > 0 && m.Text != "" {
		b.WriteString("\n")
	}
	for i, choice := range m.Choices {
		if !numbered(m) {
			fmt.Fprintf(&b, "\n%s: %s *%s*", choice.Label, words.toType(m.Lang), typed(choice.ID))
			continue
		}
		fmt.Fprintf(&b, "\n*%d* %s", i+1, choice.Label)
	}
	return b.String()
}

// numbered tells whether the choices of a message have numbers: those of a question,
// and what could not be typed.
func numbered(m bot.Message) bool {
	return m.Open || slices.ContainsFunc(m.Choices, func(c bot.Choice) bool { return !strings.HasPrefix(c.ID, "/") })
}

// typed is a command as a person types it: "/buka LKS-2026-00042-7" is "BUKA
// LKS-2026-00042-7".
func typed(id string) string { return strings.ToUpper(strings.TrimPrefix(id, "/")) }
