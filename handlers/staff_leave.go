package handlers

import (
	"context"
	"fmt"
	"log/slog"
	"strconv"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/casework"
	"izinbot/workflow/store"
)

// heldAtOnce bounds the tasks of a role that are taken from an officer at once; the rest
// follows within a minute, see [notifications.Watch].
const heldAtOnce = 200

// Disabling gives the turn that takes an officer's rights away: his record, and the
// stand-ins that he holds or gave.
func Disabling(ctx context.Context, s Store, o workflow.Officer, now time.Time) (store.Turn, error) {
	ended, err := standInsOf(ctx, s, o.ID, now)
	return store.Turn{Officers: []workflow.Officer{o.Disable(now)}, Delegations: ended}, err
}

// Disable takes an officer's rights away while the office runs; his tasks go back to
// their roles. CodeConflict: somebody changed him or one of his tasks meanwhile.
func (a *App) Disable(ctx context.Context, o workflow.Officer) error {
	now := a.Now()
	work := a.Desk.Begin("disable/"+string(o.ID)+"/"+strconv.FormatInt(now.UnixNano(), 36), now)
	if err := a.release(ctx, work, o); err != nil {
		return err
	}
	leave, err := Disabling(ctx, a.Store, o, now)
	if err != nil {
		return err
	}
	turn := work.Turn()
	turn.Officers, turn.Delegations = leave.Officers, leave.Delegations
	turn.Owner, turn.Lease = a.Sender.Lease(now)
	defer a.Sender.Done(turn.Lease)
	if a.Terms != nil {
		turn.Ours = a.Terms.Ours
	}
	sent, err := a.Store.Commit(ctx, now, turn)
	if err != nil {
		return fmt.Errorf("disable an officer: %w", err)
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
func (a *App) release(ctx context.Context, work *casework.Work, o workflow.Officer) error {
	reason := a.Texts.Say(workflow.Indonesian, "release.disabled", "name", o.Name)
	for _, rd := range a.Desk.Library.Current().Roles {
		rows, err := a.Store.Held(ctx, rd.Role, o.ID, heldAtOnce)
		if err != nil {
			return fmt.Errorf("list held tasks: %w", err)
		}
		for _, row := range rows {
			_, err := work.Do(ctx, row.ID, workflow.Command{Actor: workflow.System(), Act: workflow.Release{Reason: reason}})
			if err != nil {
				a.Log.ErrorContext(ctx, "task not given back", slog.String("case", string(row.ID)), slog.Any("error", err))
			}
		}
	}
	return nil
}
