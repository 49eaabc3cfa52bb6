//go:build !nowhatsapp

package session

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"go.mau.fi/whatsmeow/types"

	"izinbot/bot"
)

// channel is the prefix of the addresses.
const channel = "whatsapp"

// Settle says under which address a chat is known, makes one if it is new, and
// notes that a message has just come from it. other is what else the network knows
// the person by, if anything.
func (f *File) Settle(ctx context.Context, chat, other types.JID, at time.Time) (bot.Address, error) {
	tx, err := f.db.BeginTx(ctx, nil)
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

// Whereabouts gives where to write to an address, and when a message last came from
// there; a zero time if never.
func (f *File) Whereabouts(ctx context.Context, address bot.Address) (types.JID, time.Time, error) {
	var text string
	var at int64
	err := f.db.QueryRowContext(ctx, `SELECT jid, inbound FROM izinbot_chat WHERE address = ?`, string(address)).Scan(&text, &at)
	if errors.Is(err, sql.ErrNoRows) {
		return types.EmptyJID, time.Time{}, nil
	}
	if err != nil {
		return types.EmptyJID, time.Time{}, fmt.Errorf("look up an address: %w", err)
	}
	jid, err := types.ParseJID(text)
	return jid, time.UnixMilli(at), err
}

// KeepExpiry notes after how many seconds the messages of a chat disappear.
func (f *File) KeepExpiry(ctx context.Context, address bot.Address, seconds uint32) error {
	before, err := f.Expiry(ctx, address)
	if err != nil || before == seconds {
		return err
	}
	_, err = f.db.ExecContext(ctx, `INSERT INTO izinbot_expiry (address, seconds) VALUES (?, ?)
		ON CONFLICT (address) DO UPDATE SET seconds = excluded.seconds`, string(address), seconds)
	if err != nil {
		return fmt.Errorf("note an expiry: %w", err)
	}
	return nil
}

// Expiry gives after how many seconds the messages of a chat disappear; 0: they stay.
func (f *File) Expiry(ctx context.Context, address bot.Address) (uint32, error) {
	var seconds uint32
	err := f.db.QueryRowContext(ctx, `SELECT seconds FROM izinbot_expiry WHERE address = ?`, string(address)).Scan(&seconds)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("look up an expiry: %w", err)
	}
	return seconds, nil
}
