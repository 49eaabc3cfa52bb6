package notifications

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/casework"
	"izinbot/workflow/store"
)

// heldAtOnce bounds the tasks that are taken from an officer in one write.
const heldAtOnce = 200

// releaseEvery is the interval at which tasks are looked through whose holders are known to be
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
			if reason := w.whyRelease(dir, o, rd.Role); reason != "" {
				if err := w.releaseAll(ctx, o.ID, rd.Role, reason, now); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// releaseAll takes all tasks of a role from an officer, page by page; those that cannot
// be taken stay until the next time.
func (w *Watch) releaseAll(ctx context.Context, from workflow.OfficerID, role workflow.Role, reason string, now time.Time) error {
	for range mostPages {
		rows, err := w.Store.Held(ctx, role, from, heldAtOnce)
		if err != nil {
			return fmt.Errorf("list held tasks: %w", err)
		}
		released := 0
		err = casework.InBatches(rows, func(some []store.TaskRow) error {
			n, err := w.releaseSome(ctx, some, from, reason, now)
			if err == nil {
				released += n
			}
			return err
		}, func(store.TaskRow, error) error { return nil }) // somebody works on it
		if err != nil || released < heldAtOnce {
			return err
		}
	}
	return nil
}

// releaseSome takes tasks in one unit of work, so that whoever hears of them gets one message.
// A case that cannot be read is reported, and stops no other.
func (w *Watch) releaseSome(ctx context.Context, rows []store.TaskRow, from workflow.OfficerID, reason string, now time.Time) (released int, err error) {
	w.runs++
	work := w.Desk.Begin(fmt.Sprintf("release/%s/%d/%d", from, now.UnixNano(), w.runs), now)
	for _, row := range rows {
		_, c, err := work.Case(ctx, row.ID)
		if err == nil && (c.Holder == nil || c.Holder.By.Officer != from) {
			continue // he has it no longer
		}
		if err == nil {
			_, err = work.Do(ctx, row.ID, workflow.Command{Actor: workflow.System(), Act: workflow.Release{Reason: reason}})
		}
		if err != nil {
			w.Log.ErrorContext(ctx, "task not given back", slog.String("case", string(row.ID)), slog.Any("error", err))
		}
	}
	unit := work.Unit()
	unit.Deliveries = merged(unit.Deliveries)
	return len(unit.Cases), w.commit(ctx, now, unit)
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
