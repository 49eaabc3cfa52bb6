//go:build !nowhatsapp

package session

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"

	"go.mau.fi/whatsmeow/types"
)

// Belong notes to which number the session is linked. other reports that it was another
// one's before: then no chat counts as having written. To write first, from a number that
// people do not know, is what numbers are locked for.
func (f *File) Belong(ctx context.Context, account types.JID) (other bool, err error) {
	number, err := strconv.ParseInt(account.User, 10, 64)
	if err != nil {
		return false, fmt.Errorf("read the account's number: %w", strconv.ErrSyntax) // the number itself stays out of logs
	}
	tx, err := f.db.BeginTx(ctx, nil)
	if err != nil {
		return false, fmt.Errorf("note the account: %w", err)
	}
	defer func() { _ = tx.Rollback() }()
	var before int64
	err = tx.QueryRowContext(ctx, `SELECT coalesce(max(value), 0) FROM izinbot_fact WHERE name = ?`, factAccount).Scan(&before)
	if err != nil {
		return false, fmt.Errorf("look up the account: %w", err)
	}
	if before == number {
		return false, nil
	}
	if other = before != 0; other {
		if _, err := tx.ExecContext(ctx, `UPDATE izinbot_chat SET inbound = 0`); err != nil {
			return false, fmt.Errorf("forget who wrote: %w", err)
		}
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO izinbot_fact (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, factAccount, number)
	if err != nil {
		return false, fmt.Errorf("note the account: %w", err)
	}
	return other, tx.Commit()
}

// Number gives the number of the account that is linked, "" for none.
func (f *File) Number(ctx context.Context) (number string, err error) {
	err = f.db.QueryRowContext(ctx, `SELECT substr(jid, 1, instr(replace(jid, '@', ':'), ':') - 1) FROM whatsmeow_device`).Scan(&number)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return number, err
}
