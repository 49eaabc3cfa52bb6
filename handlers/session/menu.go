package session

import (
	"context"

	"izinbot/bot"
	"izinbot/workflow"
)

// Likely are the choices offered where nothing is going on.
func (s *Session) Likely() []Choice {
	if s.State.Open != nil {
		return nil
	}
	if s.Officer != nil {
		return []Choice{s.Choice("/tugas", "menu.tasks"), s.Choice("/mulai", "menu.start")}
	}
	return []Choice{s.Choice("/mulai", "menu.start")}
}

// Menu gives the commands that a person may use, worded in his language, in the
// order of bantuan. Only officers hold roles.
func (a *Env) Menu(lang workflow.Lang, roles []workflow.Role) []bot.Command {
	var out []bot.Command
	for _, c := range a.Commands {
		if c.Hidden || !c.open(a.Desk.Library.Current(), roles) {
			continue
		}
		out = append(out, bot.Command{Name: c.NameIn(lang), Text: a.Texts.Say(lang, "help."+c.Name)})
	}
	return out
}

// OfferMenu has the last answer bring the commands in the person's language.
func (s *Session) OfferMenu(ctx context.Context) error {
	roles, err := s.Roles(ctx)
	if err != nil {
		return err
	}
	s.replies[len(s.replies)-1].Menu = s.Env.Menu(s.Lang(), roles)
	return nil
}
