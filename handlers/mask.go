package handlers

import (
	"slices"
	"strings"
	"unicode"

	"izinbot/bot"
	"izinbot/handlers/account"
	"izinbot/handlers/session"
	"izinbot/workflow"
	"izinbot/workflow/normalize"
)

// maskedWord stands in the inbox for a secret that was typed.
const maskedWord = "••••••"

// isCode tells whether a text can be a code that makes an officer or links a chat.
func isCode(text string) bool {
	_, invitation := workflow.ParseInvitation(text)
	_, link := account.ParseLinkCode(text)
	return invitation || link
}

// masked gives the message that was handled as the inbox is to keep it: without the
// codes that were typed, whether they were understood or not. nil: it holds none.
func masked(s *session.Session) *bot.Received {
	text := maskCodes(s.In.Text, s.Env.Commands)
	if s.Write.Secret || s.Officer != nil && isOTP(s.In.Text) {
		text = maskedWord
	}
	if text == s.In.Text {
		return nil
	}
	r := s.In
	r.Text = text
	return &r
}

// apart gives a message without those behind it from the first on that may be a secret, or
// alone if it is one itself: a secret is handled, and masked, by itself.
func (a *App) apart(r bot.Received) bot.Received {
	secret := func(m bot.Received) bool { return isOTP(m.Text) || maskCodes(m.Text, a.Commands) != m.Text }
	if len(r.Behind) == 0 || a.Quiet == 0 {
		return r
	}
	if secret(r) {
		r.Behind, r.Settled = nil, true
	} else if i := slices.IndexFunc(r.Behind, secret); i >= 0 {
		r.Behind, r.Settled = r.Behind[:i], true
	}
	return r
}

// isOTP tells whether a text may be a one-time code.
func isOTP(text string) bool { return digitsOnly(normalize.Text(text)) == otpDigits }

// otpDigits is the number of digits a one-time code has.
const otpDigits = 6

// digitsOnly counts the digits of a text of digits and spaces; 0 for any other.
func digitsOnly(text string) int {
	n := 0
	for _, r := range text {
		switch {
		case unicode.IsDigit(r):
			n++
		case !unicode.IsSpace(r):
			return 0
		}
	}
	return n
}

// maskCodes masks the words of a text that can be codes, and what follows a word that
// takes one. Words of a code may be divided by a space.
func maskCodes(text string, commands []session.Command) string {
	words := strings.Fields(text)
	bare := func(i int) string { return normalize.Unmarked(words[i]) } // as FindCommand reads it
	found := false
	for i := 0; i < len(words); i++ {
		two := i+1 < len(words) && (len(bare(i)) == 4 || len(bare(i)) == 5) && isCode(bare(i)+bare(i+1))
		_, code, linked := strings.Cut(strings.ToLower(bare(i)), account.LinkStart)
		if !two && !isCode(bare(i)) && (!linked || code == "") {
			continue
		}
		found = true
		words[i] = maskedWord
		if two {
			words = append(words[:i+1], words[i+2:]...)
		}
	}
	if len(words) > 1 && takesCode(words[0], commands) {
		return words[0] + " " + maskedWord
	}
	if !found {
		return text
	}
	return strings.Join(words, " ")
}

// takesCode tells whether a word is a command that a code stands behind.
func takesCode(word string, commands []session.Command) bool {
	word = strings.ToLower(normalize.Unmarked(strings.TrimPrefix(word, "/")))
	for _, c := range commands {
		if c.Coded != nil && c.Named(word) {
			return true
		}
	}
	return false
}
