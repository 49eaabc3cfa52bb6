package sqlitestore

import (
	"context"
	"database/sql"
	"errors"

	"izinbot/workflow"
	"izinbot/workflow/store"
)

// The table has one row.
const (
	sqlLease     query = `SELECT owner, term, beat FROM leases WHERE name = 'office'`
	sqlNewLease  query = `INSERT INTO leases (name, owner, term, beat) VALUES ('office', ?, ?, ?) ON CONFLICT DO NOTHING`
	sqlTakeLease query = `UPDATE leases SET owner = ?, term = ?, beat = ? WHERE name = 'office' AND owner = ? AND term = ? AND beat = ?`
)

func leaseReads() []query  { return []query{sqlLease} }
func leaseWrites() []query { return []query{sqlNewLease, sqlTakeLease, sqlLease} }

// Lease implements [store.Leases].
func (s *Store) Lease(ctx context.Context) (l store.Lease, err error) {
	err = s.one(ctx, "lease", sqlLease, nil, &l.Holder, &l.Term, &l.Beat)
	if workflow.CodeOf(err) == workflow.CodeNotFound {
		err = nil
	}
	return l, err
}

// TakeLease implements [store.Leases].
func (s *Store) TakeLease(ctx context.Context, seen store.Lease, holder string) (store.Lease, error) {
	next := seen.Take(holder)
	err := s.writer.submit(ctx, "lease", func(w *writer) error {
		q, args := sqlTakeLease, []any{next.Holder, next.Term, next.Beat, seen.Holder, seen.Term, seen.Beat}
		if seen.Beat == 0 {
			q, args = sqlNewLease, args[:3]
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
func (w *writer) fence(term int64) error {
	if term == 0 {
		return nil
	}
	var now store.Lease
	err := w.row(sqlLease).Scan(&now.Holder, &now.Term, &now.Beat)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return translate("lease", err)
	}
	if now.Term != term {
		return workflow.Refuse(workflow.CodeFenced, "lease")
	}
	return nil
}
