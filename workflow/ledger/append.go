package ledger

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"sync"
	"time"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/store"
	"izinbot/workflow/translog"
)

// Store is the part of the store that a ledger uses.
type Store interface {
	Claims
	Case(ctx context.Context, id workflow.CaseID) (workflow.Case, error)
	CaseIDs(ctx context.Context, after workflow.CaseID, limit int) ([]workflow.CaseID, error)
	History(ctx context.Context, id workflow.CaseID) ([]workflow.Entry, error)
	Commit(ctx context.Context, now time.Time, t store.UnitOfWork) ([]bot.Delivery, error)
}

// Ledger appends to the log. It stands before the store for whoever commits units of work, and
// notes which cases they change; nothing is logged then. It is safe for use by several
// goroutines.
type Ledger struct {
	Store Store
	Key   translog.Key
	// Random gives the salts.
	Random io.Reader
	// Term gives the term to write under; false: another process is the active one.
	Term func() (term int64, active bool)

	mu      sync.Mutex
	changed map[workflow.CaseID]bool

	appending sync.Mutex
	open      bool  // what follows is as the store has it
	term      int64 // under which it was read
	tree      translog.Tree
	logged    map[workflow.CaseID]int
	last      []byte // its last checkpoint, signed
}

// Last gives the last signed checkpoint; nil: there is none, or it is not known yet.
func (l *Ledger) Last() []byte {
	l.appending.Lock()
	defer l.appending.Unlock()
	return l.last
}

// Commit is the store's.
func (l *Ledger) Commit(ctx context.Context, now time.Time, t store.UnitOfWork) ([]bot.Delivery, error) {
	born, err := l.Store.Commit(ctx, now, t)
	for _, c := range t.Cases { // after an error too: it may have been written
		l.note(c.Case.ID)
	}
	return born, err
}

func (l *Ledger) note(ids ...workflow.CaseID) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.changed == nil {
		l.changed = map[workflow.CaseID]bool{}
	}
	for _, id := range ids {
		l.changed[id] = true
	}
}

// take gives the cases that were changed, in order, and forgets them.
func (l *Ledger) take() []workflow.CaseID {
	l.mu.Lock()
	defer l.mu.Unlock()
	ids := slices.Sorted(maps.Keys(l.changed))
	l.changed = nil
	return ids
}

const (
	casesAtOnce = 500 // listed
	runsAtOnce  = 64  // written
)

// Append logs the entries that were written since the last time; the first time, and when this
// process has become the active one, those of all cases that lack one in the log.
func (l *Ledger) Append(ctx context.Context, now time.Time) error {
	l.appending.Lock()
	defer l.appending.Unlock()
	term, active := l.Term()
	if !active {
		return nil
	}
	if err := l.refresh(ctx, term); err != nil {
		return err
	}
	ids := l.take()
	if err := l.all(ctx, now, ids); err != nil {
		l.note(ids...)
		l.open = false // what was written is not known
		return fmt.Errorf("append to the log: %w", err)
	}
	return nil
}

// refresh reads the log and looks for cases that lack entries in it, unless it is known.
func (l *Ledger) refresh(ctx context.Context, term int64) error {
	if l.open && l.term == term {
		return nil
	}
	log, err := Read(ctx, l.Store)
	if err != nil {
		return err
	}
	if len(log.Faults) > 0 {
		return errors.New("the log is damaged, nothing is appended; izinbot audit verify tells where")
	}
	l.tree, l.logged = log.Tree()
	l.last = nil
	if n := len(log.Checkpoints); n > 0 {
		l.last = log.Checkpoints[n-1]
	}
	for after := workflow.CaseID(""); ; {
		ids, err := l.Store.CaseIDs(ctx, after, casesAtOnce)
		if err != nil {
			return fmt.Errorf("list cases: %w", err)
		}
		for _, id := range ids {
			after = id
			c, err := l.Store.Case(ctx, id)
			if err != nil && workflow.CodeOf(err) != workflow.CodeDamaged {
				return err
			}
			if err == nil && c.Version > l.logged[id] {
				l.note(id)
			}
		}
		if len(ids) < casesAtOnce {
			break
		}
	}
	l.open, l.term = true, term
	return nil
}

// all logs what is new of cases, in their order.
func (l *Ledger) all(ctx context.Context, now time.Time, ids []workflow.CaseID) error {
	for i := 0; i < len(ids); {
		b := batch{tree: l.tree.Clone(), logged: map[workflow.CaseID]int{}}
		for ; i < len(ids) && len(b.claims) < runsAtOnce; i++ {
			if err := l.add(ctx, &b, ids[i]); err != nil {
				return err
			}
		}
		if err := l.write(ctx, now, b); err != nil {
			return err
		}
	}
	return nil
}

// batch is what is logged at once, and the log after it.
type batch struct {
	tree   translog.Tree
	logged map[workflow.CaseID]int
	claims []string
}

func (l *Ledger) add(ctx context.Context, b *batch, id workflow.CaseID) error {
	entries, err := l.Store.History(ctx, id)
	if workflow.CodeOf(err) == workflow.CodeDamaged {
		return nil // told by audit verify; it is logged once it can be read
	}
	if err != nil {
		return err
	}
	if len(entries) <= l.logged[id] {
		return nil
	}
	for some := range slices.Chunk(entries[l.logged[id]:], mostInRun) {
		r := Run{Index: b.tree.Size(), Case: id, Seq: some[0].Seq, Salt: make([]byte, 16)}
		if _, err := io.ReadFull(l.Random, r.Salt); err != nil {
			return fmt.Errorf("make a salt: %w", err)
		}
		for _, e := range some {
			sealed := EntryOf(r.Salt, e)
			r.Entries = append(r.Entries, sealed)
			b.tree.Append(sealed)
		}
		b.claims = append(b.claims, r.claim())
	}
	b.logged[id] = len(entries)
	return nil
}

func (l *Ledger) write(ctx context.Context, now time.Time, b batch) error {
	if len(b.claims) == 0 {
		return nil
	}
	_, signed, err := l.Key.Checkpoint(&b.tree)
	if err != nil {
		return err
	}
	unit := store.UnitOfWork{Claims: append(b.claims, checkpointClaim(b.tree.Size(), signed)), Term: l.term}
	if _, err := l.Store.Commit(ctx, now, unit); err != nil {
		return err
	}
	l.tree, l.last = b.tree, signed
	maps.Copy(l.logged, b.logged)
	return nil
}
