package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"

	"github.com/go-telegram/bot/models"
)

// parseUpdate reads an update; or, where the library does not know a part of it, as
// when Telegram has got a new kind of forwarded message, all but that part: what a
// person wrote is not to be lost for something beside it. An error means that it is
// no update.
func (c *Channel) parseUpdate(ctx context.Context, raw []byte) (*models.Update, error) {
	var u models.Update
	failed := json.Unmarshal(raw, &u)
	if failed == nil && u.ID != 0 {
		return &u, nil
	}
	var head struct {
		ID *int64 `json:"update_id"`
	}
	if err := json.Unmarshal(raw, &head); err != nil || head.ID == nil {
		return nil, fmt.Errorf("no update: %w", errors.Join(err))
	}
	if failed == nil {
		return &u, nil
	}
	c.cfg.Log.ErrorContext(ctx, "update is not wholly readable", slog.Int64("update", *head.ID))
	u = models.Update{}
	if json.Unmarshal(known[models.Update](raw, map[string]reader{
		"message": knownMessage, "edited_message": knownMessage,
		"callback_query": func(raw json.RawMessage) json.RawMessage {
			return known[models.CallbackQuery](raw, map[string]reader{"message": knownMessage})
		},
	}), &u) != nil {
		u = models.Update{}
	}
	u.ID = *head.ID
	return &u, nil
}

// reader gives what is known of an object.
type reader func(raw json.RawMessage) json.RawMessage

func knownMessage(raw json.RawMessage) json.RawMessage { return known[models.Message](raw, nil) }

// known leaves of an object the fields that can be read into a T; those that hold
// objects with a reader of their own, after that.
func known[T any](raw json.RawMessage, inner map[string]reader) json.RawMessage {
	var fields map[string]json.RawMessage
	if json.Unmarshal(raw, &fields) != nil {
		return raw
	}
	for name, value := range fields {
		if read := inner[name]; read != nil {
			value = read(value)
			fields[name] = value
		}
		alone, err := json.Marshal(map[string]json.RawMessage{name: value})
		if err != nil || json.Unmarshal(alone, new(T)) != nil {
			delete(fields, name)
		}
	}
	out, err := json.Marshal(fields)
	if err != nil {
		return raw
	}
	return out
}
