//go:build !nowhatsapp

package session

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// Facts about the account.
const (
	FactPhoneSeen = "phone_seen" // when the account's own phone last gave a sign
	FactSign      = "sign"       // when the network last gave a sign
	FactLockEnds  = "lock_ends"  // until when only those may be written to who wrote first
	factAccount   = "account"    // the number that the session was linked to last, not an instant
)

// Note keeps the instant of a fact.
func (f *File) Note(ctx context.Context, fact string, at time.Time) error {
	_, err := f.db.ExecContext(ctx, `INSERT INTO izinbot_fact (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
		fact, millis(at))
	if err != nil {
		return fmt.Errorf("note a fact: %w", err)
	}
	return nil
}

// Fact gives an instant, zero if it was never noted.
func (f *File) Fact(ctx context.Context, name string) (time.Time, error) {
	var at int64
	err := f.db.QueryRowContext(ctx, `SELECT value FROM izinbot_fact WHERE name = ?`, name).Scan(&at)
	if errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, nil
	}
	if err != nil {
		return time.Time{}, fmt.Errorf("look up a fact: %w", err)
	}
	return instant(at), nil
}

// millis returns an instant as it is stored; 0 for none.
func millis(at time.Time) int64 {
	if at.IsZero() {
		return 0
	}
	return at.UnixMilli()
}

func instant(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms)
}
