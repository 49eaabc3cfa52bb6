package bot

import (
	"context"
	"log/slog"
	"time"
)

// watch has the sender of the first message of a chat told, once it has waited long.
func (d *Dispatcher) watch(ctx context.Context, c *chat, r Received) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if c.late == nil {
		c.late = time.AfterFunc(d.cfg.Wait, func() { d.tellLate(ctx, c, r) })
	}
}

func (d *Dispatcher) tellLate(ctx context.Context, c *chat, r Received) {
	d.mu.Lock()
	waits := d.phase == phaseRunning && len(c.queue) > 0 && c.queue[0].Seq == r.Seq
	c.overdue = waits
	d.mu.Unlock()
	if waits && d.cfg.Late != nil {
		d.cfg.Late(ctx, r)
	}
}

// giveWay goes on to the next message. If that one's file cannot be had either, it gives
// way at once.
func (d *Dispatcher) giveWay(c *chat) Next {
	more := d.finish(c)
	d.mu.Lock()
	defer d.mu.Unlock()
	c.overdue = more
	return Next{More: more}
}

// unwatch follows the end of the first message.
func (c *chat) unwatch() {
	if c.late != nil {
		c.late.Stop()
	}
	c.late, c.overdue, c.parked = nil, false, false
}

// givesWay tells whether the first message of a chat, whose file cannot be had, is to be
// given up for a later one that has none. It has waited long then, and its sender was
// told so; the files behind it wait as it does.
func (d *Dispatcher) givesWay(ctx context.Context, c *chat, r Received) bool {
	d.mu.Lock()
	c.parked = c.overdue
	parked := c.parked
	d.mu.Unlock()
	if !parked {
		return false
	}
	later, err := d.inbox.UnhandledOf(ctx, c.address, r.Seq, d.cfg.Queue)
	if err != nil {
		d.cfg.Log.WarnContext(ctx, "inbox is unreadable", slog.String("channel", c.address.Channel()), slog.Any("error", err))
		return false
	}
	for _, m := range later {
		if len(m.Files) == 0 {
			return true
		}
	}
	return false
}

// urge has a message that waits for its file tried again at once, for one that needs none.
func (d *Dispatcher) urge(c *chat, r Received) {
	if c.parked && len(r.Files) == 0 {
		d.lanes.Wake(c.lane, false)
	}
}
