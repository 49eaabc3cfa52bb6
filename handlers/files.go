package handlers

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"

	"izinbot/bot"
	"izinbot/handlers/apply"
	"izinbot/handlers/session"
	"izinbot/handlers/visit"
	"izinbot/workflow/store"
)

var (
	_ session.FileTaker = (*apply.Application)(nil)
	_ session.FileTaker = (*apply.Clarification)(nil)
	_ session.FileTaker = (*visit.FieldVisit)(nil)
	_ bot.Wanter        = (*App)(nil)

	_ session.FileHolder = (*apply.Application)(nil)
	_ session.FileHolder = (*apply.Clarification)(nil)
	_ session.FileHolder = (*visit.FieldVisit)(nil)
)

// WantsFiles implements [bot.Wanter]: files are fetched, and so stored, only if the open
// question takes them and the chat's quota of the day is not used up.
func (a *App) WantsFiles(ctx context.Context, r bot.Received) (bool, error) {
	conv, err := a.Store.Conversation(ctx, r.Chat)
	if err != nil {
		return false, session.ForPort(err)
	}
	if conv.Handled >= r.Seq {
		return false, nil
	}
	now := a.Now()
	s := &session.Session{Env: a.Env, In: r, Now: now, Work: a.Desk.Begin(r.ID, now)}
	wants, err := session.TakesFiles(ctx, s, conv)
	return wants, session.ForPort(err)
}

// retract removes what was fetched for a message and is not named by the unit of work that
// was committed for it: what was refused, or is no answer to the question. What is left by a
// crash in between is removed by the daily sweep.
func (a *App) retract(ctx context.Context, files []bot.InboundFile, committed store.UnitOfWork) {
	var names []byte
	for _, f := range files {
		if !f.Fetched {
			continue
		}
		if names == nil {
			names = namesOf(committed)
		}
		if names == nil || bytes.Contains(names, []byte(f.Key)) {
			continue
		}
		if err := a.Files.Retract(ctx, f.Key); err != nil {
			a.Log.WarnContext(ctx, "a file that was not taken is left to the daily sweep", slog.Any("error", err))
		}
	}
}

// namesOf gives a text that holds the key of every file that a unit of work names; nil: it
// cannot be told.
func namesOf(u store.UnitOfWork) []byte {
	names, err := json.Marshal([]any{u.Conversation, u.Cases, u.Persons, u.Officers, u.Deliveries})
	if err != nil {
		return nil
	}
	return names
}
