//go:build !nowhatsapp

package whatsapp

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"time"
)

// ReadStatus reads the status at an instant from a session file without changing it.
// That there is no such file is no error: nothing was ever linked.
func ReadStatus(ctx context.Context, path string, now time.Time) (Status, error) {
	none := Status{States: []State{{Code: StateUnlinked}}}
	path, err := filepath.Abs(path)
	if err != nil {
		return none, fmt.Errorf("find session file: %w", err)
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return none, nil
	}
	running, err := inUse(path)
	if err != nil {
		return none, err
	}
	// Not opened as read-only: that could not read what only the log beside it has.
	query := "_pragma=busy_timeout(5000)&_pragma=query_only(1)"
	db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Path: filepath.ToSlash(path), RawQuery: query}).String())
	if err != nil {
		return none, err
	}
	defer func() { _ = db.Close() }()
	st := Status{Running: running}
	if err := st.read(ctx, &session{db: db}, now); err != nil {
		return none, fmt.Errorf("read WhatsApp session %s: %w", path, err)
	}
	st.settle()
	return st, nil
}

func inUse(path string) (bool, error) {
	held, err := lock(path)
	if errors.Is(err, ErrInUse) {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	return false, held.Close()
}

func (st *Status) read(ctx context.Context, s *session, now time.Time) (err error) {
	err = s.db.QueryRowContext(ctx, `SELECT substr(jid, 1, instr(replace(jid, '@', ':'), ':') - 1) FROM whatsmeow_device`).Scan(&st.Number)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if st.States, err = s.states(ctx); err != nil {
		return err
	}
	if st.LastSign, err = s.fact(ctx, factSign); err != nil {
		return err
	}
	if st.PhoneSeen, err = s.fact(ctx, factPhoneSeen); err != nil {
		return err
	}
	st.Messages, err = s.count(ctx, now.Add(-day))
	return err
}

// settle corrects what a process that is no longer there could not write any more.
func (st *Status) settle() {
	if len(st.States) == 0 {
		st.States = []State{{Code: StateUnlinked}}
	}
	if link := &st.States[0]; !st.Running && st.Number != "" && !link.final() {
		*link = State{Code: StateStopped, Since: link.Since}
	}
}

// keepStates replaces the states that are kept.
func (s *session) keepStates(ctx context.Context, states []State) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("keep states: %w", err)
	}
	defer func() { _ = tx.Rollback() }()
	if _, err := tx.ExecContext(ctx, `DELETE FROM izinbot_state`); err != nil {
		return fmt.Errorf("keep states: %w", err)
	}
	for i, st := range states {
		_, err := tx.ExecContext(ctx, `INSERT INTO izinbot_state (position, code, since, until, detail) VALUES (?, ?, ?, ?, ?)`,
			i, string(st.Code), millis(st.Since), millis(st.Until), st.Detail)
		if err != nil {
			return fmt.Errorf("keep states: %w", err)
		}
	}
	return tx.Commit()
}

func (s *session) states(ctx context.Context) ([]State, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT code, since, until, detail FROM izinbot_state ORDER BY position`)
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
