package notifications

import (
	"context"
	"fmt"
	"time"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/store"
)

// ours tells whether this process minds the clock.
func (w *Watch) ours() bool {
	if w.Commits.Terms == nil {
		return true
	}
	_, ok := w.Commits.Terms.Fence(store.LeaseClock)
	return ok
}

// fence makes a unit of work one of whoever minds the clock.
func (w *Watch) fence(unit *store.UnitOfWork) error {
	if w.Commits.Terms == nil {
		return nil
	}
	f, ok := w.Commits.Terms.Fence(store.LeaseClock)
	if !ok {
		return workflow.Refuse(workflow.CodeFenced, store.LeaseClock)
	}
	unit.Fence = f
	return nil
}

// unlessFenced takes it for no failure that another process minds the clock by now:
// that one does what is left.
func unlessFenced(err error) error {
	if workflow.CodeOf(err) == workflow.CodeFenced {
		return nil
	}
	return err
}

// ours tells whether deliveries to a chat may be sent here now.
func (o *Outbox) ours(chat bot.Address) bool {
	return o.cfg.Shares == nil || o.cfg.Shares.Ours(chat)
}

// claim asks for the deliveries to our chats. In these the claims of whoever served
// them before are void.
func (o *Outbox) claim(now, until time.Time, limit int) bot.Claim {
	c := bot.Claim{Owner: o.cfg.Owner, Now: now, Until: until, Limit: limit, Knows: o.knows}
	if o.cfg.Shares != nil {
		c.Ours = o.cfg.Shares.Ours
	}
	return c
}

// forgo gives back what waits in a chat that is not ours any more.
func (o *Outbox) forgo(c *chat) bool {
	if o.ours(c.queue[0].Chat) {
		return false
	}
	o.empty(c)
	o.clearPending(c)
	return true
}

// sendWithin is one try, which ends as soon as the chat is lost to another process:
// that one sends the delivery again, and what follows it.
func (o *Outbox) sendWithin(ctx context.Context, channel bot.Channel, d bot.Delivery) error {
	if o.cfg.Shares == nil {
		return o.send(ctx, channel, d)
	}
	ctx, done := o.cfg.Shares.Within(ctx, d.Chat)
	defer done()
	err := o.send(ctx, channel, d)
	if err != nil && ctx.Err() != nil {
		return fmt.Errorf("%w: %w", bot.ErrNotOurs, err)
	}
	return err
}

// Look has the store searched at once, for chats that have just come to us.
func (o *Outbox) Look() { o.ask() }

// yieldTick is the interval at which Yield looks.
const yieldTick = 10 * time.Millisecond

// Yield waits until nothing is being sent to chats that are not ours any more, gives
// back what waits for them and records what became of the rest, so that whoever
// serves them next sends nothing twice.
func (o *Outbox) Yield(ctx context.Context) error {
	tick := time.NewTicker(yieldTick)
	defer tick.Stop()
	busy, until := o.yielding()
	for busy || !o.recorded(until) {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return fmt.Errorf("deliveries are still being sent: %w", ctx.Err())
		}
		if busy {
			busy, until = o.yielding()
		}
	}
	return nil
}

// yielding gives back what waits in chats that are not ours. It tells whether
// anything is still being sent there, and up to which outcome must be recorded.
func (o *Outbox) yielding() (busy bool, until int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, c := range o.chats {
		if len(c.queue) > 0 {
			o.forgo(c)
		}
		busy = busy || c.sending != 0 && !o.ours(c.address)
	}
	return busy, o.noted
}

// recorded tells whether so many outcomes are written.
func (o *Outbox) recorded(until int) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.written >= until
}
