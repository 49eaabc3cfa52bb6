//go:build !nowhatsapp

package session

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"izinbot/bot"
)

// Progress is the state of a message that was sent.
type Progress int

// How far messages come, in this order.
const (
	Unknown   Progress = iota
	Queued             // about to be sent, or sent without an answer
	Sent               // WhatsApp has taken it
	Delivered          // it is on the phone
	Read
)

// Enqueue notes a message before it is sent, with the choices that it offers, and
// gives when it was first about to be.
func (f *File) Enqueue(ctx context.Context, id string, choices []bot.Choice, now time.Time) (first time.Time, err error) {
	list, err := json.Marshal(choices)
	if err != nil {
		return now, fmt.Errorf("encode choices: %w", err)
	}
	var at int64
	err = f.db.QueryRowContext(ctx, `INSERT INTO izinbot_sent (id, state, choices, at) VALUES (?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET at = at RETURNING at`, id, Queued, string(list), now.UnixMilli()).Scan(&at)
	if err != nil {
		return now, fmt.Errorf("note a message: %w", err)
	}
	return instant(at), nil
}

// Advance notes how far messages have come; they never go back.
func (f *File) Advance(ctx context.Context, p Progress, ids ...string) error {
	for _, id := range ids {
		if _, err := f.db.ExecContext(ctx, `UPDATE izinbot_sent SET state = ? WHERE id = ? AND state < ?`, p, id, p); err != nil {
			return fmt.Errorf("note a receipt: %w", err)
		}
	}
	return nil
}

// ProgressOf gives how far a message has come, and the choices that it offered.
func (f *File) ProgressOf(ctx context.Context, id string) (Progress, []bot.Choice, error) {
	var p Progress
	var list string
	err := f.db.QueryRowContext(ctx, `SELECT state, choices FROM izinbot_sent WHERE id = ?`, id).Scan(&p, &list)
	if errors.Is(err, sql.ErrNoRows) {
		return Unknown, nil, nil
	}
	if err != nil {
		return Unknown, nil, fmt.Errorf("look up a message: %w", err)
	}
	var choices []bot.Choice
	return p, choices, json.Unmarshal([]byte(list), &choices)
}

// Counts counts the messages that went out, by how far they have come.
type Counts struct {
	Waiting   int // about to be sent, or sent without an answer
	Sent      int // WhatsApp has taken it; the phone has not
	Delivered int // on the phone
	Read      int
}

// Count counts the messages since an instant by how far they have come.
func (f *File) Count(ctx context.Context, since time.Time) (Counts, error) {
	var m Counts
	err := f.db.QueryRowContext(ctx, `SELECT count(*) FILTER (WHERE state = ?), count(*) FILTER (WHERE state = ?),
		count(*) FILTER (WHERE state = ?), count(*) FILTER (WHERE state = ?) FROM izinbot_sent WHERE at >= ?`,
		Queued, Sent, Delivered, Read, since.UnixMilli()).Scan(&m.Waiting, &m.Sent, &m.Delivered, &m.Read)
	if err != nil {
		return m, fmt.Errorf("count messages: %w", err)
	}
	return m, nil
}

// Push notes a notice that goes out, for the caps.
func (f *File) Push(ctx context.Context, at time.Time) error {
	if _, err := f.db.ExecContext(ctx, `INSERT INTO izinbot_push (at) VALUES (?)`, at.UnixMilli()); err != nil {
		return fmt.Errorf("note a notice: %w", err)
	}
	return nil
}

// Pushes gives when notices went out since an instant, in order.
func (f *File) Pushes(ctx context.Context, since time.Time) ([]time.Time, error) {
	rows, err := f.db.QueryContext(ctx, `SELECT at FROM izinbot_push WHERE at >= ? ORDER BY at`, since.UnixMilli())
	if err != nil {
		return nil, fmt.Errorf("read notices: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var out []time.Time
	for rows.Next() {
		var at int64
		if err := rows.Scan(&at); err != nil {
			return nil, fmt.Errorf("read notices: %w", err)
		}
		out = append(out, time.UnixMilli(at))
	}
	return out, rows.Err()
}

// Purge forgets messages that nobody answers any more.
func (f *File) Purge(ctx context.Context, before time.Time) error {
	for _, statement := range []string{`DELETE FROM izinbot_sent WHERE at < ?`, `DELETE FROM izinbot_push WHERE at < ?`} {
		if _, err := f.db.ExecContext(ctx, statement, before.UnixMilli()); err != nil {
			return fmt.Errorf("forget old messages: %w", err)
		}
	}
	return nil
}
