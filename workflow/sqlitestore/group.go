package sqlitestore

import (
	"errors"
	"fmt"

	"izinbot/workflow"
)

// maxGroup bounds how many writes share a transaction, and so how long the first
// of them waits for the others.
const maxGroup = 256

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
	for i, p := range group {
		if err != nil {
			p.err = err
		}
		if i > 0 {
			p.turn <- false
		}
	}
	w.pass()
}

// transaction runs f in a transaction and commits, or rolls back if it fails.
func (w *writer) transaction(f func() error) error {
	w.moves = w.moves[:0]
	err := w.exec(sqlBegin)
	if err == nil {
		err = f()
	}
	if err != nil {
		w.rollback()
		return err
	}
	return w.commit()
}

// commit takes the steps that keep the memory true, see [cache].
func (w *writer) commit() error {
	for _, m := range w.moves {
		m.bar()
	}
	err := w.exec(sqlCommit)
	if err != nil {
		w.rollback()
	}
	for _, m := range w.moves {
		m.lift(err == nil)
	}
	return err
}

// rollback ends the transaction, if there still is one, which depends on what has
// failed; if not, it fails and there is nothing to roll back.
func (w *writer) rollback() { _ = w.exec(sqlRollback) }

// moved notes what the transaction changes of what is remembered.
func (w *writer) moved(m ...move) { w.moves = append(w.moves, m...) }

// apart runs each write in a savepoint. It fails only if the whole transaction is
// lost.
func (w *writer) apart(group []*write) error {
	for _, p := range group {
		if err := w.exec(sqlSave); err != nil {
			return err
		}
		before := len(w.moves)
		if p.err = w.run(p); p.err != nil {
			w.moves = w.moves[:before]
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
