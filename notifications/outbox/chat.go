package outbox

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"izinbot/bot"
)

// chat holds the outbox's knowledge of a chat. It is guarded by the outbox's lock.
type chat struct {
	lane         *bot.Lane
	queue        []bot.Delivery // leased to us, by Seq
	replies      int            // deliveries in queue that are no notices
	sending      int64          // Seq of the delivery being tried; 0 for none
	done         int64          // greatest Seq known to be sent or dead
	pendingScans int            // scans that are still to look for deliveries left in the store
	used         bool           // since the last sweep
}

func (o *Outbox) chat(a bot.Address) *chat {
	c := o.chats[a]
	if c == nil {
		c = o.newChat()
		o.chats[a] = c
	}
	c.used = true
	return c
}

func (o *Outbox) newChat() *chat {
	c := &chat{}
	c.lane = bot.NewLane(func(ctx context.Context) bot.Next { return o.runOnce(ctx, c) })
	return c
}

// sweep forgets chats in which nothing happened since the last sweep. Others are
// kept, for what they have done tells whether a pushed delivery is next, and that one
// which the store still has to be told of is not to be sent again. It also forgets
// units of work that never said that they are done.
func (o *Outbox) sweep() {
	now := o.cfg.Clock().UnixNano()
	maps.DeleteFunc(o.turns, func(until int64, _ int) bool { return until <= now })
	for a, c := range o.chats {
		switch {
		case len(c.queue) > 0 || c.sending != 0 || c.pendingScans > 0 || o.untold[c.done] > 0:
		case c.used:
			c.used = false
		default:
			delete(o.chats, a)
		}
	}
}

func bySeq(d bot.Delivery, seq int64) int { return cmp.Compare(d.Seq, seq) }

// has reports whether a delivery is over or under way here.
func (c *chat) has(seq int64) bool {
	if seq <= c.done || seq == c.sending {
		return true
	}
	_, found := slices.BinarySearchFunc(c.queue, seq, bySeq)
	return found
}

// insert queues a delivery in its place, and wakes the chat if it is new.
func (o *Outbox) insert(c *chat, d bot.Delivery) {
	if o.queue(c, d) {
		o.lanes.Wake(c.lane, d.Notice)
	}
}

func (o *Outbox) queue(c *chat, d bot.Delivery) (news bool) {
	i, found := slices.BinarySearchFunc(c.queue, d.Seq, bySeq)
	switch {
	case found:
		c.queue[i].Leased = d.Leased
		return false
	case c.has(d.Seq):
		return false
	}
	c.queue = slices.Insert(c.queue, i, d)
	o.queued++
	if !d.Notice {
		c.replies++
	}
	return true
}

// take begins with the first delivery of a chat, once the outcome of the one before is
// recorded: of each chat a kill makes at most one come again that was sent.
func (o *Outbox) take(c *chat) (bot.Delivery, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(c.queue) == 0 || o.forgo(c) || o.untold[c.done] > 0 {
		return bot.Delivery{}, false
	}
	d := c.queue[0]
	c.queue[0] = bot.Delivery{} // lets its text go
	c.queue = c.queue[1:]
	o.queued--
	if !d.Notice {
		c.replies--
	}
	c.sending, c.used = d.Seq, true
	return d, true
}

// putBack undoes take.
func (o *Outbox) putBack(c *chat, d bot.Delivery) {
	o.mu.Lock()
	defer o.mu.Unlock()
	c.sending = 0
	o.queue(c, d)
}

// next says how a chat goes on after a delivery was tried.
func (c *chat) next() bot.Next {
	return bot.Next{More: len(c.queue) > 0 || c.pendingScans > 0, Minor: c.replies == 0}
}
