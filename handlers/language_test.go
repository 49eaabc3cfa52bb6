package handlers_test

import (
	"testing"

	"izinbot/bot"
	"izinbot/handlers/handlerstest"
)

// TestFirstMessageIsAnsweredInTheLanguageOfTheApp: English to whoever uses it in English,
// Indonesian to everybody else; what a person chose stays.
func TestFirstMessageIsAnsweredInTheLanguageOfTheApp(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	for lang, want := range map[string]string{
		"en": "Welcome", "en-GB": "Welcome", "EN": "Welcome", "id": "Selamat datang", "nl": "Selamat datang", "": "Selamat datang", "eng": "Selamat datang",
	} {
		g := o.Guest("lang " + lang)
		o.Wants(g.Tell(bot.Inbound{Text: "/start", Lang: lang}), want)
		g.Say("/indonesia")
		o.Wants(g.Tell(bot.Inbound{Text: "/start", Lang: lang}), "Selamat datang")
	}
}
