package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"runtime/debug"
	"time"
)

// runOnce handles the first message of a chat and says how the chat goes on.
func (d *Dispatcher) runOnce(ctx context.Context, c *chat) Next {
	if !d.begin(ctx, c) {
		return Next{}
	}
	if err := d.reload(ctx, c); err != nil {
		d.cfg.Log.ErrorContext(ctx, "inbox is unreadable", slog.String("channel", c.address.Channel()), slog.Any("error", err))
		return d.wait(ctx, c)
	}
	r, ok, more := d.first(c)
	if !ok {
		return Next{More: more}
	}
	if d.cfg.Attempts.deadly(r.Seq) {
		return d.failed(ctx, c, r, ErrDeadly)
	}
	if !d.cfg.Attempts.begin(r.Seq) {
		return Next{More: true, After: suspectTick}
	}
	d.watch(ctx, c, r)
	err := d.try(ctx, r)
	d.cfg.Attempts.end(r.Seq)
	if err == nil {
		return Next{More: d.finish(c)}
	}
	if early, ok := errors.AsType[*EarlyError](err); ok {
		return d.gather(ctx, c, early.Quiet)
	}
	return d.failed(ctx, c, r, err)
}

// suspectTick is the interval at which a suspect of [Attempts] checks whether it may be tried.
const suspectTick = 50 * time.Millisecond

// failed says how a chat goes on after its first message could not be handled.
func (d *Dispatcher) failed(ctx context.Context, c *chat, r Received, err error) Next {
	switch {
	case ctx.Err() != nil:
		return Next{More: true} // a stop cut it short; the next start has it again
	case errors.Is(err, ErrNotActive):
		return Next{More: true, After: d.cfg.Backoff} // begin will drop it
	case errors.Is(err, ErrUnavailable) && !d.suspect(c):
		d.cfg.Log.WarnContext(ctx, "message waits for the store", about(r), slog.Any("error", err))
		return d.wait(ctx, c)
	case !d.active():
		return Next{More: true, After: d.cfg.Backoff}
	case (Lasting(err) && !errors.Is(err, ErrUnfetched) || errors.Is(err, ErrDeadly)) && d.giveUp(ctx, r, err):
		return Next{More: d.finish(c)} // another try would end the same way
	case errors.Is(err, ErrUnfetched) && d.givesWay(ctx, c, r) && d.giveUp(ctx, r, err):
		return d.giveWay(c)
	}
	tries := d.fail(c)
	d.cfg.Log.WarnContext(ctx, "message failed", about(r), slog.Int("tries", tries), slog.Any("error", err))
	if tries >= d.cfg.Tries && !errors.Is(err, ErrUnfetched) && d.giveUp(ctx, r, err) {
		return Next{More: d.finish(c)}
	}
	return Next{More: true, After: d.backoff(tries)}
}

// outageTries is after how many tries a chat is told that it has to wait for the
// store, which may come back within a second.
const outageTries = 3

// suspect tells whether it is rather the message that is at fault than the store,
// because the store has served other chats between so many tries.
func (d *Dispatcher) suspect(c *chat) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.served != c.served {
		c.served = d.served
		c.strikes++
	}
	return c.strikes > d.cfg.Tries
}

// wait has a chat wait for the store.
func (d *Dispatcher) wait(ctx context.Context, c *chat) Next {
	tries := d.fail(c)
	d.mu.Lock()
	c.delayed = c.stored || len(c.queue) > 0
	told := c.delayed && tries >= outageTries
	d.mu.Unlock()
	if told && d.cfg.Delayed != nil {
		d.cfg.Delayed(ctx, c.address)
	}
	return Next{More: true, After: min(d.backoff(tries), d.cfg.Outage)}
}

func (d *Dispatcher) try(ctx context.Context, r Received) error {
	slow := time.AfterFunc(d.cfg.Patience, func() {
		d.cfg.Log.WarnContext(ctx, "message takes long", about(r), slog.Duration("patience", d.cfg.Patience))
	})
	defer slow.Stop()
	defer d.showTyping(ctx, r.Chat)()
	return d.guard(ctx, func(ctx context.Context) error { return d.handler.Handle(ctx, r) })
}

// giveUp has the failure told to the person. It reports whether the message is
// handled by that.
func (d *Dispatcher) giveUp(ctx context.Context, r Received, cause error) bool {
	if d.cfg.Failed == nil {
		return false
	}
	err := d.guard(ctx, func(ctx context.Context) error { return d.cfg.Failed(ctx, r, cause) })
	if err != nil {
		d.cfg.Log.ErrorContext(ctx, "failed message cannot be answered", about(r), slog.Any("error", err))
	}
	return err == nil
}

// backoff returns the time to wait after so many failures in a row.
func (d *Dispatcher) backoff(tries int) time.Duration {
	wait := d.cfg.Backoff
	for range tries - 1 {
		if wait >= d.cfg.Slow/2 {
			return d.cfg.Slow
		}
		wait *= 2
	}
	return min(wait, d.cfg.Slow)
}

// guard runs code of others: within the time of one try, and with a panic made an
// error.
func (d *Dispatcher) guard(ctx context.Context, f func(context.Context) error) (err error) {
	ctx, cancel := context.WithTimeout(ctx, d.cfg.Timeout)
	defer cancel()
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("%w: %s", ErrPanic, harmless(v))
			d.cfg.Log.ErrorContext(ctx, "handler panicked", slog.String("value", harmless(v)), slog.String("stack", string(debug.Stack())))
		}
	}()
	return f(ctx)
}

// harmless describes the value of a panic. It may quote what a person wrote, so
// only what the runtime itself says is told in full.
func harmless(v any) string {
	if err, ok := v.(runtime.Error); ok {
		return err.Error()
	}
	return fmt.Sprintf("%T", v)
}

// about names a message in the log. Its chat and id may hold a phone number.
func about(r Received) slog.Attr {
	return slog.Group("message", slog.Int64("seq", r.Seq), slog.String("channel", r.Chat.Channel()))
}
