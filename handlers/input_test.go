package handlers_test

import (
	"testing"

	"izinbot/bot"
	"izinbot/handlers/apply"
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

// A text that quotes an earlier question of a form answers that one, after asking where it was
// answered already; the present question stays.
func TestQuotedQuestionOfAForm(t *testing.T) {
	g := handlerstest.NewOffice(t, nil).Guest("ani")
	g.Begin()
	first := g.Sent[g.Chat][len(g.Sent[g.Chat])-1].Text
	g.FillForm("Yayasan Lama", "Belanda", "yayasan")
	reply := func(text string) string { return g.Tell(bot.Inbound{Text: text, Quotes: first}) }
	g.Wants(reply("Yayasan Baru"), "Nama lembaga sudah terisi: Yayasan Lama. Ganti?", "1 Ya, ganti: Yayasan Baru", "4/19")
	if name := handlerstest.Open[apply.Application](g).Answers["nama_lembaga"]; name != "Yayasan Lama" {
		t.Errorf("it became %q unasked", name)
	}
	g.Expect("ya", "4/19")
	if name := handlerstest.Open[apply.Application](g).Answers["nama_lembaga"]; name != "Yayasan Baru" {
		t.Errorf("the name stays %q", name)
	}
	g.Wants(reply("sebentar ya"), "kami tunggu", "4/19")
	g.Expect("Contoh Pimpinan", "5/19")
}
