package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"
)

// Shares are the chats that a process serves while several processes share a
// store. A chat is served by one of them at a time.
type Shares interface {
	// Ours tells whether work in a chat may begin here now.
	Ours(chat Address) bool
	// Within gives a context that ends as soon as the chat is lost. While a chat
	// is handed over it goes on: what has begun may finish.
	Within(ctx context.Context, chat Address) (context.Context, context.CancelFunc)
}

// ErrNotOurs is the failure of work in a chat that another process serves now. It
// is nobody's fault: the work is dropped here, without an answer, and done there.
var ErrNotOurs = errors.New("another process serves this chat")

// ErrUnavailable is the failure of work that the store could not be reached for.
// The work is tried again until it can, and never given up.
var ErrUnavailable = errors.New("store cannot be reached")

// ErrFull is the failure of accepting messages of a chat in which so much waits to be
// handled that nobody will ever read it. Those that came with them from other chats
// are stored.
var ErrFull = errors.New("too much waits in the chat")

// shared tells whether other processes serve chats too.
func (d *Dispatcher) shared() bool { return d.cfg.Shares != nil }

func (d *Dispatcher) ours(chat Address) bool { return !d.shared() || d.cfg.Shares.Ours(chat) }

// begin marks a chat as being worked on, or drops what waits in it if it is not
// ours any more.
func (d *Dispatcher) begin(ctx context.Context, c *chat) bool {
	d.mu.Lock()
	c.busy = d.ours(c.address)
	begun, delayed := c.busy, c.delayed
	if !begun {
		d.drop(c)
	}
	d.mu.Unlock()
	if !begun && delayed && d.cfg.Delayed != nil {
		d.cfg.Delayed(ctx, c.address) // whoever serves it now is not known to do better
	}
	return begun
}

// drop forgets what waits in a chat. If the chat comes back, it is read anew.
func (d *Dispatcher) drop(c *chat) {
	c.unwatch()
	d.held -= len(c.queue)
	c.queue, c.stale, c.stored, c.delayed, c.tries, c.last = nil, false, false, false, 0, 0
	d.forget(c)
}

func (d *Dispatcher) end(c *chat) {
	d.mu.Lock()
	defer d.mu.Unlock()
	c.busy = false
}

// Look has the inbox read for messages of our chats that other processes accepted,
// or that wait in chats that have just come to us. It does not wait for it.
func (d *Dispatcher) Look() {
	select {
	case d.kick <- struct{}{}:
	default:
	}
}

// look finds messages that are not known here. Their chats read them themselves, in
// order.
func (d *Dispatcher) look(ctx context.Context) (waiting int, err error) {
	list, err := d.inbox.Unhandled(ctx)
	if err != nil {
		return 0, fmt.Errorf("read unhandled messages: %w", err)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, r := range list {
		if !d.ours(r.Chat) {
			continue
		}
		if c := d.chat(r.Chat); r.Seq > c.last {
			c.stored = true
			d.distrust(c)
		}
	}
	return len(list), nil
}

// lookAgain looks now and then until ctx ends; the less often the more waits, for
// all of it is read.
func (d *Dispatcher) lookAgain(ctx context.Context) {
	wait := time.NewTimer(d.cfg.Poll)
	defer wait.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-wait.C:
		case <-d.kick:
		}
		waiting, err := d.look(ctx)
		if err != nil && ctx.Err() == nil {
			d.cfg.Log.WarnContext(ctx, "inbox is unreadable", slog.Any("error", err))
			waiting = lookLess
		}
		poll := d.cfg.Poll
		if d.cfg.Alone != nil && d.cfg.Alone() {
			poll = max(poll, lonelyPoll)
		}
		wait.Reset(poll + time.Duration(waiting)*time.Millisecond)
	}
}

// lonelyPoll is the interval at which a process looks that runs alone: another one may have accepted
// messages before it ended.
const lonelyPoll = 10 * time.Second

// lookLess is as how many waiting messages an inbox counts that cannot be read.
const lookLess = 1_000

// yieldTick is the interval at which Yield looks.
const yieldTick = 10 * time.Millisecond

// Yield waits until no message is being handled of a chat that is not ours any
// more. What waits in such chats is not begun.
func (d *Dispatcher) Yield(ctx context.Context) error {
	tick := time.NewTicker(yieldTick)
	defer tick.Stop()
	for d.yielding() {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return fmt.Errorf("messages are still being handled: %w", ctx.Err())
		}
	}
	return nil
}

func (d *Dispatcher) yielding() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, c := range d.chats {
		if c.busy && !d.ours(c.address) {
			return true
		}
	}
	return false
}
