package handlers

import (
	"context"
	"strings"

	"izinbot/bot"
	"izinbot/workflow"
)

// ownLetters sends the applicant again what was given to him: a letter in a chat is
// soon far up, or lost with a phone. Officers get all letters of a case.
func ownLetters(ctx context.Context, t *turn, arg string) error {
	if t.officer != nil {
		return letterList(ctx, t, arg)
	}
	if !strings.ContainsAny(arg, "0123456789") {
		arg = "" // "surat saya" names no number
	}
	has := func(def *workflow.SOP, c workflow.Case) bool { return len(c.ForApplicant(def)) > 0 }
	c, ok, err := t.ownCase(ctx, arg, "surat", has)
	if err != nil || !ok {
		return err
	}
	def, c, err := t.work.Case(ctx, c.ID)
	if err != nil {
		return err
	}
	letters := c.ForApplicant(def)
	if len(letters) == 0 {
		t.ask(t.text("own.none.surat"), t.item("/status", "menu.status"))
		return t.askAgain(ctx)
	}
	for _, l := range letters {
		ld, _ := def.Letter(l.Kind)
		number := ""
		if l.Number != nil {
			number = l.Number.Text
		}
		t.reply(bot.Message{Text: t.text("own.letter", "letter", ld.Title, "number", number), Files: attachments(l.File)})
	}
	return t.askAgain(ctx)
}
