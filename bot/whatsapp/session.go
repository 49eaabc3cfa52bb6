//go:build !nowhatsapp

package whatsapp

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

	"izinbot/bot/whatsapp/internal/quiet"
)

// session is the open session file: the library's tables, and the channel's own.
type session struct {
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

// openSession opens a session file, readable by its owner only, for this process
// alone.
func openSession(ctx context.Context, path string) (*session, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("find session file: %w", err)
	}
	held, err := lock(path)
	if err != nil {
		return nil, err
	}
	s, err := openDatabase(ctx, path)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open WhatsApp session %s: %w", path, err), held.Close())
	}
	s.close = sync.OnceValue(func() error { return errors.Join(s.container.Close(), held.Close()) })
	return s, nil
}

func openDatabase(ctx context.Context, path string) (*session, error) {
	// SQLite would make the file readable by everybody. The files beside it take
	// over its mode.
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600) //nolint:gosec // the operator chose the path
	if err != nil {
		return nil, fmt.Errorf("make file: %w", err)
	}
	if err := errors.Join(f.Chmod(0o600), f.Close()); err != nil {
		return nil, fmt.Errorf("make file private: %w", err)
	}
	quiet.Signal()
	named.Do(func() { store.DeviceProps.Os = new(deviceName) })
	db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Path: filepath.ToSlash(path), RawQuery: pragmas}).String())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(4)
	db.SetMaxIdleConns(4)
	s := &session{db: db, container: sqlstore.NewWithDB(db, "sqlite3", nil)}
	if err := s.container.Upgrade(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("bring up to date: %w", err), db.Close())
	}
	if _, err := db.ExecContext(ctx, schema); err != nil {
		return nil, errors.Join(fmt.Errorf("make tables: %w", err), db.Close())
	}
	return s, nil
}

// linked gives the linked device, or nil.
func (s *session) linked(ctx context.Context) (*store.Device, error) {
	devices, err := s.container.GetAllDevices(ctx)
	if err != nil {
		return nil, fmt.Errorf("read linked device: %w", err)
	}
	if len(devices) == 0 {
		return nil, nil
	}
	guard(devices[0])
	return devices[0], nil
}
