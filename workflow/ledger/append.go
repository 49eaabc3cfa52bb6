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
	LastClaimed(ctx context.Context, prefix string) (string, error)
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
	logged    map[workflow.CaseID]int // how many entries, of those cases that were looked up
	last      []byte                  // its last checkpoint, signed
	walked    workflow.CaseID         // the cases up to here were looked through
	whole     bool                    // all were
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
	casesAtOnce = 500 // looked through
	runsAtOnce  = 64  // written
)

// Append logs the entries that were written since the last time. The first time, and when this
// process has become the active one, it begins to look through all cases for those that lack
// entries in the log, some hundreds at each call, so that no call grows with the office.
func (l *Ledger) Append(ctx context.Context, now time.Time) error {
	l.appending.Lock()
	defer l.appending.Unlock()
	term, active := l.Term()
	if !active {
		return nil
	}
	ids := l.take()
	if err := l.append(ctx, now, term, ids); err != nil {
		l.note(ids...)
		l.open = false // what was written is not known
		return fmt.Errorf("append to the log: %w", err)
	}
	return nil
}

func (l *Ledger) append(ctx context.Context, now time.Time, term int64, ids []workflow.CaseID) error {
	if !l.open || l.term != term {
		if err := l.resume(ctx); err != nil {
			return err
		}
		l.open, l.term = true, term
	}
	if err := l.all(ctx, now, ids); err != nil || l.whole {
		return err
	}
	some, err := l.Store.CaseIDs(ctx, l.walked, casesAtOnce)
	if err != nil {
		return fmt.Errorf("list cases: %w", err)
	}
	lacking, err := l.lacking(ctx, some)
	if err == nil {
		err = l.all(ctx, now, lacking)
	}
	if err != nil {
		return err
	}
	if l.whole = len(some) < casesAtOnce; !l.whole {
		l.walked = some[len(some)-1]
	}
	return nil
}

// errDamaged keeps the log from being gone on with.
var errDamaged = errors.New("the log is damaged, nothing is appended; izinbot audit verify tells where")

// resume reads what is needed to go on with the log, its last checkpoint.
func (l *Ledger) resume(ctx context.Context) error {
	l.logged, l.walked, l.whole = map[workflow.CaseID]int{}, "", false
	l.tree, l.last = translog.Tree{}, nil
	claim, err := l.Store.LastClaimed(ctx, checkpointPrefix)
	if workflow.CodeOf(err) == workflow.CodeNotFound {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read the last checkpoint: %w", err)
	}
	signed, edge, err := parseCheckpoint(claim)
	if err != nil {
		return errDamaged
	}
	c, err := translog.Open(signed, l.Key.Public())
	if err != nil {
		return fmt.Errorf("the last checkpoint of the log, nothing is appended: %w", err)
	}
	if l.tree, err = translog.Resume(c, edge); err != nil {
		return errDamaged
	}
	l.last = signed
	return nil
}

// lacking gives those of the cases that have more entries than the log. A damaged case is left
// out: audit verify tells of it.
func (l *Ledger) lacking(ctx context.Context, ids []workflow.CaseID) (list []workflow.CaseID, err error) {
	for _, id := range ids {
		c, err := l.Store.Case(ctx, id)
		if workflow.CodeOf(err) == workflow.CodeDamaged {
			continue
		}
		if err != nil {
			return nil, err
		}
		n, err := l.loggedOf(ctx, id)
		if err != nil {
			return nil, err
		}
		if c.Version > n {
			list = append(list, id)
		}
	}
	return list, nil
}

// loggedOf tells how many entries of a case are in the log.
func (l *Ledger) loggedOf(ctx context.Context, id workflow.CaseID) (int, error) {
	if n, known := l.logged[id]; known {
		return n, nil
	}
	claim, err := l.Store.LastClaimed(ctx, runsOf(id))
	if workflow.CodeOf(err) == workflow.CodeNotFound {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("read the log: %w", err)
	}
	r, err := parseRun(claim)
	if err != nil || r.Case != id || r.Index+int64(len(r.Entries)) > l.tree.Size() {
		return 0, errDamaged
	}
	return r.Seq - 1 + len(r.Entries), nil
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
	logged, err := l.loggedOf(ctx, id)
	if err != nil || len(entries) <= logged {
		return err
	}
	for some := range slices.Chunk(entries[logged:], mostInRun) {
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
	unit := store.UnitOfWork{Claims: append(b.claims, checkpointClaim(&b.tree, signed)), Term: l.term}
	if _, err := l.Store.Commit(ctx, now, unit); err != nil {
		return err
	}
	l.tree, l.last = b.tree, signed
	maps.Copy(l.logged, b.logged)
	return nil
}
