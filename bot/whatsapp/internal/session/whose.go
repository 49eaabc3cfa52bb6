//go:build !nowhatsapp

package session

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"go.mau.fi/whatsmeow/types"

	"izinbot/bot"
)

// whose gives the address of who writes. A LID names an account for as long as it
// exists; a number is handed out again when its account ends. So a number leads to
// the chat that was known by it, unless that is known to be another account's: who
// has the number now must not get into the chat, and the rights, of who had it.
func whose(ctx context.Context, tx *sql.Tx, chat, other types.JID) (bot.Address, error) {
	address, err := addressOf(ctx, tx, chat, other)
	lid, number := sorted(chat, other)
	if err != nil || lid.IsEmpty() || number.IsEmpty() {
		return address, err
	}
	before, err := accountOf(ctx, tx, address)
	if err != nil || before == "" || before == lid.String() {
		return address, err
	}
	own, err := aliased(ctx, tx, lid)
	if err != nil {
		return "", err
	}
	if own == "" {
		own = bot.MakeAddress(channel, lid.String())
	}
	if own == address {
		return own, nil
	}
	return own, handOn(ctx, tx, number, own, address, before)
}

// sorted tells which of a person's ids is his LID and which his number.
func sorted(ids ...types.JID) (lid, number types.JID) {
	for _, id := range ids {
		switch id.Server {
		case types.HiddenUserServer:
			lid = id
		case types.DefaultUserServer:
			number = id
		}
	}
	return lid, number
}

// addressOf prefers what the chat itself is known as: when a person was known
// twice before the network told that it is one, both stay as they are.
func addressOf(ctx context.Context, tx *sql.Tx, chat, other types.JID) (bot.Address, error) {
	for _, jid := range []types.JID{chat, other} {
		if jid.IsEmpty() {
			continue
		}
		if address, err := aliased(ctx, tx, jid); err != nil || address != "" {
			return address, err
		}
	}
	return bot.MakeAddress(channel, chat.String()), nil
}

// aliased gives the address that an id leads to, "" for none.
func aliased(ctx context.Context, tx *sql.Tx, jid types.JID) (bot.Address, error) {
	var address string
	err := tx.QueryRowContext(ctx, `SELECT address FROM izinbot_alias WHERE jid = ?`, jid.String()).Scan(&address)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("look up a chat: %w", err)
	}
	return bot.Address(address), nil
}

// accountOf gives the LID that an address is known by, "" for none.
func accountOf(ctx context.Context, tx *sql.Tx, address bot.Address) (string, error) {
	var lid string
	err := tx.QueryRowContext(ctx, `SELECT jid FROM izinbot_alias WHERE address = ? AND jid LIKE ? LIMIT 1`,
		string(address), "%@"+types.HiddenUserServer).Scan(&lid)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("look up an account: %w", err)
	}
	return lid, nil
}

// handOn makes a number lead to its new owner's address. What is still to be told
// to who had it goes to his LID.
func handOn(ctx context.Context, tx *sql.Tx, number types.JID, to, from bot.Address, account string) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO izinbot_alias (jid, address) VALUES (?, ?) ON CONFLICT (jid) DO UPDATE SET address = excluded.address`,
		number.String(), string(to))
	if err == nil {
		_, err = tx.ExecContext(ctx, `UPDATE izinbot_chat SET jid = ? WHERE address = ? AND jid = ?`, account, string(from), number.String())
	}
	if err != nil {
		return fmt.Errorf("hand a number on: %w", err)
	}
	return nil
}
