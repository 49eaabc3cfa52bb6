package sqlitestore_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"math/rand/v2"
	"path/filepath"
	"testing"
)

// raw is the engine by itself: one table, one prepared statement, one
// connection for writes, as durable as the store.
type raw struct {
	b      *testing.B
	blob   []byte
	insert *sql.Stmt
	point  *sql.Stmt
}

const rawRows = 10_000

func openRaw(b *testing.B, sample *office) *raw {
	b.Helper()
	r := &raw{b: b, blob: make([]byte, sample.size())}
	for i := range r.blob {
		r.blob[i] = byte(rand.IntN(256))
	}
	dsn := "file:" + filepath.Join(b.TempDir(), "raw.db") + "?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)"
	db := r.open(dsn, 1)
	r.exec(db, `CREATE TABLE raw (n INTEGER PRIMARY KEY, data BLOB)`)
	r.exec(db, `WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ?)
		INSERT INTO raw SELECT n, ? FROM n`, rawRows, r.blob)
	r.insert = r.prepare(db, `INSERT INTO raw (data) VALUES (?)`)
	r.point = r.prepare(r.open(dsn, 4), `SELECT data FROM raw WHERE n = ?`)
	return r
}

// size is the number of bytes one update gives to the database.
func (o *office) size() int {
	c := &o.chats[0]
	m := inbound(c)
	t := o.effects(c, 0, m, 1)
	total := len(t.Conversation.State)
	for _, v := range []any{m, t.Cases[0].Case, t.Cases[0].Entries[0], t.Deliveries[0].Message} {
		doc, err := json.Marshal(v)
		if err != nil {
			o.b.Fatal(err)
		}
		total += len(doc)
	}
	return total
}

// commit writes the bytes of one update in one row and one transaction.
func (r *raw) commit(int) error {
	_, err := r.insert.ExecContext(context.Background(), r.blob)
	return err
}

// read reads one row by its key.
func (r *raw) read(int) error {
	var data []byte
	return r.point.QueryRowContext(context.Background(), 1+rand.IntN(rawRows)).Scan(&data)
}

func (r *raw) open(dsn string, connections int) *sql.DB {
	r.b.Helper()
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		r.b.Fatal(err)
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	r.b.Cleanup(func() { _ = db.Close() })
	return db
}

func (r *raw) exec(db *sql.DB, query string, args ...any) {
	r.b.Helper()
	if _, err := db.ExecContext(r.b.Context(), query, args...); err != nil {
		r.b.Fatal(err)
	}
}

func (r *raw) prepare(db *sql.DB, query string) *sql.Stmt {
	r.b.Helper()
	s, err := db.PrepareContext(r.b.Context(), query)
	if err != nil {
		r.b.Fatal(err)
	}
	return s
}
