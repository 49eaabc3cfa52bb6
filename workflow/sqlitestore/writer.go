package sqlitestore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"

	"izinbot/workflow"
)

// maxGroup bounds how many writes share a transaction, and so how long the first
// of them waits for the others.
const maxGroup = 256

// writer owns the one connection that writes. Whoever finds it idle leads: he
// commits his own write with all that wait by then, in his own goroutine, and
// hands the lead to the first of those that came too late. So a lone writer
// waits for the disk only, and never for another goroutine to be woken.
type writer struct {
	conn  *sql.Conn
	ctx   context.Context // of the connection; has no end, so that no write is cut off
	stmts statements

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

const (
	sqlBegin    query = `BEGIN IMMEDIATE`
	sqlCommit   query = `COMMIT`
	sqlRollback query = `ROLLBACK`
	sqlSave     query = `SAVEPOINT part`
	sqlRelease  query = `RELEASE part`
	sqlUndo     query = `ROLLBACK TO part`
)

func controlStatements() []query {
	return []query{sqlBegin, sqlCommit, sqlRollback, sqlSave, sqlRelease, sqlUndo}
}

func openWriter(ctx context.Context, path string, done *closers) (*writer, error) {
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
	w := &writer{conn: conn, ctx: context.WithoutCancel(ctx), stmts: stmts}
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

// group commits the leader's write, which is the first that waits, together with
// all others that wait by then. Hardly any write is refused, so they first run
// without savepoints, which would copy every page that they touch; only if one
// is refused do they all run again, each in its own.
func (w *writer) group() {
	var group []*write
	first := w.next(&group)
	err := w.transaction(func() error {
		for p := first; p != nil; p = w.next(&group) {
			if p.err = w.run(p); p.err != nil {
				return p.err
			}
		}
		return nil
	})
	if err != nil {
		err = w.transaction(func() error { return w.apart(group) })
	}
	w.pass()
	for i, p := range group {
		if err != nil {
			p.err = err
		}
		if i > 0 {
			p.turn <- false
		}
	}
}

// transaction runs f in a transaction and commits, or rolls back if it fails.
func (w *writer) transaction(f func() error) error {
	err := w.exec(sqlBegin)
	if err == nil {
		err = f()
	}
	if err == nil {
		err = w.exec(sqlCommit)
	}
	if err != nil {
		// Whether there still is a transaction depends on the error; if not,
		// this fails and there is nothing to roll back.
		_ = w.exec(sqlRollback)
	}
	return err
}

// apart runs each write in a savepoint. It fails only if the whole transaction is
// lost.
func (w *writer) apart(group []*write) error {
	for _, p := range group {
		if err := w.exec(sqlSave); err != nil {
			return err
		}
		if p.err = w.run(p); p.err != nil {
			if err := w.exec(sqlUndo); err != nil {
				return errors.Join(p.err, err)
			}
		}
		if err := w.exec(sqlRelease); err != nil {
			return err
		}
	}
	return nil
}

// run keeps a panic of one write from ending the process with everybody else's.
func (w *writer) run(p *write) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%w: panic: %v", workflow.Refuse(workflow.CodeUnavailable, "write"), r)
		}
	}()
	return p.do(w)
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
