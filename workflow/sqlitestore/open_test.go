package sqlitestore

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

func TestSecondOpenIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "izin.db")
	s, err := Open(t.Context(), path, Options{Readers: 1})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), path, Options{}); !errors.Is(err, ErrInUse) || !strings.Contains(err.Error(), path) {
		t.Fatalf("second open: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s, err = Open(t.Context(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestPlaceThatCannotBeLocked has a directory that is missing: that is another
// trouble than a database in use, and the operator is told so.
func TestPlaceThatCannotBeLocked(t *testing.T) {
	path := filepath.Join(t.TempDir(), "missing", "izin.db")
	_, err := Open(t.Context(), path, Options{})
	if !errors.Is(err, fs.ErrNotExist) || errors.Is(err, ErrInUse) || !strings.Contains(err.Error(), path) {
		t.Fatalf("opened: %v", err)
	}
}

func TestFilesAreTheOwnersAlone(t *testing.T) {
	s := open4test(t)
	if _, err := accept(t, s, "a"); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(filepath.Dir(pathOf(t, s)), "*"))
	if err != nil || len(files) < 3 {
		t.Fatalf("%v, %v", files, err)
	}
	for _, f := range files {
		info, err := os.Stat(f)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", f, info.Mode(), err)
		}
	}
}

func pathOf(t *testing.T, s *Store) string {
	t.Helper()
	var seq int
	var name, path string
	if err := s.reader.QueryRowContext(t.Context(), "PRAGMA database_list").Scan(&seq, &name, &path); err != nil {
		t.Fatal(err)
	}
	return path
}

func reopen(t *testing.T, s *Store, path string) *Store {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s, err := Open(t.Context(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// raw opens the file as any other program could.
func raw(t *testing.T, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func TestConnectionsAreSetUp(t *testing.T) {
	s := open4test(t)
	for pragma, want := range map[string]string{"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "5000"} {
		var got string
		if err := s.writer.conn.QueryRowContext(t.Context(), "PRAGMA "+pragma).Scan(&got); err != nil || got != want {
			t.Errorf("%s is %q, want %q (%v)", pragma, got, want, err)
		}
	}
	if _, err := s.reader.ExecContext(t.Context(), "DELETE FROM inbox"); err == nil {
		t.Error("a reader writes")
	}
}

func TestNewerDatabaseIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "izin.db")
	s, err := Open(t.Context(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := raw(t, path).ExecContext(t.Context(), "INSERT INTO schema_migrations (number, name) VALUES (99, 'later')"); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), path, Options{}); !errors.Is(err, ErrNewer) || !strings.Contains(err.Error(), "99") {
		t.Fatalf("open: %v", err)
	}
	// The failed attempt gave the lock back: the reason stays the same.
	if _, err := Open(t.Context(), path, Options{}); !errors.Is(err, ErrNewer) {
		t.Fatalf("open again: %v", err)
	}
}

func TestNotADatabase(t *testing.T) {
	path := filepath.Join(t.TempDir(), "izin.db")
	if err := os.WriteFile(path, []byte(strings.Repeat("not a database ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), path, Options{}); err == nil {
		t.Fatal("opened")
	}
	if _, err := Open(t.Context(), filepath.Join(t.TempDir(), "no", "such", "dir"), Options{}); err == nil {
		t.Fatal("opened")
	}
}

func TestMigrationsAreNumberedWithoutGap(t *testing.T) {
	file := &fstest.MapFile{Data: []byte("SELECT 1")}
	for name, files := range map[string]fstest.MapFS{
		"gap":    {"migrations/0001_a.sql": file, "migrations/0003_b.sql": file},
		"double": {"migrations/0001_a.sql": file, "migrations/0001_b.sql": file},
		"word":   {"migrations/first.sql": file},
		"short":  {"migrations/1.sql": file},
	} {
		if list, err := migrations(files); err == nil {
			t.Errorf("%s: %v", name, list)
		}
	}
	if list, err := migrations(migrationFiles); err != nil || len(list) == 0 {
		t.Errorf("embedded: %v, %v", list, err)
	}
}

// TestMigrationIsWholeOrNot has a step fail in its middle.
func TestMigrationIsWholeOrNot(t *testing.T) {
	conn, err := raw(t, filepath.Join(t.TempDir(), "x.db")).Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	list := []migration{{number: 1, name: "0001_a.sql", sql: "CREATE TABLE a (x)"}, {number: 2, name: "0002_b.sql", sql: "CREATE TABLE b (x); CREATE TABLE a (x)"}}
	if err := migrate(t.Context(), conn, list); err == nil || !strings.Contains(err.Error(), "0002_b.sql") {
		t.Fatalf("migrate: %v", err)
	}
	list[1].sql = "CREATE TABLE b (x)"
	for range 2 {
		if err := migrate(t.Context(), conn, list); err != nil {
			t.Fatal(err)
		}
	}
}

// TestMigrationThatIsStopped has a stop come in the middle of a step: that step leaves
// nothing behind, and the next start does it.
func TestMigrationThatIsStopped(t *testing.T) {
	path := filepath.Join(t.TempDir(), "izinbot.db")
	conn, err := raw(t, path).Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	const endless = `CREATE TABLE b (x);
		INSERT INTO b SELECT max(x) FROM (WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n)`
	first := migration{number: 1, name: "0001_a.sql", sql: "CREATE TABLE a (x)"}
	ctx, stop := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer stop()
	if err := migrate(ctx, conn, []migration{first, {number: 2, name: "0002_b.sql", sql: endless}}); err == nil || !strings.Contains(err.Error(), "0002_b.sql") {
		t.Fatalf("migrate: %v", err)
	}
	if err := migrate(t.Context(), conn, []migration{first, {number: 2, name: "0002_b.sql", sql: "CREATE TABLE b (x)"}}); err != nil {
		t.Errorf("at the next start: %v", err)
	}
}
