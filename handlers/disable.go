package handlers

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"izinbot/bot"
	"izinbot/handlers/account"
	"izinbot/handlers/session"
	"izinbot/workflow"
	"izinbot/workflow/casework"
)

// Disable takes an officer's rights away while the office runs; his tasks go back to
// their roles, and those who look after him are told, as after a disabling in chat. An
// officer who is disabled already stays as he is. CodeConflict: he or his tasks were
// changed by somebody else all the time.
func (a *App) Disable(ctx context.Context, id workflow.OfficerID) error {
	now := a.Now()
	key := "disable/" + string(id) + "/" + strconv.FormatInt(now.UnixNano(), 36)
	err := casework.Retry(a.Desk.Begin(key, now), func(w *casework.Work) error { return a.disableOnce(ctx, id, w, key, now) })
	if err != nil {
		return fmt.Errorf("disable an officer: %w", err)
	}
	return nil
}

func (a *App) disableOnce(ctx context.Context, id workflow.OfficerID, work *casework.Work, key string, now time.Time) error {
	o, err := a.Store.Officer(ctx, id)
	if err != nil || o.Disabled {
		return err
	}
	s := &session.Session{Env: a.Env, Now: now, Work: work, In: bot.Received{Inbound: bot.Inbound{ID: key}}}
	s.Person.Lang = workflow.Indonesian // of those who are told
	if err := account.Depart(ctx, s, o, o.Disable(now)); err != nil {
		return err
	}
	by := a.Texts.Say(workflow.Indonesian, "staff.by_command")
	if err := account.TellStaff(ctx, s, o, a.Texts.Say(workflow.Indonesian, "staff.told_disable", "name", o.Name, "by", by)); err != nil {
		return err
	}
	unit, err := session.Unit(s, nil)
	if err != nil {
		return err
	}
	return a.Commits.Commit(ctx, now, unit)
}
