package handlers

import (
	"izinbot/bot"
	"izinbot/workflow"
)

// Menu gives the commands that a person may use, worded in his language, in the
// order of bantuan. An officer is who holds roles; others have none.
func (a *Env) Menu(lang workflow.Lang, roles []workflow.Role) []bot.Command {
	var out []bot.Command
	for _, c := range a.commands {
		if c.hidden || !c.open(a.Desk.Library.Current(), roles) {
			continue
		}
		out = append(out, bot.Command{Name: c.nameIn(lang), Text: a.Texts.Say(lang, "help."+c.name)})
	}
	return out
}
