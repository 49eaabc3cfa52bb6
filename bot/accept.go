package bot

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"time"
)

// Accept stores messages, in order, and has the new ones handled after the earlier
// ones of their chats. When it returns nil they survive any crash, and the network
// may be told so; the handling comes later. Messages that were stored before are
// dropped. Safe to call from many goroutines.
func (d *Dispatcher) Accept(ctx context.Context, now time.Time, messages ...Inbound) error {
	messages = d.storable(ctx, now, messages)
	chats, err := d.enter(ctx, messages)
	defer d.leave(chats)
	if err != nil {
		return fmt.Errorf("accept messages: %w", err)
	}
	received, err := d.inbox.Accept(ctx, now, messages...)
	d.mu.Lock()
	defer d.mu.Unlock()
	if err != nil {
		for _, c := range chats {
			c.doubt = d.phase != phaseStopped && !d.shared()
			d.distrust(c)
		}
		return fmt.Errorf("accept messages: %w", err)
	}
	for _, r := range received {
		d.admit(d.chats[r.Chat], r)
	}
	if len(received) < len(messages) {
		d.recheck(messages, received)
	}
	return nil
}

// storable gives the messages in a form that can be stored ([Inbound.Storable]). What has
// none is dropped for good.
func (d *Dispatcher) storable(ctx context.Context, now time.Time, messages []Inbound) []Inbound {
	out := make([]Inbound, 0, len(messages))
	for _, m := range messages {
		in, ok := m.Storable(now)
		if !ok {
			d.cfg.Log.ErrorContext(ctx, "message without a chat is dropped", slog.String("channel", fit(m.Chat.Channel(), maxID)))
			continue
		}
		out = append(out, in)
	}
	return out
}

// admit takes a message that was just stored.
func (d *Dispatcher) admit(c *chat, r Received) {
	if d.phase == phaseRunning && !c.doubt && !d.shared() {
		d.put(c, r)
	} else {
		c.doubt, c.stored = false, true
		d.distrust(c)
	}
	d.urge(c, r)
}

// recheck reads the chats of repeats again: the first copy may stem from an Accept
// that failed after it had been stored, so nobody has it in a queue.
func (d *Dispatcher) recheck(messages []Inbound, received []Received) {
	fresh := make(map[string]bool, len(received))
	for _, r := range received {
		fresh[r.ID] = true
	}
	for _, m := range messages {
		if !fresh[m.ID] {
			d.distrust(d.chats[m.Chat])
		}
	}
}

// enter reserves the chats of messages for one Accept. Without it two could store
// a chat's messages in one order and put them in its queue in the other. Chats are
// taken in the order of their addresses, so two Accepts never wait for each other.
// On an error it gives the chats that leave has to free.
func (d *Dispatcher) enter(ctx context.Context, messages []Inbound) ([]*chat, error) {
	addresses := make([]Address, len(messages))
	for i, m := range messages {
		addresses[i] = m.Chat
	}
	slices.Sort(addresses)
	addresses = slices.Compact(addresses)
	chats := make([]*chat, 0, len(addresses))
	for _, a := range addresses {
		c := d.refer(a)
		select {
		case c.accepting <- struct{}{}:
			chats = append(chats, c)
		case <-ctx.Done():
			d.mu.Lock()
			d.release(c)
			d.mu.Unlock()
			return chats, ctx.Err()
		}
	}
	return chats, nil
}

func (d *Dispatcher) leave(chats []*chat) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, c := range chats {
		<-c.accepting
		d.release(c)
	}
}

// refer gives a chat that stays known until it is released.
func (d *Dispatcher) refer(a Address) *chat {
	d.mu.Lock()
	defer d.mu.Unlock()
	c := d.chat(a)
	c.refs++
	return c
}

func (d *Dispatcher) release(c *chat) {
	c.refs--
	d.forget(c)
}
