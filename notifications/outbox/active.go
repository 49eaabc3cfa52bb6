package outbox

import (
	"context"
	"fmt"

	"izinbot/bot"
)

// active tells whether deliveries may be sent here now.
func (o *Outbox) active() bool { return o.cfg.Leadership == nil || o.cfg.Leadership.Active() }

// forgo drops what waits in a chat if this process is not active any more. The claims of
// it are void by then.
func (o *Outbox) forgo(c *chat) bool {
	if o.active() {
		return false
	}
	o.drop(c)
	return true
}

func (o *Outbox) drop(c *chat) {
	o.queued -= len(c.queue)
	c.queue, c.replies = nil, 0
	o.clearPending(c)
}

// Forget drops all that waits here, because this process is no longer active: when it is
// again, what waits may have been sent by another one.
func (o *Outbox) Forget() {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, c := range o.chats {
		o.drop(c)
	}
}

// sendWithin is one try, which ends as soon as this process is no longer active: the next
// one sends the delivery again, and what follows it.
func (o *Outbox) sendWithin(ctx context.Context, channel bot.Channel, d bot.Delivery) error {
	if o.cfg.Leadership == nil {
		return o.send(ctx, channel, d)
	}
	ctx, done := o.cfg.Leadership.While(ctx)
	defer done()
	err := o.send(ctx, channel, d)
	if err != nil && ctx.Err() != nil {
		return fmt.Errorf("%w: %w", bot.ErrNotActive, err)
	}
	return err
}

// Look has the store searched at once, because this process has just become active.
func (o *Outbox) Look() { o.ask() }
