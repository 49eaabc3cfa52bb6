//go:build !nowhatsapp

package session

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync"

	"go.mau.fi/whatsmeow/store"
	"go.mau.fi/whatsmeow/store/sqlstore"
	_ "modernc.org/sqlite" // the driver "sqlite"

	"izinbot/bot/whatsapp/internal/liblog"
	"izinbot/bot/whatsapp/internal/ratchet"
)

// File is an open session file: the library's tables, and the channel's own.
type File struct {
	db        *sql.DB
	container *sqlstore.Container
	close     func() error
}

// deviceName names the linked device in the phone's list.
const deviceName = "izinbot"

var named sync.Once //nolint:gochecknoglobals // guards a global variable of the library

// schema creates the channel's own tables beside the library's. Times are Unix
// milliseconds.
const schema = `
CREATE TABLE IF NOT EXISTS izinbot_chat (
	address TEXT PRIMARY KEY,          -- in the product
	jid     TEXT NOT NULL,             -- where the chat's last message came from
	inbound INTEGER NOT NULL           -- when that was
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS izinbot_expiry (
	address TEXT PRIMARY KEY,
	seconds INTEGER NOT NULL           -- after which messages of the chat disappear
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS izinbot_alias (
	jid     TEXT PRIMARY KEY,
	address TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS izinbot_sent (
	id      TEXT PRIMARY KEY,          -- on the network
	state   INTEGER NOT NULL,          -- see progress
	choices TEXT NOT NULL,             -- those that the message offered, JSON
	at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS izinbot_sent_at ON izinbot_sent (at);
CREATE TABLE IF NOT EXISTS izinbot_push (at INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS izinbot_state (
	position INTEGER PRIMARY KEY,
	code     TEXT NOT NULL,
	since    INTEGER NOT NULL,
	until    INTEGER NOT NULL,         -- 0: not known
	detail   TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS izinbot_fact (
	name  TEXT PRIMARY KEY,
	value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;`

// pragmas of every connection. The keys in the file move on with each message, so
// none may be lost: every commit is on the disk.
const pragmas = "_pragma=busy_timeout(10000)&_pragma=foreign_keys(1)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_txlock=immediate"

// Open opens a session file, readable by its owner only, for this process
// alone.
func Open(ctx context.Context, path string) (*File, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("find session file: %w", err)
	}
	held, err := lock(path)
	if err != nil {
		return nil, err
	}
	f, err := openDatabase(ctx, path)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open WhatsApp session %s: %w", path, err), held.Close())
	}
	f.close = sync.OnceValue(func() error { return errors.Join(f.container.Close(), held.Close()) })
	return f, nil
}

// OpenToRead opens a session file to be read, also while another process uses it.
func OpenToRead(path string) (*File, error) {
	// Not opened as read-only: that could not read what only the log beside it has.
	query := "_pragma=busy_timeout(5000)&_pragma=query_only(1)"
	db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Path: filepath.ToSlash(path), RawQuery: query}).String())
	if err != nil {
		return nil, err
	}
	return &File{db: db, close: db.Close}, nil
}

// makePrivate makes the file, if there is none, readable by its owner only. SQLite would make
// it readable by everybody; the files that it makes beside it take over its mode.
func makePrivate(path string) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600) //nolint:gosec // the operator chose the path
	if err != nil {
		return fmt.Errorf("make file: %w", err)
	}
	if err := errors.Join(file.Chmod(0o600), file.Close()); err != nil {
		return fmt.Errorf("make file private: %w", err)
	}
	return nil
}

func openDatabase(ctx context.Context, path string) (*File, error) {
	if err := makePrivate(path); err != nil {
		return nil, err
	}
	liblog.Signal()
	named.Do(func() { store.DeviceProps.Os = new(deviceName) })
	db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Path: filepath.ToSlash(path), RawQuery: pragmas}).String())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(4)
	db.SetMaxIdleConns(4)
	f := &File{db: db, container: sqlstore.NewWithDB(db, "sqlite3", nil)}
	if err := f.container.Upgrade(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("bring up to date: %w", err), db.Close())
	}
	if _, err := db.ExecContext(ctx, schema); err != nil {
		return nil, errors.Join(fmt.Errorf("make tables: %w", err), db.Close())
	}
	return f, nil
}

// Close closes the file and gives back its lock; a second time does nothing.
func (f *File) Close() error { return f.close() }

// NewDevice makes a device that is to be linked. It is kept once it is.
func (f *File) NewDevice() *store.Device { return ratchet.GuardWhenLinked(f.container.NewDevice()) }

// Linked gives the linked device, or nil.
func (f *File) Linked(ctx context.Context) (*store.Device, error) {
	devices, err := f.container.GetAllDevices(ctx)
	if err != nil {
		return nil, fmt.Errorf("read linked device: %w", err)
	}
	if len(devices) == 0 {
		return nil, nil
	}
	ratchet.Guard(devices[0])
	return devices[0], nil
}
