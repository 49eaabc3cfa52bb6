package casework

import (
	"context"
	"fmt"
	"time"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/store"
)

// Sender leases and enqueues the deliveries of a committed unit of work.
type Sender interface {
	// Lease gives the lease that a unit of work's deliveries are born with.
	Lease(now time.Time) (owner string, until time.Time)
	// Push takes what was born with it.
	Push(deliveries ...bot.Delivery)
	// Done follows every Lease, whatever has become of the unit of work: nothing more that
	// was born with it will be pushed.
	Done(until time.Time)
}

// Committer commits units of work and hands the deliveries that are born with them to the
// Sender at once.
type Committer struct {
	Store interface {
		Commit(ctx context.Context, now time.Time, t store.UnitOfWork) ([]bot.Delivery, error)
	}
	Sender Sender
	// Term gives the term of this process, while it is the active one of several; nil: it
	// is the only one.
	Term func() (term int64, active bool)
}

// Active gives the term to begin work under; false: another process is the active one.
func (c *Committer) Active() (term int64, active bool) {
	if c.Term == nil {
		return 0, true
	}
	return c.Term()
}

// Commit writes a unit of work. Its errors are those of [store.Store.Commit].
func (c *Committer) Commit(ctx context.Context, now time.Time, unit store.UnitOfWork) error {
	unit.Owner, unit.Lease = c.Sender.Lease(now)
	defer c.Sender.Done(unit.Lease)
	born, err := c.Store.Commit(ctx, now, unit)
	if err != nil {
		return fmt.Errorf("commit unit of work: %w", err)
	}
	c.Sender.Push(born...)
	return nil
}

// Once writes a unit of work whose claims or keys may have been taken before: then it was
// done already, by another process or by this one before a crash, which is no error.
func (c *Committer) Once(ctx context.Context, now time.Time, unit store.UnitOfWork) error {
	if err := c.Commit(ctx, now, unit); workflow.CodeOf(err) != workflow.CodeDuplicate {
		return err
	}
	return nil
}

// retries bounds how often something is done anew after a conflict: each conflict means
// that somebody else got a write through.
const retries = 50

// Retry does a work until its unit is not refused because somebody else wrote first, at
// most 50 times. It gives the last error.
func Retry(w *Work, do func(*Work) error) error {
	err := do(w)
	for n := 1; n < retries && conflicts(err); n++ {
		w = w.Again()
		err = do(w)
	}
	return err
}

// InBatches does something to all items, in as few units of work as can be, so that a
// person gets one message: to all at once, and after a conflict to half of them. An item
// that conflicts by itself as often as Retry tries is given to left, whose error ends it.
func InBatches[T any](items []T, do func(batch []T) error, left func(item T, err error) error) error {
	for size, alone := len(items), 0; len(items) > 0; {
		size = min(size, len(items))
		err := do(items[:size])
		switch {
		case err != nil && !conflicts(err):
			return err
		case err != nil && size > 1:
			size = (size + 1) / 2
			continue
		case err != nil && alone < retries-1:
			alone++
			continue
		case err != nil:
			if err := left(items[0], err); err != nil {
				return err
			}
		}
		items, alone = items[size:], 0
	}
	return nil
}

// conflicts tells whether a unit of work was refused because somebody else wrote first.
func conflicts(err error) bool {
	code := workflow.CodeOf(err)
	return code == workflow.CodeConflict || code == workflow.CodeDuplicate
}
