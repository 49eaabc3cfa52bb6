package handlers

import (
	"testing"

	"izinbot/bot"
)

// An answer that quotes a question is one to that question, however it is worded.
func TestAnswersThatQuoteAQuestion(t *testing.T) {
	o := newOffice(t, nil)
	g := o.guest("ayu")
	offered := func() (out []bot.Choice) {
		for _, m := range o.sent[g.chat] {
			out = append(out, m.Choices...)
		}
		return out
	}
	reply := func(asked []bot.Choice, text string) string { return g.tell(bot.Inbound{Text: text, Asked: asked}) }
	g.say("halo")
	welcome := offered()
	o.wants(reply(welcome, "satu"), "Setuju dan lanjut")
	terms := offered()
	o.lacks(reply(terms, "9"), "sudah lewat")
	o.wants(reply(terms, "1"), "sudah lewat", "Setuju dan lanjut") // it was asked anew
	terms = offered()
	o.wants(reply(terms, "setuju dan lanjut"), "Nama lembaga")
	for _, text := range []string{"3", "Setuju dan lanjut", "tiga", "9"} {
		o.wants(reply(terms, text), "sudah lewat", "Nama lembaga")
	}
	o.wants(reply(terms, "Yayasan CONTOH"), "Negara asal")
	o.wants(reply(terms, "batal"), "LANJUTKAN") // it always works, though the question offered it too
	o.wants(reply(welcome, "2"), "Belum ada permohonan")
}
