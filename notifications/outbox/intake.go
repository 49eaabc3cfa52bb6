package outbox

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"izinbot/bot"
)

// Push takes deliveries that Commit has just given, to send them without a claim.
// Those that the store has not leased, or of which it cannot be told here whether they are
// next, are left to the next scan. It does not wait for the channels.
func (o *Outbox) Push(deliveries ...bot.Delivery) {
	now := o.cfg.Clock()
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.phase == phaseStopped {
		return // their leases end by themselves
	}
	for _, d := range deliveries {
		o.push(now, d)
	}
}

func (o *Outbox) push(now time.Time, d bot.Delivery) {
	if !o.active() {
		return
	}
	c := o.chat(d.Chat)
	switch {
	case c.has(d.Seq) || d.NotBefore.After(now):
	case !d.Leased.After(now):
		o.markPending(c)
	case o.queued >= o.cfg.Queue || !c.has(d.Prev):
		o.giveBack(d)
		o.markPending(c)
	default:
		o.insert(c, d)
	}
}

// markPending remembers that the store holds deliveries of a chat that are due, or will be
// once those before them are settled: a scan looks for them at once, and again
// after every settlement. It gives up when a lease has passed: the
// ordinary scans find them then.
func (o *Outbox) markPending(c *chat) {
	if c.pendingScans == 0 {
		o.pending++
	}
	c.pendingScans = 1 + int(o.cfg.Lease/o.cfg.Scan)
	o.lanes.Wake(c.lane, true)
}

func (o *Outbox) clearPending(c *chat) {
	if c.pendingScans > 0 {
		c.pendingScans = 0
		o.pending--
	}
}

// rest says what a chat with an empty queue waits for.
func (o *Outbox) rest(c *chat) bot.Next {
	o.mu.Lock()
	defer o.mu.Unlock()
	switch {
	case len(c.queue) > 0 && o.untold[c.done] > 0: // woken when it is recorded
		return bot.Next{More: true, After: o.cfg.Scan, Minor: c.replies == 0}
	case len(c.queue) > 0: // came meanwhile
		return c.next()
	case c.pendingScans == 0:
		return bot.Next{}
	case c.pendingScans == 1:
		o.clearPending(c)
		return bot.Next{}
	}
	c.pendingScans--
	o.ask()
	return bot.Next{More: true, After: o.cfg.Scan, Minor: true}
}

// ask has the store scanned now.
func (o *Outbox) ask() {
	select {
	case o.kick <- struct{}{}:
	default: // it is going to be
	}
}

// scanAgain scans now and then until ctx ends, while this process is active.
func (o *Outbox) scanAgain(ctx context.Context) {
	tick := time.NewTicker(o.cfg.Scan)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			o.mu.Lock()
			o.sweep()
			o.mu.Unlock()
		case <-o.kick:
		}
		if !o.active() {
			continue
		}
		if err := o.scan(ctx); err != nil && ctx.Err() == nil {
			o.cfg.Log.ErrorContext(ctx, "outbox is unreadable", slog.Any("error", err))
		}
	}
}

// scan claims what is due, as far as there is room.
func (o *Outbox) scan(ctx context.Context) error {
	limit := o.room()
	if limit <= 0 {
		return nil
	}
	now := o.cfg.Clock()
	until := now.Add(o.cfg.Lease)
	claimed, err := o.store.Claim(ctx, bot.Claim{Owner: o.cfg.Owner, Now: now, Until: until, Limit: limit, Knows: o.knows})
	if err != nil {
		return fmt.Errorf("claim deliveries: %w", err)
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	cut := len(claimed) >= limit // the store may have more, of these chats too
	if cut {
		o.markPending(o.backlog)
	} else {
		o.clearPending(o.backlog)
	}
	for _, d := range claimed {
		d.Leased = until
		c := o.chat(d.Chat)
		if !cut {
			o.clearPending(c)
		}
		o.insert(c, d)
	}
	return nil
}

// room is the number of deliveries a scan may take: none until half of the memory is
// free, so that it takes many at a time.
func (o *Outbox) room() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.queued > o.cfg.Queue/2 {
		return 0
	}
	return min(o.cfg.Batch, o.cfg.Queue-o.queued)
}
