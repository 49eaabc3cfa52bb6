package supervise

import (
	"context"
	"strings"

	"izinbot/bot"
	"izinbot/handlers/session"
	"izinbot/workflow/casework"
)

// Recap tells how the office did in a period, this week if none is named.
func Recap(ctx context.Context, s *session.Session, arg string) error {
	from, to, ok := period(arg, s.Now)
	if !ok {
		s.Say("recap.how")
		return nil
	}
	roles, err := rolesBelow(ctx, s)
	if err != nil {
		return err
	}
	r, err := casework.MakeRecap(ctx, s.Env.Store, s.Env.Desk.Library.Current(), from, to, s.Now)
	if err != nil {
		return err
	}
	var b strings.Builder
	b.WriteString(s.Env.RecapText(s.Text, r))
	for _, role := range roles {
		count := r.Role(role)
		b.WriteString("\n" + s.Text("recap.line", "role", s.FieldName(string(role)), "open", count.Open, "late", count.Late))
	}
	m := bot.Message{Text: b.String()}
	if s.Env.RecapChart != nil {
		m.Files = s.Env.RecapChart(ctx, r)
	}
	s.AskFor(m, s.Choice("/rekap 30 hari", "recap.month"), s.Choice("/terlambat", "menu.late"), s.Choice("/tugas", "menu.tasks"))
	return nil
}
