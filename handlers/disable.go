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
)

// disableTries bounds how often a disabling is run again after a conflict: each conflict
// means that somebody else got a write through.
const disableTries = 20

// Disable takes an officer's rights away while the office runs; his tasks go back to
// their roles, and those who look after him are told, as after a disabling in chat. An
// officer who is disabled already stays as he is. CodeConflict: he or his tasks were
// changed by somebody else all the time.
func (a *App) Disable(ctx context.Context, id workflow.OfficerID) (err error) {
	now := a.Now()
	key := "disable/" + string(id) + "/" + strconv.FormatInt(now.UnixNano(), 36)
	for range disableTries {
		if err = a.disableOnce(ctx, id, key, now); workflow.CodeOf(err) != workflow.CodeConflict {
			break
		}
	}
	if err != nil {
		return fmt.Errorf("disable an officer: %w", err)
	}
	return nil
}

func (a *App) disableOnce(ctx context.Context, id workflow.OfficerID, key string, now time.Time) error {
	o, err := a.Store.Officer(ctx, id)
	if err != nil || o.Disabled {
		return err
	}
	s := &session.Session{Env: a.Env, Now: now, Work: a.Desk.Begin(key, now), In: bot.Received{Inbound: bot.Inbound{ID: key}}}
	s.Person.Lang = workflow.Indonesian // of those who are told
	if err := account.Depart(ctx, s, o, o.Disable(now)); err != nil {
		return err
	}
	by := a.Texts.Say(workflow.Indonesian, "staff.by_command")
	if err := account.TellStaff(ctx, s, o, a.Texts.Say(workflow.Indonesian, "staff.told_disable", "name", o.Name, "by", by)); err != nil {
		return err
	}
	unit := s.Work.Unit()
	unit.Persons, unit.Officers, unit.Delegations = s.Persons, s.Officers, s.Delegations
	unit.Deliveries = append(unit.Deliveries, s.Mail...)
	unit.Owner, unit.Lease = a.Sender.Lease(now)
	defer a.Sender.Done(unit.Lease)
	if a.Terms != nil {
		unit.Ours = a.Terms.Ours
	}
	sent, err := a.Store.Commit(ctx, now, unit)
	if err != nil {
		return err
	}
	a.Sender.Push(sent...)
	return nil
}
