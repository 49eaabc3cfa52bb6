package handlers

import (
	"slices"

	"izinbot/bot"
	"izinbot/workflow"
)

// Menu gives the commands that a person may use, worded in his language, in the
// order of bantuan. An officer is who holds roles; others have none.
func (a *App) Menu(lang workflow.Lang, roles []workflow.Role) []bot.Command {
	var out []bot.Command
	for _, c := range a.commands {
		if c.hidden || !c.open(roles) {
			continue
		}
		out = append(out, bot.Command{Name: c.name, Text: a.Texts.Say(lang, "help."+c.name)})
	}
	return out
}

// open tells whether who holds these roles, if any, may use the command.
func (c command) open(roles []workflow.Role) bool {
	switch {
	case !c.officers && len(c.roles) == 0:
		return true
	case len(roles) == 0:
		return false
	}
	return len(c.roles) == 0 || slices.ContainsFunc(c.roles, func(r workflow.Role) bool { return slices.Contains(roles, r) })
}
