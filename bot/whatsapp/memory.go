//go:build !nowhatsapp

package whatsapp

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"go.mau.fi/whatsmeow/types"

	"izinbot/bot"
)

// settle says under which address a chat is known, makes one if it is new, and
// notes that a message has just come from it. other is what else the network knows
// the person by, if anything.
func (s *session) settle(ctx context.Context, chat, other types.JID, at time.Time) (bot.Address, error) {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return "", fmt.Errorf("note a chat: %w", err)
	}
	defer func() { _ = tx.Rollback() }()
	address, err := whose(ctx, tx, chat, other)
	if err != nil {
		return "", err
	}
	for _, jid := range []types.JID{chat, other} {
		if jid.IsEmpty() {
			continue
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO izinbot_alias (jid, address) VALUES (?, ?) ON CONFLICT (jid) DO NOTHING`, jid.String(), string(address)); err != nil {
			return "", fmt.Errorf("note an alias: %w", err)
		}
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO izinbot_chat (address, jid, inbound) VALUES (?, ?, ?)
		ON CONFLICT (address) DO UPDATE SET jid = excluded.jid, inbound = max(inbound, excluded.inbound)`,
		string(address), chat.String(), at.UnixMilli())
	if err != nil {
		return "", fmt.Errorf("note a chat: %w", err)
	}
	return address, tx.Commit()
}

// whereabouts gives where to write to an address, and when a message last came from
// there; a zero time if never.
func (s *session) whereabouts(ctx context.Context, address bot.Address) (types.JID, time.Time, error) {
	var text string
	var at int64
	err := s.db.QueryRowContext(ctx, `SELECT jid, inbound FROM izinbot_chat WHERE address = ?`, string(address)).Scan(&text, &at)
	if errors.Is(err, sql.ErrNoRows) {
		return types.EmptyJID, time.Time{}, nil
	}
	if err != nil {
		return types.EmptyJID, time.Time{}, fmt.Errorf("look up an address: %w", err)
	}
	jid, err := types.ParseJID(text)
	return jid, time.UnixMilli(at), err
}

// progress is the state of a message that was sent.
type progress int

const (
	unknown   progress = iota
	queued             // about to be sent, or sent without an answer
	sent               // WhatsApp has taken it
	delivered          // it is on the phone
	read
)

// enqueue notes a message before it is sent, with the choices that it offers, and
// gives when it was first about to be.
func (s *session) enqueue(ctx context.Context, id string, choices []bot.Choice, now time.Time) (first time.Time, err error) {
	list, err := json.Marshal(choices)
	if err != nil {
		return now, fmt.Errorf("encode choices: %w", err)
	}
	var at int64
	err = s.db.QueryRowContext(ctx, `INSERT INTO izinbot_sent (id, state, choices, at) VALUES (?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET at = at RETURNING at`, id, queued, string(list), now.UnixMilli()).Scan(&at)
	if err != nil {
		return now, fmt.Errorf("note a message: %w", err)
	}
	return instant(at), nil
}

// advance notes how far messages have come; they never go back.
func (s *session) advance(ctx context.Context, p progress, ids ...string) error {
	for _, id := range ids {
		if _, err := s.db.ExecContext(ctx, `UPDATE izinbot_sent SET state = ? WHERE id = ? AND state < ?`, p, id, p); err != nil {
			return fmt.Errorf("note a receipt: %w", err)
		}
	}
	return nil
}

// progressOf gives how far a message has come, and the choices that it offered.
func (s *session) progressOf(ctx context.Context, id string) (progress, []bot.Choice, error) {
	var p progress
	var list string
	err := s.db.QueryRowContext(ctx, `SELECT state, choices FROM izinbot_sent WHERE id = ?`, id).Scan(&p, &list)
	if errors.Is(err, sql.ErrNoRows) {
		return unknown, nil, nil
	}
	if err != nil {
		return unknown, nil, fmt.Errorf("look up a message: %w", err)
	}
	var choices []bot.Choice
	return p, choices, json.Unmarshal([]byte(list), &choices)
}

// count counts the messages since an instant by how far they have come.
func (s *session) count(ctx context.Context, since time.Time) (Messages, error) {
	var m Messages
	err := s.db.QueryRowContext(ctx, `SELECT count(*) FILTER (WHERE state = ?), count(*) FILTER (WHERE state = ?),
		count(*) FILTER (WHERE state = ?), count(*) FILTER (WHERE state = ?) FROM izinbot_sent WHERE at >= ?`,
		queued, sent, delivered, read, since.UnixMilli()).Scan(&m.Waiting, &m.Sent, &m.Delivered, &m.Read)
	if err != nil {
		return m, fmt.Errorf("count messages: %w", err)
	}
	return m, nil
}

// Facts about the account.
const (
	factPhoneSeen = "phone_seen" // when the account's own phone last gave a sign
	factSign      = "sign"       // when the network last gave a sign
	factLockEnds  = "lock_ends"  // until when only those may be written to who wrote first
	factAccount   = "account"    // the number that the session was linked to last, not an instant
)

func (s *session) note(ctx context.Context, fact string, at time.Time) error {
	_, err := s.db.ExecContext(ctx, `INSERT INTO izinbot_fact (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
		fact, millis(at))
	if err != nil {
		return fmt.Errorf("note a fact: %w", err)
	}
	return nil
}

// fact gives an instant, zero if it was never noted.
func (s *session) fact(ctx context.Context, name string) (time.Time, error) {
	var at int64
	err := s.db.QueryRowContext(ctx, `SELECT value FROM izinbot_fact WHERE name = ?`, name).Scan(&at)
	if errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, nil
	}
	if err != nil {
		return time.Time{}, fmt.Errorf("look up a fact: %w", err)
	}
	return instant(at), nil
}

// push notes a notice that goes out, for the caps.
func (s *session) push(ctx context.Context, at time.Time) error {
	if _, err := s.db.ExecContext(ctx, `INSERT INTO izinbot_push (at) VALUES (?)`, at.UnixMilli()); err != nil {
		return fmt.Errorf("note a notice: %w", err)
	}
	return nil
}

// pushes gives when notices went out since an instant, in order.
func (s *session) pushes(ctx context.Context, since time.Time) ([]time.Time, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT at FROM izinbot_push WHERE at >= ? ORDER BY at`, since.UnixMilli())
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

// purge forgets messages that nobody answers any more.
func (s *session) purge(ctx context.Context, before time.Time) error {
	for _, statement := range []string{`DELETE FROM izinbot_sent WHERE at < ?`, `DELETE FROM izinbot_push WHERE at < ?`} {
		if _, err := s.db.ExecContext(ctx, statement, before.UnixMilli()); err != nil {
			return fmt.Errorf("forget old messages: %w", err)
		}
	}
	return nil
}
