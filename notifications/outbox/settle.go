package outbox

import (
	"context"
	"fmt"
	"log/slog"

	"izinbot/bot"
)

// settle notes what became of a try. After a failure the chat's other deliveries
// go back behind the failed one.
func (o *Outbox) settle(c *chat, d bot.Delivery, s bot.Settlement) bot.Next {
	o.mu.Lock()
	defer o.mu.Unlock()
	c.sending = 0
	o.note(s)
	if s.State == bot.DeliveryRetry {
		o.empty(c)
	} else {
		c.done = max(c.done, d.Seq)
		delete(o.unread, d.Seq)
	}
	return c.next()
}

// leave gives back a delivery whose lease is too short for a try, and what waits
// behind it, to claim them anew.
func (o *Outbox) leave(c *chat, d bot.Delivery) bot.Next {
	o.mu.Lock()
	defer o.mu.Unlock()
	c.sending = 0
	o.giveBack(d)
	o.empty(c)
	o.markPending(c)
	return c.next()
}

// empty gives back all that waits in a chat.
func (o *Outbox) empty(c *chat) {
	for _, d := range c.queue {
		o.giveBack(d)
	}
	o.queued -= len(c.queue)
	c.queue, c.replies = nil, 0
}

// giveAllBack gives back all that waits.
func (o *Outbox) giveAllBack() {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, c := range o.chats {
		o.empty(c)
	}
}

// giveBack ends the lease of a delivery that was not tried. One whose lease has
// ended may be somebody else's business by now.
func (o *Outbox) giveBack(d bot.Delivery) {
	if d.Leased.After(o.cfg.Clock()) {
		o.note(o.retry(d, 0, ""))
	}
}

// note queues a settlement for the settler.
func (o *Outbox) note(s bot.Settlement) {
	o.settled = append(o.settled, s)
	o.untold[s.Seq]++
	if !o.ailing {
		o.settler.Wake(o.desk, false)
	}
}

// record writes settlements that wait. While one write is under way others gather
// for the next.
func (o *Outbox) record(ctx context.Context) bot.Next {
	more, err := o.recordOnce(ctx)
	o.mu.Lock()
	defer o.mu.Unlock()
	o.ailing = err != nil
	if err != nil {
		o.cfg.Log.ErrorContext(ctx, "outcomes of deliveries are not recorded", slog.Any("error", err))
		return bot.Next{More: true, After: o.cfg.Scan}
	}
	if o.pending > 0 {
		o.ask()
	}
	return bot.Next{More: more}
}

// flush records all that waits.
func (o *Outbox) flush(ctx context.Context) error {
	for more := true; more; {
		var err error
		if more, err = o.recordOnce(ctx); err != nil {
			return err
		}
	}
	return nil
}

// recordOnce writes one batch. If that fails the batch is the first to be tried
// again, for the order of settlements matters.
func (o *Outbox) recordOnce(ctx context.Context) (more bool, err error) {
	o.mu.Lock()
	n := min(len(o.settled), o.cfg.Batch)
	batch := o.settled[:n:n]
	o.settled = o.settled[n:]
	o.mu.Unlock()
	if n == 0 {
		return false, nil
	}
	err = o.store.Settle(ctx, o.cfg.Clock(), batch...)
	o.mu.Lock()
	defer o.mu.Unlock()
	if err != nil {
		o.settled = append(batch, o.settled...)
		return true, fmt.Errorf("settle deliveries: %w", err)
	}
	for _, s := range batch {
		if o.untold[s.Seq]--; o.untold[s.Seq] <= 0 {
			delete(o.untold, s.Seq)
		}
		if c := o.chats[s.Chat]; c != nil && len(c.queue) > 0 {
			o.lanes.Wake(c.lane, c.replies == 0)
		}
	}
	return len(o.settled) > 0, nil
}
