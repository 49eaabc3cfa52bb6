package sqlitestore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"izinbot/workflow/internal/kept"
)

// query is the text of a statement. Every one is listed below and prepared at
// start, so that a wrong one is known then and a test can look at its plan.
type query string

func readStatements() []query {
	return slices.Concat(caseReads(), taskReads(), peopleReads(), boxReads(), registerReads(), reminderReads(), leaseReads(), []query{sqlMark})
}

func writeStatements() []query {
	return slices.Concat(caseWrites(), peopleWrites(), boxWrites(), registerWrites(), reminderWrites(), leaseWrites())
}

// statements are prepared queries.
type statements map[query]*sql.Stmt

// preparer is a pool or a single connection.
type preparer interface {
	PrepareContext(ctx context.Context, query string) (*sql.Stmt, error)
}

func prepare(ctx context.Context, on preparer, list []query) (statements, error) {
	s := make(statements, len(list))
	for _, q := range list {
		stmt, err := on.PrepareContext(ctx, string(q))
		if err != nil {
			return nil, errors.Join(fmt.Errorf("prepare %q: %w", q, err), s.close())
		}
		s[q] = stmt
	}
	return s, nil
}

func (s statements) close() error {
	var errs []error
	for _, stmt := range s {
		errs = append(errs, stmt.Close())
	}
	return errors.Join(errs...)
}

// scanner is a row that can be read.
type scanner interface{ Scan(dest ...any) error }

// one reads one row. A read takes well under a millisecond, so the context is
// only looked at before it: to watch it meanwhile would cost more than the read.
func (s *Store) one(ctx context.Context, what string, q query, args []any, dest ...any) error {
	if err := ctx.Err(); err != nil {
		return translate(what, err)
	}
	row := s.reads[q].QueryRowContext(context.WithoutCancel(ctx), args...)
	return translate(what, row.Scan(dest...))
}

// many reads all rows of a query.
func many[T any](ctx context.Context, s *Store, what string, q query, args []any, scan func(scanner) (T, error)) ([]T, error) {
	if err := ctx.Err(); err != nil {
		return nil, translate(what, err)
	}
	rows, err := s.reads[q].QueryContext(context.WithoutCancel(ctx), args...)
	if err != nil {
		return nil, translate(what, err)
	}
	list, err := collect(rows, scan)
	return list, translate(what, err)
}

func collect[T any](rows *sql.Rows, scan func(scanner) (T, error)) ([]T, error) {
	defer rows.Close()
	var list []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, rows.Err()
}

// document reads one JSON document.
func document[T any](ctx context.Context, s *Store, what string, q query, args ...any) (T, error) {
	var v T
	var doc []byte
	if err := s.one(ctx, what, q, args, &doc); err != nil {
		return v, err
	}
	return v, kept.Decode(what, doc, &v)
}

// scanDocument reads a JSON document from a row.
func scanDocument[T any](row scanner) (T, error) {
	var v T
	var doc []byte
	if err := row.Scan(&doc); err != nil {
		return v, err
	}
	return v, kept.Decode("document", doc, &v)
}

// orNull gives nil for the zero value of a column that may be null.
func orNull[T comparable](v T) any {
	var zero T
	if v == zero {
		return nil
	}
	return v
}
