//go:build !nowhatsapp

package session

import (
	"context"
	"fmt"
	"time"
)

// State is one thing to know about the connection or the account, as it is kept.
type State struct {
	Code   string
	Since  time.Time
	Until  time.Time
	Detail string
}

// KeepStates replaces the states that are kept.
func (f *File) KeepStates(ctx context.Context, states []State) error {
	tx, err := f.db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("keep states: %w", err)
	}
	defer func() { _ = tx.Rollback() }()
	if _, err := tx.ExecContext(ctx, `DELETE FROM izinbot_state`); err != nil {
		return fmt.Errorf("keep states: %w", err)
	}
	for i, st := range states {
		_, err := tx.ExecContext(ctx, `INSERT INTO izinbot_state (position, code, since, until, detail) VALUES (?, ?, ?, ?, ?)`,
			i, st.Code, millis(st.Since), millis(st.Until), st.Detail)
		if err != nil {
			return fmt.Errorf("keep states: %w", err)
		}
	}
	return tx.Commit()
}

// States gives the states that are kept, in order.
func (f *File) States(ctx context.Context) ([]State, error) {
	rows, err := f.db.QueryContext(ctx, `SELECT code, since, until, detail FROM izinbot_state ORDER BY position`)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var out []State
	for rows.Next() {
		var st State
		var since, until int64
		if err := rows.Scan(&st.Code, &since, &until, &st.Detail); err != nil {
			return nil, err
		}
		st.Since, st.Until = instant(since), instant(until)
		out = append(out, st)
	}
	return out, rows.Err()
}
