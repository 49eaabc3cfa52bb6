package sqlitestore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
)

// Snapshot writes what a SQLite database holds at one instant to a new file, readable
// by its owner only. It works for any such database, also while another process has
// it open and writes: it only reads, and does not ask for the lock of [Open]. The
// database's log grows until the snapshot is done, since nothing may be dropped that
// it still has to read.
func Snapshot(ctx context.Context, path, to string) (err error) {
	db, err := openToRead(path)
	if err != nil {
		return fmt.Errorf("snapshot of %s: %w", path, err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if _, err := os.Lstat(to); err == nil {
		return fmt.Errorf("snapshot of %s: %s: %w", path, to, os.ErrExist)
	}
	if err := makeFile(to); err != nil { // SQLite takes an empty file for none
		return fmt.Errorf("snapshot of %s: %w", path, err)
	}
	if _, err := db.ExecContext(ctx, "VACUUM INTO ?", to); err != nil {
		return errors.Join(fmt.Errorf("snapshot of %s: %w", path, err), os.Remove(to))
	}
	return sound(ctx, to)
}

// sound sees to it that a database can be read from its first page to its last.
func sound(ctx context.Context, path string) (err error) {
	db, err := openToRead(path)
	if err != nil {
		return fmt.Errorf("check %s: %w", path, err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	var verdict string
	if err := db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&verdict); err != nil {
		return fmt.Errorf("check %s: %w", path, err)
	}
	if verdict != "ok" {
		return fmt.Errorf("check %s: the database is damaged: %s", path, verdict)
	}
	return nil
}

// openToRead opens a database that must be there, without any change to it.
func openToRead(path string) (*sql.DB, error) {
	path, err := filepath.Abs(path)
	if err == nil {
		_, err = os.Stat(path)
	}
	if err != nil {
		return nil, err
	}
	query := url.Values{"mode": {"ro"}, "_busy_timeout": {"5000"}}
	dsn := url.URL{Scheme: "file", Path: filepath.ToSlash(path), RawQuery: query.Encode()}
	db, err := sql.Open("sqlite", dsn.String())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	return db, nil
}
