package handlers

import (
	"context"
	"fmt"
	"log/slog"
	"strconv"
	"time"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/store"
)

// heldAtOnce bounds the tasks of a role that are taken from an officer at once; the rest
// follows within a minute, see [notifications.Watch].
const heldAtOnce = 200

// Disabling gives the turn that takes an officer's rights away: his record, the person
// that he is, and the stand-ins that he holds or gave.
func Disabling(ctx context.Context, s Store, o workflow.Officer, now time.Time) (store.UnitOfWork, error) {
	barred, err := Barring(ctx, s, o, now)
	if err != nil {
		return store.UnitOfWork{}, err
	}
	ended, err := standInsOf(ctx, s, o.ID, now)
	return store.UnitOfWork{Persons: barred, Officers: []workflow.Officer{o.Disable(now)}, Delegations: ended}, err
}

// Barring gives the person who loses an officer's rights at now, so that nothing that
// waits for him as the officer reaches his chats; nobody if nobody has joined.
func Barring(ctx context.Context, people store.People, o workflow.Officer, now time.Time) ([]workflow.Person, error) {
	if o.Person == "" {
		return nil, nil
	}
	p, err := store.PersonNow(ctx, people, o.Person)
	if workflow.CodeOf(err) == workflow.CodeNotFound {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("load who is an officer no more: %w", err)
	}
	p.Barred = now
	return []workflow.Person{p}, nil
}

// disableTries is how often a disabling is run again after a conflict: each conflict
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
	t := &turn{app: a.Env, now: now, work: a.Desk.Begin(key, now), in: bot.Received{Inbound: bot.Inbound{ID: key}}}
	t.person.Lang = workflow.Indonesian // of those who are told
	if err := t.depart(ctx, o, o.Disable(now)); err != nil {
		return err
	}
	by := a.Texts.Say(workflow.Indonesian, "staff.by_command")
	if err := t.tellStaff(ctx, o, a.Texts.Say(workflow.Indonesian, "staff.told_disable", "name", o.Name, "by", by)); err != nil {
		return err
	}
	turn := t.work.Unit()
	turn.Persons, turn.Officers, turn.Delegations = t.persons, t.officers, t.delegations
	turn.Deliveries = append(turn.Deliveries, t.mail...)
	turn.Owner, turn.Lease = a.Sender.Lease(now)
	defer a.Sender.Done(turn.Lease)
	if a.Terms != nil {
		turn.Ours = a.Terms.Ours
	}
	sent, err := a.Store.Commit(ctx, now, turn)
	if err != nil {
		return err
	}
	a.Sender.Push(sent...)
	return nil
}

// standInsOf ends the stand-ins of an officer, those that he holds and those that he gave.
func standInsOf(ctx context.Context, s Store, id workflow.OfficerID, now time.Time) ([]workflow.Delegation, error) {
	all, err := s.Delegations(ctx, now)
	if err != nil {
		return nil, fmt.Errorf("load delegations: %w", err)
	}
	var ended []workflow.Delegation
	for _, d := range all {
		if (d.Deputy == id || d.Principal == id) && d.Cancelled.IsZero() {
			d.Cancelled = now
			ended = append(ended, d)
		}
	}
	return ended, nil
}

// release gives the tasks that an officer holds back to their roles. One that cannot be
// given back is logged and stays: it must not keep him his rights.
func (t *turn) release(ctx context.Context, o workflow.Officer) error {
	reason := t.app.Texts.Say(workflow.Indonesian, "release.disabled", "name", o.Name)
	for _, rd := range t.app.Desk.Library.Current().Roles {
		rows, err := t.app.Store.Held(ctx, rd.Role, o.ID, heldAtOnce)
		if err != nil {
			return fmt.Errorf("list held tasks: %w", err)
		}
		for _, row := range rows {
			_, c, err := t.work.Case(ctx, row.ID)
			if err == nil && (c.Holder == nil || c.Holder.By.Officer != o.ID) {
				continue // given back, and perhaps taken by a colleague, since it was listed
			}
			if err == nil {
				_, err = t.work.Do(ctx, row.ID, workflow.Command{Actor: workflow.System(), Act: workflow.Release{Reason: reason}})
			}
			if err != nil {
				t.app.Log.ErrorContext(ctx, "task not given back", slog.String("case", string(row.ID)), slog.Any("error", err))
			}
		}
	}
	return nil
}
