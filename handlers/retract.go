package handlers

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"

	"izinbot/bot"
	"izinbot/workflow/store"
)

// retract removes what was fetched for a message and is not named by the unit of work that
// was committed for it: what was refused, or is no answer to the question. What is left by a
// crash in between is removed by the daily sweep.
func (a *App) retract(ctx context.Context, files []bot.File, committed store.UnitOfWork) {
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
