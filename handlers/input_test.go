package handlers_test

import (
	"testing"

	"izinbot/bot"
	"izinbot/handlers/handlerstest"
)

// An answer that quotes a question is one to that question, however it is worded.
func TestAnswersThatQuoteAQuestion(t *testing.T) {
	o := handlerstest.NewOffice(t, nil)
	g := o.Guest("ayu")
	offered := func() (out []bot.Choice) {
		for _, m := range o.Sent[g.Chat] {
			out = append(out, m.Choices...)
		}
		return out
	}
	reply := func(asked []bot.Choice, text string) string { return g.Tell(bot.Inbound{Text: text, Asked: asked}) }
	g.Say("halo")
	welcome := offered()
	o.Wants(reply(welcome, "satu"), "Setuju dan lanjut")
	terms := offered()
	o.Lacks(reply(terms, "9"), "sudah lewat")
	o.Wants(reply(terms, "1"), "sudah lewat", "Setuju dan lanjut") // it was asked anew
	terms = offered()
	o.Wants(reply(terms, "setuju dan lanjut"), "Nama lembaga")
	for _, text := range []string{"3", "Setuju dan lanjut", "tiga", "9"} {
		o.Wants(reply(terms, text), "sudah lewat", "Nama lembaga")
	}
	o.Wants(reply(terms, "Yayasan CONTOH"), "Negara asal")
	o.Wants(reply(terms, "batal"), "LANJUTKAN") // it always works, though the question offered it too
	o.Wants(reply(welcome, "2"), "Belum ada permohonan")
}
