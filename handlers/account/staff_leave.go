package account

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"izinbot/handlers/session"
	"izinbot/workflow"
	"izinbot/workflow/store"
)

// heldAtOnce bounds the tasks of a role that are taken from an officer at once; the rest
// follows within a minute, see [notifications.Watch].
const heldAtOnce = 200

// Disabling gives the unit of work that takes an officer's rights away: his record, his person,
// and the stand-ins that he holds or gave.
func Disabling(ctx context.Context, s session.Store, o workflow.Officer, now time.Time) (store.UnitOfWork, error) {
	barred, err := Barring(ctx, s, o, now)
	if err != nil {
		return store.UnitOfWork{}, err
	}
	ended, err := standInsOf(ctx, s, o.ID, now)
	return store.UnitOfWork{Persons: barred, Officers: []workflow.Officer{o.Disable(now)}, Delegations: ended}, err
}

// Barring gives the person who loses an officer's rights at now, so that nothing that
// waits for him as the officer reaches his chats; nobody if nobody has joined.
func Barring(ctx context.Context, people store.People, o workflow.Officer, now time.Time) ([]store.Person, error) {
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
	return []store.Person{p}, nil
}

// standInsOf ends the stand-ins of an officer, those that he holds and those that he gave.
func standInsOf(ctx context.Context, s session.Store, id workflow.OfficerID, now time.Time) ([]workflow.Delegation, error) {
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
func release(ctx context.Context, s *session.Session, o workflow.Officer) error {
	reason := s.Env.Texts.Say(workflow.Indonesian, "release.disabled", "name", o.Name)
	for _, rd := range s.Env.Desk.Library.Current().Roles {
		rows, err := s.Env.Store.Held(ctx, rd.Role, o.ID, heldAtOnce)
		if err != nil {
			return fmt.Errorf("list held tasks: %w", err)
		}
		for _, row := range rows {
			_, c, err := s.Work.Case(ctx, row.ID)
			if err == nil && (c.Holder == nil || c.Holder.By.Officer != o.ID) {
				continue // given back, and perhaps taken by a colleague, since it was listed
			}
			if err == nil {
				_, err = s.Work.Do(ctx, row.ID, workflow.Command{Actor: workflow.System(), Act: workflow.Release{Reason: reason}})
			}
			if err != nil {
				s.Env.Log.ErrorContext(ctx, "task not given back", slog.String("case", string(row.ID)), slog.Any("error", err))
			}
		}
	}
	return nil
}
