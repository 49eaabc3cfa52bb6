package notifications

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"izinbot/bot"
	"izinbot/notifications/texts"
	"izinbot/workflow"
	"izinbot/workflow/casework"
	"izinbot/workflow/store"
)

// Unreachable sees to what no address takes: a notice goes by another address of
// its person. If there is none, somebody has to call, which is a task until it is done
// ([store.Call]): Front Office an applicant, for the clocks of his case run on
// without him; the superior an officer.
type Unreachable struct {
	Store interface {
		store.Cases
		store.People
		Calls(ctx context.Context) ([]store.Call, error)
	}
	Library *casework.Library
	Texts   *texts.Catalogue
	// Commits needs no term: the ids and claims of what comes of a dead delivery are
	// taken once, whoever makes it.
	Commits *casework.Committer
	Now     func() time.Time
	Log     *slog.Logger
}

// openCases bounds how many of an applicant's cases are told of.
const openCases = 20

// Dead is the [OutboxConfig.Dead] of a program that has an office.
func (u *Unreachable) Dead(ctx context.Context, d bot.Delivery, reason string) {
	why := atFault(reason)
	if why == "" {
		return // the message was at fault, not the address
	}
	if _, active := u.Commits.Active(); !active {
		return // the active process will find the same
	}
	if err := u.handle(ctx, d, why); err != nil {
		u.Log.ErrorContext(ctx, "nobody is told of an unreachable person", slog.Any("error", err))
	}
}

// Elsewhere is the [OutboxConfig.Elsewhere] of a program that has an office.
func (u *Unreachable) Elsewhere(ctx context.Context, d bot.Delivery) bool {
	if _, active := u.Commits.Active(); !active {
		return false
	}
	person, err := u.Store.PersonAt(ctx, d.Chat)
	if workflow.CodeOf(err) == workflow.CodeNotFound {
		return false
	}
	ok := false
	if err == nil {
		ok, err = u.reroute(ctx, d, person)
	}
	if err != nil {
		u.Log.ErrorContext(ctx, "a notice that waits for long does not go another way", slog.Any("error", err))
		return false
	}
	return ok
}

func (u *Unreachable) handle(ctx context.Context, d bot.Delivery, why store.CallReason) error {
	person, err := u.Store.PersonAt(ctx, d.Chat)
	if workflow.CodeOf(err) == workflow.CodeNotFound {
		return nil
	}
	if err != nil {
		return fmt.Errorf("load person: %w", err)
	}
	if ok, err := u.reroute(ctx, d, person); ok || err != nil {
		return err
	}
	dir, err := openDirectory(ctx, u.Store, u.Now())
	if err != nil {
		return err
	}
	officer, err := u.Store.OfficerOf(ctx, person.ID)
	switch {
	case err == nil && !officer.Disabled:
		if err := u.callOfficer(ctx, dir, d, officer, why); err != nil {
			return err
		}
	case err != nil && workflow.CodeOf(err) != workflow.CodeNotFound:
		return fmt.Errorf("load officer: %w", err)
	}
	return u.callApplicant(ctx, dir, person, why)
}

func (u *Unreachable) say(key string, args ...any) string {
	return u.Texts.Say(workflow.Indonesian, key, args...)
}
