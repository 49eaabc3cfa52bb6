package sqlitestore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"izinbot/workflow"
	"izinbot/workflow/store"
)

const (
	sqlLeases    query = `SELECT name, owner, term, beat FROM leases WHERE name >= ? AND name < ? ORDER BY name`
	sqlNewLease  query = `INSERT INTO leases (name, owner, term, beat) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`
	sqlTakeLease query = `UPDATE leases SET owner = ?2, term = ?3, beat = ?4
		WHERE name = ?1 AND owner = ?5 AND term = ?6 AND beat = ?7`
	sqlFence query = `SELECT term FROM leases WHERE name = ?`
)

func leaseReads() []query  { return []query{sqlLeases} }
func leaseWrites() []query { return []query{sqlNewLease, sqlTakeLease, sqlFence} }

// Leases implements [store.Leases].
func (s *Store) Leases(ctx context.Context, prefix string) ([]store.Lease, error) {
	return many(ctx, s, "leases", sqlLeases, []any{prefix, prefix + afterAll}, func(row scanner) (store.Lease, error) {
		var l store.Lease
		return l, row.Scan(&l.Name, &l.Owner, &l.Term, &l.Beat)
	})
}

// TakeLease implements [store.Leases].
func (s *Store) TakeLease(ctx context.Context, seen store.Lease, owner string) (store.Lease, error) {
	next := seen
	next.Owner, next.Beat = owner, seen.Beat+1
	if owner != "" && owner != seen.Owner {
		next.Term++
	}
	err := s.writer.submit(ctx, "lease", func(w *writer) error {
		q, args := sqlTakeLease, []any{next.Name, next.Owner, next.Term, next.Beat, seen.Owner, seen.Term, seen.Beat}
		if seen.Beat == 0 {
			q, args = sqlNewLease, args[:4]
		}
		changed, err := w.change(q, args...)
		if err == nil && changed == 0 {
			return workflow.Refuse(workflow.CodeConflict, "lease")
		}
		return err
	})
	if err != nil {
		return store.Lease{}, err
	}
	return next, nil
}

// fence refuses a unit of work whose term is over.
func (w *writer) fence(f store.Fence) error {
	if f.Lease == "" {
		return nil
	}
	var term int64
	err := w.row(sqlFence, f.Lease).Scan(&term)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return translate("lease", err)
	}
	if term != f.Term {
		return workflow.Refuse(workflow.CodeFenced, f.Lease)
	}
	return nil
}

// freeDeliveries ends the leases that an earlier run left behind. Only one process
// has the file at a time, so nobody can be sending under them any more, and what a
// crash interrupted need not wait for their end.
func freeDeliveries(ctx context.Context, conn *sql.Conn) error {
	if _, err := conn.ExecContext(ctx, `UPDATE outbox SET owner = '', lease = 0 WHERE settled IS NULL AND lease <> 0`); err != nil {
		return fmt.Errorf("free deliveries: %w", err)
	}
	return nil
}
