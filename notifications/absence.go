package notifications

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"izinbot/workflow"
)

// heldAtOnce bounds the tasks that are taken from one officer in one run.
const heldAtOnce = 200

// releaseEvery is how often tasks are looked through whose holders are known to be
// there: a returned draft may go to somebody who is away.
const releaseEvery = time.Hour

// release gives tasks back to their roles whose holders can no longer do them: they
// are disabled, have lost the role, are away with a stand-in (whose task it becomes
// then), or stand in no longer.
//
// It is done inside working hours, whenever somebody came or went.
func (w *Watch) release(ctx context.Context, dir *directory, now time.Time) error {
	staff := dir.staff()
	if !w.Calendar.NextOpen(now).Equal(now) || staff == w.staff && now.Sub(w.swept) < releaseEvery {
		return nil
	}
	w.staff, w.swept = staff, now
	for _, o := range dir.officers {
		for _, rd := range w.Desk.Library.Current().Roles {
			reason := w.whyRelease(dir, o, rd.Role)
			if reason == "" {
				continue
			}
			rows, err := w.Store.Held(ctx, rd.Role, o.ID, heldAtOnce)
			if err != nil {
				return fmt.Errorf("list held tasks: %w", err)
			}
			for _, row := range rows {
				if err := w.releaseOne(ctx, row.ID, o.ID, reason, now); workflow.CodeOf(err) == workflow.CodeFenced {
					return err
				} else if err != nil {
					w.Log.ErrorContext(ctx, "task not given back", slog.String("case", string(row.ID)), slog.Any("error", err))
				}
			}
		}
	}
	return nil
}

// whyRelease tells why an officer should hold no task of a role; "" if he may.
func (w *Watch) whyRelease(dir *directory, o workflow.Officer, role workflow.Role) string {
	switch {
	case o.Disabled:
		return w.say("release.disabled", "name", o.Name)
	case !dir.can(o, role):
		return w.say("release.no_longer", "name", o.Name, "role", w.roleName(role))
	case dir.away(o.ID, role) && o.HasRole(role):
		return w.say("release.away", "name", o.Name)
	}
	return ""
}

func (w *Watch) releaseOne(ctx context.Context, id workflow.CaseID, from workflow.OfficerID, reason string, now time.Time) error {
	c, err := w.Store.Case(ctx, id)
	if err != nil {
		return err
	}
	if c.Holder == nil || c.Holder.By.Officer != from {
		return nil // he has it no longer
	}
	// The key names whose task it was and since when: it is taken from him once.
	work := w.Desk.Begin(fmt.Sprintf("release/%s/%d", from, c.Holder.At.UnixNano()), now)
	if _, err := work.Do(ctx, id, workflow.Command{Actor: workflow.System(), Act: workflow.Release{Reason: reason}}); err != nil {
		return err
	}
	return w.commit(ctx, now, work.Turn())
}
