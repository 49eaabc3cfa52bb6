package bot

import (
	"context"
	"time"
)

// EarlyError is returned by a [Handler], or a [Wanter], that has stored nothing yet because
// more messages of the chat may belong to this one: people send a thought in several messages,
// and networks split long ones. The message is given again as soon as another comes
// ([Received.Behind]), or once none has come for Quiet ([Received.Settled]).
//
// What is being collected waits in the inbox, so that a crash loses none of it, and the handler
// may store several messages as one by saying that the last of them is handled.
type EarlyError struct{ Quiet time.Duration }

func (*EarlyError) Error() string { return "more messages may belong to this one" }

// mostBehind limits [Received.Behind].
const mostBehind = 32

// gather has a chat wait for messages that belong to its first one. Its person sees that an
// answer is being prepared.
func (d *Dispatcher) gather(ctx context.Context, c *chat, quiet time.Duration) Next {
	d.mu.Lock()
	defer d.mu.Unlock()
	c.unwatch()
	c.gathering = true
	if c.typing == nil {
		c.typing = d.showTyping(ctx, c.address)
	}
	if c.fresh {
		return Next{More: true}
	}
	return Next{More: true, After: quiet}
}

// endGathering follows the end of the first message, or a failure: the next wait begins anew.
func (c *chat) endGathering() {
	c.gathering = false
	if c.typing != nil {
		c.typing()
		c.typing = nil
	}
}
