package outbox

import (
	"slices"
	"time"

	"izinbot/bot"
	"izinbot/workflow/casework"
)

var _ casework.Sender = (*Outbox)(nil)

// Lease gives the owner and the end of the lease for a unit of work whose deliveries will
// be pushed; no owner if this process is not active, for then the active one sends them. A shorter lease than this makes the outbox give deliveries back
// untried, because a try might outlast it. [Outbox.Done] must follow.
func (o *Outbox) Lease(now time.Time) (owner string, until time.Time) {
	until = now.Add(o.cfg.Lease)
	o.mu.Lock()
	defer o.mu.Unlock()
	o.turns[until.UnixNano()]++
	if !o.active() {
		return "", until
	}
	return o.cfg.Owner, until
}

// Done says that a unit of work has pushed what it was told to have born. If it was told
// nothing and yet was written, what it has born is found by the next scan.
func (o *Outbox) Done(until time.Time) {
	o.mu.Lock()
	defer o.mu.Unlock()
	end := until.UnixNano()
	if o.turns[end]--; o.turns[end] <= 0 {
		delete(o.turns, end)
	}
}

// knows tells whether a lease that the store has of this outbox is one that it acts
// on: the delivery waits here, is being tried, has an outcome that is not recorded
// yet, or may be pushed by a unit of work under way. The answer to any other was lost on its
// way here.
func (o *Outbox) knows(address bot.Address, seq int64, until time.Time) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.untold[seq] > 0 || o.turns[until.UnixNano()] > 0 {
		return true
	}
	c := o.chats[address]
	if c == nil {
		return false
	}
	_, waits := slices.BinarySearchFunc(c.queue, seq, bySeq)
	return waits || seq == c.sending
}
