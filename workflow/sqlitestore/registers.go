package sqlitestore

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/internal/kept"
	"izinbot/workflow/store"
)

const (
	sqlNumbers   query = `SELECT seq, key, status, taken FROM numbers WHERE register = ? AND year = ? ORDER BY seq`
	sqlNumberOf  query = `SELECT seq FROM numbers WHERE register = ? AND year = ? AND key = ?`
	sqlLast      query = `SELECT coalesce(max(seq), 0) FROM numbers WHERE register = ? AND year = ?`
	sqlTake      query = `INSERT INTO numbers (register, year, seq, key, status, taken) VALUES (?, ?, ?, ?, ?, ?)`
	sqlSOP       query = `SELECT source FROM sops WHERE name = ? AND version = ?`
	sqlInsertSOP query = `INSERT INTO sops (name, version, source) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`
)

func registerReads() []query  { return []query{sqlNumbers, sqlSOP} }
func registerWrites() []query { return []query{sqlNumberOf, sqlLast, sqlTake, sqlInsertSOP} }

// Reserve implements [store.Registers].
func (s *Store) Reserve(ctx context.Context, register string, year int, key string, now time.Time) (int, error) {
	var seq int
	err := s.writer.submit(ctx, "number", func(w *writer) error {
		err := w.row(sqlNumberOf, register, year, key).Scan(&seq)
		if !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		if err := w.row(sqlLast, register, year).Scan(&seq); err != nil {
			return err
		}
		seq++
		return w.exec(sqlTake, register, year, seq, key, workflow.NumberReserved, kept.Nanos(now))
	})
	if err != nil {
		return 0, err
	}
	return seq, nil
}

// Numbers implements [store.Registers].
func (s *Store) Numbers(ctx context.Context, register string, year int) ([]store.NumberRow, error) {
	return many(ctx, s, "numbers", sqlNumbers, []any{register, year}, func(row scanner) (store.NumberRow, error) {
		n := store.NumberRow{Register: register, Year: year}
		var taken int64
		err := row.Scan(&n.Seq, &n.Key, &n.Status, &taken)
		n.Taken = kept.Instant(taken)
		return n, err
	})
}

// SaveSOP implements [store.SOPs].
func (s *Store) SaveSOP(ctx context.Context, ref workflow.SOPRef, source []byte) error {
	return s.writer.submit(ctx, "sop", func(w *writer) error {
		return w.exec(sqlInsertSOP, ref.Name, ref.Version, source)
	})
}

// SOPSource implements [store.SOPs].
func (s *Store) SOPSource(ctx context.Context, ref workflow.SOPRef) ([]byte, error) {
	var source []byte
	err := s.one(ctx, "sop", sqlSOP, []any{ref.Name, ref.Version}, &source)
	return source, err
}
