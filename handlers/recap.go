package handlers

import (
	"context"
	"strings"

	"izinbot/bot"
	"izinbot/workflow/casework"
)

// recap tells how the office did in a period, this week if none is named.
func recap(ctx context.Context, t *turn, arg string) error {
	from, to, ok := period(arg, t.now)
	if !ok {
		t.say("recap.how")
		return nil
	}
	roles, err := t.rolesBelow(ctx)
	if err != nil {
		return err
	}
	r, err := casework.MakeRecap(ctx, t.app.Store, t.app.Desk.Library.Current(), from, to, t.now)
	if err != nil {
		return err
	}
	var b strings.Builder
	b.WriteString(t.app.RecapText(t.text, r))
	for _, role := range roles {
		count := r.Role(role)
		b.WriteString("\n" + t.text("recap.line", "role", t.fieldName(string(role)), "open", count.Open, "late", count.Late))
	}
	m := bot.Message{Text: b.String()}
	if t.app.RecapChart != nil {
		m.Files = t.app.RecapChart(ctx, r)
	}
	t.askFor(m, t.item("/rekap 30 hari", "recap.month"), t.item("/terlambat", "menu.late"), t.item("/tugas", "menu.tasks"))
	return nil
}
