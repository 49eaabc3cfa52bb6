package bot

import (
	"context"
	"fmt"
	"time"
)

// chat is a chat with work. All fields but the lane and accepting are guarded by
// the dispatcher's lock.
type chat struct {
	address   Address
	lane      *Lane
	accepting chan struct{} // holds an element while an Accept has the chat
	refs      int           // Accepts that have or await it

	// queue holds what comes next, unless stale says that the inbox holds
	// messages that are not in it; they are all later than those in it.
	queue   []Received
	stale   bool
	loading bool        // the inbox is being read
	last    int64       // greatest Seq that was ever in the queue
	tries   int         // failures of what comes first, or of reading the inbox
	stored  bool        // a message is known to be stored that may not be in the queue
	strikes int         // failures for want of the store after it had served others
	served  int         // what Dispatcher.served was at the last of them
	late    *time.Timer // of the first message, from its first try on
	overdue bool        // it has waited long
	parked  bool        // it has, for a file that could not be had
	delayed bool        // the store could not be reached for a message that is stored
	// gathering says that the handler waits for more messages behind the first, fresh that
	// one came since it was last given that one. typing ends the sign that it waits.
	gathering, fresh bool
	typing           func()
	// doubt follows an Accept that failed: the inbox may store its messages all
	// the same, even after it was read again. Only once a later write of the chat
	// has succeeded are they either there, before it, or never; so that one is
	// not queued but read. A chat in doubt stays known until then.
	doubt bool
}

// chat gives the chat of an address, a new one if it has no work.
func (d *Dispatcher) chat(a Address) *chat {
	c := d.chats[a]
	if c == nil {
		c = &chat{address: a, accepting: make(chan struct{}, 1)}
		c.lane = NewLane(func(ctx context.Context) Next { return d.runOnce(ctx, c) })
		d.chats[a] = c
	}
	return c
}

// forget drops a chat that has neither work nor an Accept under way.
func (d *Dispatcher) forget(c *chat) {
	if c.refs == 0 && len(c.queue) == 0 && !c.stale && !c.loading && !c.doubt {
		delete(d.chats, c.address)
	}
}

// put queues a stored message. If there is no room, or if earlier messages may
// still be missing in the queue, it leaves it to the inbox.
func (d *Dispatcher) put(c *chat, r Received) {
	if r.Seq <= c.last {
		return // read from the inbox before its Accept got here
	}
	if c.stale || c.loading || len(c.queue) >= d.cfg.Queue || d.held >= d.cfg.Memory {
		c.stored = true
		d.distrust(c)
		return
	}
	d.push(c, r)
	d.wake(c)
}

// distrust makes a chat read the inbox once its queue is empty, and keep to that
// order until then.
func (d *Dispatcher) distrust(c *chat) {
	if d.phase == phaseStopped || !d.active() {
		return // the next start reads everything, or the active process
	}
	c.stale, c.fresh = true, true
	d.wake(c)
}

// wake has the chat served, except while it waits for another try.
func (d *Dispatcher) wake(c *chat) {
	if c.tries == 0 {
		d.lanes.Wake(c.lane, false)
	}
}

func (d *Dispatcher) push(c *chat, r Received) {
	c.queue = append(c.queue, r)
	c.last, c.fresh = r.Seq, true
	d.held++
}

// first gives what comes first in a chat, with what waits behind it, or says whether the
// inbox has more.
func (d *Dispatcher) first(c *chat) (r Received, ok, more bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(c.queue) == 0 {
		d.forget(c)
		return Received{}, false, c.stale
	}
	r = c.queue[0]
	n := min(len(c.queue), 1+mostBehind)
	r.Behind = c.queue[1:n:n]
	r.Settled = c.gathering && !c.fresh
	c.fresh = false
	return r, true, true
}

// finish takes the first message off and says whether there is more to do.
func (d *Dispatcher) finish(c *chat) (more bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.served++
	c.tries, c.strikes, c.delayed = 0, 0, false
	c.unwatch()
	c.endGathering()
	d.cfg.Attempts.done(c.queue[0].Seq)
	c.queue[0] = Received{} // lets its text go
	c.queue = c.queue[1:]
	d.held--
	d.forget(c)
	return len(c.queue) > 0 || c.stale
}

// reload fills the queue from the inbox if the chat is stale, once it is empty or what is
// behind its first message is wanted.
func (d *Dispatcher) reload(ctx context.Context, c *chat) error {
	after, limit, needed := d.beginReload(c)
	if !needed {
		return nil
	}
	page, err := d.inbox.UnhandledOf(ctx, c.address, after, limit)
	d.mu.Lock()
	defer d.mu.Unlock()
	c.loading = false
	if err != nil {
		c.stale = true
		return fmt.Errorf("read a chat's unhandled messages: %w", err)
	}
	c.tries, c.stored, c.delayed = 0, false, false
	for _, r := range page {
		d.push(c, r)
	}
	c.stale = c.stale || len(page) >= limit
	return nil
}

func (d *Dispatcher) beginReload(c *chat) (after int64, limit int, needed bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(c.queue) > 0 && !c.gathering || !c.stale {
		return 0, 0, false
	}
	// What is stored from here on may or may not be in the answer: whoever
	// stores it sees loading, and makes the chat stale again.
	c.stale, c.loading = false, true
	if d.held >= d.cfg.Memory {
		return c.last, 1, true
	}
	return c.last, d.cfg.Queue, true
}

// fail counts a failure and gives the number so far.
func (d *Dispatcher) fail(c *chat) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	c.tries++
	c.endGathering()
	return c.tries
}
