package sqlitestore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"

	"izinbot/workflow/store"
)

var _ store.Store = (*Store)(nil)

// Options can be changed by an operator; the zero value is right.
type Options struct {
	// Readers is the number of connections that read at once; 0 for two a processor.
	Readers int
}

// Store is an open database.
type Store struct {
	reader *sql.DB
	reads  statements
	memory *memory
	writer *writer
	close  func() error
}

// Open opens the database file, makes it if there is none (readable by its owner
// only) and brings it up to date. It fails with [ErrInUse] while another process
// has it open, and with [ErrNewer] if a newer program has changed it.
func Open(ctx context.Context, path string, opts Options) (*Store, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("find database: %w", err)
	}
	held, err := lock(path)
	if err != nil {
		return nil, err
	}
	closers := closers{held.Close}
	s, err := open(ctx, path, opts, &closers)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open database %s: %w", path, err), closers.close())
	}
	return s, nil
}

func open(ctx context.Context, path string, opts Options, done *closers) (*Store, error) {
	if err := makeFile(path); err != nil {
		return nil, err
	}
	remembered := newMemory()
	w, err := openWriter(ctx, path, remembered, done)
	if err != nil {
		return nil, err
	}
	readers := opts.Readers
	if readers <= 0 {
		readers = 2 * runtime.NumCPU()
	}
	db, err := connect(path, readers, readPragmas())
	if err != nil {
		return nil, err
	}
	done.add(db.Close)
	reads, err := prepare(ctx, db, readStatements())
	if err != nil {
		return nil, err
	}
	done.add(reads.close)
	done.add(w.stop)
	done.add(remembered.end) // so that later reads fail
	return &Store{reader: db, reads: reads, memory: remembered, writer: w, close: sync.OnceValue(done.close)}, nil
}

// Exclusive tells that no other process can have the database open.
func (*Store) Exclusive() bool { return true }

// Close lets waiting writes finish and releases the file. Later calls of any
// method fail with CodeUnavailable.
func (s *Store) Close() error { return s.close() }

// makeFile makes an empty database file before SQLite does, which would make it
// readable by everybody. The files beside it take over its mode.
func makeFile(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600) //nolint:gosec // the operator chose the path
	if err != nil {
		return fmt.Errorf("make file: %w", err)
	}
	return f.Close()
}

// writePragmas set the connection that writes. Checkpoints are rare, so that a
// page that changes often is written back once for many changes; the log grows to
// 64 MiB for it.
func writePragmas() []string {
	return []string{
		"page_size(4096)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)",
		"recursive_triggers(1)", "temp_store(MEMORY)", "cache_size(-65536)",
		"wal_autocheckpoint(16000)", "journal_size_limit(134217728)",
	}
}

func readPragmas() []string {
	return []string{"query_only(1)", "temp_store(MEMORY)", "cache_size(-16384)"}
}

// connect opens a pool of n connections that live as long as the pool.
func connect(path string, n int, pragmas []string) (*sql.DB, error) {
	query := url.Values{"_txlock": {"immediate"}, "_busy_timeout": {"5000"}, "_pragma": pragmas}
	dsn := url.URL{Scheme: "file", Path: filepath.ToSlash(path), RawQuery: query.Encode()}
	db, err := sql.Open("sqlite", dsn.String())
	if err != nil {
		return nil, fmt.Errorf("connect: %w", err)
	}
	db.SetMaxOpenConns(n)
	db.SetMaxIdleConns(n)
	return db, nil
}

// closers are released in the reverse order.
type closers []func() error

func (c *closers) add(f func() error) { *c = append(*c, f) }

func (c *closers) close() error {
	var errs []error
	for _, f := range slices.Backward(*c) {
		errs = append(errs, f())
	}
	return errors.Join(errs...)
}
