package notifications

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

// Shout logs, at start, the roles in which nobody works. The digests say it daily.
func (w *Watch) Shout(ctx context.Context, now time.Time) error {
	dir, err := openDirectory(ctx, w.Store, now)
	if err != nil {
		return err
	}
	return w.staffing(ctx, dir)
}

// staffing logs, once each, that nobody works in a role any more, and that somebody does
// again. An office without any officer has only just been set up.
func (w *Watch) staffing(ctx context.Context, dir *directory) error {
	if len(dir.officers) == 0 {
		return nil
	}
	empty := map[workflow.Role]bool{}
	for _, role := range dir.empty(w.Desk.Library.Current()) {
		empty[role] = true
		ends, err := w.invited(ctx, dir, role)
		if err != nil {
			return err
		}
		w.shoutEmpty(ctx, role, ends, dir.now)
	}
	for _, rd := range w.Desk.Library.Current().Roles {
		if empty[rd.Role] {
			continue
		}
		if lasted, ended := w.empty.End(string(rd.Role), dir.now); ended {
			w.Log.InfoContext(ctx, "somebody works in this role again", slog.String("role", string(rd.Role)), slog.Duration("lasted", lasted))
		}
	}
	return nil
}

// shoutEmpty logs that nobody works in a role, unless that is known. Somebody who was
// added and has a code only has to join.
func (w *Watch) shoutEmpty(ctx context.Context, role workflow.Role, codeEnds, now time.Time) {
	if !codeEnds.IsZero() {
		if w.empty.Begin(string(role), "invited "+codeEnds.String(), now) {
			w.Log.WarnContext(ctx, "nobody works in this role yet: who was added has not joined",
				slog.String("role", string(role)), slog.String("code_ends", calendar.DateTime(codeEnds, workflow.Indonesian)))
		}
		return
	}
	if w.empty.Begin(string(role), "nobody", now) {
		w.Log.ErrorContext(ctx, "nobody works in this role; add an officer or a stand-in", slog.String("role", string(role)))
	}
}

// invited gives the latest end of a code with which somebody can still join in a role;
// zero: nobody can.
func (w *Watch) invited(ctx context.Context, dir *directory, role workflow.Role) (ends time.Time, err error) {
	for _, o := range dir.officers {
		if o.Person != "" || o.Disabled || o.Invited == "" || !o.HasRole(role) {
			continue
		}
		inv, err := w.Store.Invitation(ctx, o.Invited)
		if workflow.CodeOf(err) == workflow.CodeNotFound {
			continue
		}
		if err != nil {
			return ends, fmt.Errorf("load invitation: %w", err)
		}
		if inv.Expires.After(dir.now) && inv.Expires.After(ends) {
			ends = inv.Expires
		}
	}
	return ends, nil
}
