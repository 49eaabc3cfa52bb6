package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"
)

// Leadership tells whether this process is the active one of several that share a store.
type Leadership interface {
	// Active tells whether work may begin here now.
	Active() bool
	// While gives a context that ends as soon as this process is no longer active.
	While(ctx context.Context) (context.Context, context.CancelFunc)
}

// ErrNotActive is the failure of work that another process does by now, because it has
// become the active one. It is nobody's fault: the work is dropped here, without an
// answer, and done there.
var ErrNotActive = errors.New("another process is the active one")

// ErrUnavailable is the failure of work that the store could not be reached for.
// The work is tried again until it can, and never given up.
var ErrUnavailable = errors.New("store cannot be reached")

// ErrFull is the failure of accepting messages of a chat in which so much waits to be
// handled that nobody will ever read it. Those that came with them from other chats
// are stored.
var ErrFull = errors.New("too much waits in the chat")

// shared tells whether other processes may accept messages too.
func (d *Dispatcher) shared() bool { return d.cfg.Leadership != nil }

func (d *Dispatcher) active() bool { return !d.shared() || d.cfg.Leadership.Active() }

// begin tells whether a chat may be worked on. If this process is not active any more, it
// drops what waits in the chat: the active one reads it from the inbox.
func (d *Dispatcher) begin(ctx context.Context, c *chat) bool {
	if d.active() {
		return true
	}
	d.mu.Lock()
	delayed := c.delayed
	d.drop(c)
	d.mu.Unlock()
	if delayed && d.cfg.Delayed != nil {
		d.cfg.Delayed(ctx, c.address) // another process is not known to do better
	}
	return false
}

// drop forgets what waits in a chat. When this process is active again, it is read anew.
func (d *Dispatcher) drop(c *chat) {
	c.unwatch()
	c.endGathering()
	d.held -= len(c.queue)
	c.queue, c.stale, c.stored, c.delayed, c.tries, c.last = nil, false, false, false, 0, 0
	d.forget(c)
}

// Look has the inbox read for messages that other processes accepted, or that wait when
// this process becomes active. It does not wait for it.
func (d *Dispatcher) Look() {
	select {
	case d.kick <- struct{}{}:
	default:
	}
}

// look finds messages that are not known here, and tells how many wait and how many of
// them were news. Their chats read them themselves, in order.
func (d *Dispatcher) look(ctx context.Context) (waiting, news int, err error) {
	list, err := d.inbox.Unhandled(ctx)
	if err != nil {
		return 0, 0, fmt.Errorf("read unhandled messages: %w", err)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, r := range list {
		if c := d.chat(r.Chat); r.Seq > c.last {
			news++
			c.stored = true
			d.distrust(c)
		}
	}
	return len(list), news, nil
}

// lookAgain looks through the inbox until ctx ends, while this process is active: at
// Poll as long as others accept messages, which a balancer spreads, else at QuietPoll; the
// less often the more waits, for all of it is read.
func (d *Dispatcher) lookAgain(ctx context.Context) {
	wait := time.NewTimer(d.cfg.Poll)
	defer wait.Stop()
	quick := 0 // looks at Poll that are left
	for {
		select {
		case <-ctx.Done():
			return
		case <-wait.C:
		case <-d.kick:
		}
		waiting, news := 0, 0
		if d.active() {
			var err error
			if waiting, news, err = d.look(ctx); err != nil && ctx.Err() == nil {
				d.cfg.Log.WarnContext(ctx, "inbox is unreadable", slog.Any("error", err))
				waiting = lookLess
			}
		}
		poll := d.cfg.QuietPoll
		if quick--; news > 0 {
			quick = quickLooks
		}
		if quick > 0 {
			poll = d.cfg.Poll
		}
		wait.Reset(poll + time.Duration(waiting)*time.Millisecond)
	}
}

const (
	// quickLooks is the number of looks at Poll after the last news: a minute with the default.
	quickLooks = 240
	// lookLess is as how many waiting messages an inbox counts that cannot be read.
	lookLess = 1_000
)
