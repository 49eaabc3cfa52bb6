package sqlitestore

import (
	"context"
	"database/sql"
	"fmt"
	"sync"
)

// writer owns the one connection that writes. Whoever finds it idle leads: he
// commits his own write with all that wait by then, in his own goroutine, and
// hands the lead to the first of those that came too late. So a lone writer
// waits for the disk only, and never for another goroutine to be woken.
type writer struct {
	conn   *sql.Conn
	ctx    context.Context // of the connection; has no end, so that no write is cut off
	stmts  statements
	memory *memory
	moves  []move // of the transaction under way

	mu      sync.Mutex
	waiting []*write // not yet in a group, in the order of arrival
	led     bool     // somebody leads
	closed  bool
	idle    sync.Cond // nobody leads any more
}

// write is one caller's part of a transaction.
type write struct {
	do  func(*writer) error
	err error
	// turn tells its caller, who waits, to lead (true) or that all is done.
	turn chan bool
}

func openWriter(ctx context.Context, path string, m *memory, done *closers) (*writer, error) {
	db, err := connect(path, 1, writePragmas())
	if err != nil {
		return nil, err
	}
	done.add(db.Close)
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("connect: %w", err)
	}
	done.add(conn.Close)
	list, err := migrations(migrationFiles)
	if err != nil {
		return nil, err
	}
	if err := migrate(ctx, conn, list); err != nil {
		return nil, err
	}
	stmts, err := prepare(ctx, conn, append(controlStatements(), writeStatements()...))
	if err != nil {
		return nil, err
	}
	done.add(stmts.close)
	w := &writer{conn: conn, ctx: context.WithoutCancel(ctx), stmts: stmts, memory: m}
	w.idle.L = &w.mu
	return w, nil
}

// submit has do run within a transaction and returns once it is on the disk, or
// has failed. do may run twice, reaches the database through the writer alone and
// leaves its result elsewhere only by overwriting it. ctx counts until the write
// has its place in the queue: from there the answer takes milliseconds, and is
// always what really happened.
func (w *writer) submit(ctx context.Context, what string, do func(*writer) error) error {
	if err := ctx.Err(); err != nil {
		return translate(what, err)
	}
	p := &write{do: do, turn: make(chan bool, 1)}
	lead, err := w.enqueue(p)
	if err != nil {
		return translate(what, err)
	}
	if lead || <-p.turn {
		w.group()
	}
	return translate(what, p.err)
}

// enqueue tells whether the caller leads.
func (w *writer) enqueue(p *write) (lead bool, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return false, errClosed
	}
	w.waiting = append(w.waiting, p)
	lead = !w.led
	w.led = true
	return lead, nil
}

// next gives the write that has waited longest, if there is one and the group has
// room for it.
func (w *writer) next(group *[]*write) *write {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.waiting) == 0 || len(*group) == maxGroup {
		return nil
	}
	p := w.waiting[0]
	w.waiting = w.waiting[1:]
	*group = append(*group, p)
	return p
}

// pass hands the lead on.
func (w *writer) pass() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.waiting) > 0 {
		w.waiting[0].turn <- true
		return
	}
	w.led = false
	w.idle.Broadcast()
}

// stop lets what waits be written and refuses the rest.
func (w *writer) stop() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.closed = true
	for w.led {
		w.idle.Wait()
	}
	return nil
}

func (w *writer) exec(q query, args ...any) error {
	_, err := w.stmts[q].ExecContext(w.ctx, args...)
	return err
}

// change runs a statement and tells how many rows it changed.
func (w *writer) change(q query, args ...any) (int64, error) {
	r, err := w.stmts[q].ExecContext(w.ctx, args...)
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

// insert runs an insertion that does nothing for a row that is there already,
// and gives the new row's number or 0.
func (w *writer) insert(q query, args ...any) (int64, error) {
	r, err := w.stmts[q].ExecContext(w.ctx, args...)
	if err != nil {
		return 0, err
	}
	if n, err := r.RowsAffected(); err != nil || n == 0 {
		return 0, err
	}
	return r.LastInsertId()
}

// row reads one row within the transaction.
func (w *writer) row(q query, args ...any) *sql.Row {
	return w.stmts[q].QueryRowContext(w.ctx, args...)
}
