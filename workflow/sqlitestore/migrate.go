package sqlitestore

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"strconv"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// migration is one numbered step of the schema; a step that was released is
// never changed.
type migration struct {
	number int
	name   string
	sql    string
	// then does what SQL cannot, in the same transaction; nil for most.
	then func(ctx context.Context, tx *sql.Tx) error
}

// afterwards are the parts of steps that SQL cannot do, by number.
func afterwards() map[int]func(ctx context.Context, tx *sql.Tx) error {
	return map[int]func(ctx context.Context, tx *sql.Tx) error{6: printNumbers}
}

// migrations gives the steps in order. A file is named NNNN_what.sql, from 0001
// on without a gap.
func migrations(files fs.FS) ([]migration, error) {
	names, err := fs.Glob(files, "migrations/*.sql")
	if err != nil {
		return nil, fmt.Errorf("list migrations: %w", err)
	}
	list := make([]migration, len(names))
	for i, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("read migration: %w", err)
		}
		base := name[len("migrations/"):]
		number, err := strconv.Atoi(base[:min(4, len(base))])
		if err != nil || number != i+1 {
			return nil, fmt.Errorf("migration %s: number %d expected", base, i+1)
		}
		list[i] = migration{number: number, name: base, sql: string(text), then: afterwards()[number]}
	}
	return list, nil
}

// migrate brings the schema up to date, each step in a transaction of its own.
func migrate(ctx context.Context, conn *sql.Conn, list []migration) error {
	const table = `CREATE TABLE IF NOT EXISTS schema_migrations (
		number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP)`
	if _, err := conn.ExecContext(ctx, table); err != nil {
		return fmt.Errorf("make table of migrations: %w", err)
	}
	var have int
	const last = `SELECT coalesce(max(number), 0) FROM schema_migrations`
	if err := conn.QueryRowContext(ctx, last).Scan(&have); err != nil {
		return fmt.Errorf("read schema version: %w", err)
	}
	if have > len(list) {
		return fmt.Errorf("%w: its schema is %d, this program knows %d", ErrNewer, have, len(list))
	}
	for _, m := range list[have:] {
		if err := apply(ctx, conn, m); err != nil {
			return fmt.Errorf("migration %s: %w", m.name, err)
		}
	}
	return nil
}

func apply(ctx context.Context, conn *sql.Conn, m migration) error {
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // it was committed, or its error is already known
	if _, err := tx.ExecContext(ctx, m.sql); err != nil {
		return err
	}
	if m.then != nil {
		if err := m.then(ctx, tx); err != nil {
			return err
		}
	}
	const done = `INSERT INTO schema_migrations (number, name) VALUES (?, ?)`
	if _, err := tx.ExecContext(ctx, done, m.number, m.name); err != nil {
		return err
	}
	return tx.Commit()
}
