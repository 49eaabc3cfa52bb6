package outbox

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"izinbot/bot"
)

// Reasons of the outbox itself; others come from the channels.
const (
	reasonNoChannel = "no_channel"
	reasonPanic     = "panic"
	reasonTimeout   = "timeout"
	reasonFailed    = "failed"
	reasonStopped   = "stopped"
	reasonElsewhere = "elsewhere" // it went another way
	reasonBarred    = "barred"    // its person has lost the right to it

	// ReasonGaveUp says, with the last reason behind it, that it was tried for too long.
	ReasonGaveUp = "gave_up_"
)

// errPanic is the error of a channel that panicked.
var errPanic = errors.New("channel panicked")

// runOnce tries the first delivery of a chat and says how the chat goes on.
func (o *Outbox) runOnce(ctx context.Context, c *chat) bot.Next {
	d, ok := o.take(c)
	if !ok {
		return o.rest(c)
	}
	now := o.cfg.Clock()
	if d.Leased.Sub(now) < o.cfg.Timeout+o.cfg.Margin {
		return o.leave(c, d)
	}
	channel := o.channels[d.Chat.Channel()]
	notice := d.Notice && !o.answers(c)
	if wait := o.hold(d, notice, now); wait > 0 {
		o.putBack(c, d)
		return bot.Next{More: true, After: wait, Minor: d.Notice}
	}
	barred, err := o.barred(ctx, d, now)
	if barred {
		o.cfg.Log.InfoContext(ctx, "delivery is not made any more", slog.Int64("delivery", d.Seq), slog.String("reason", reasonBarred))
		return o.settle(c, d, bot.Settlement{Seq: d.Seq, Chat: d.Chat, State: bot.DeliveryDead, Reason: reasonBarred})
	}
	if wait := o.pace(ctx, channel, d, notice, now); err == nil && wait > 0 {
		return o.queueUp(ctx, c, d, wait)
	}
	if err == nil {
		err = o.sendReadable(ctx, channel, d)
	}
	s := o.judge(ctx, d, err)
	if s.State == bot.DeliveryDead {
		o.onDead(ctx, d, s.Reason)
	}
	return o.settle(c, d, s)
}

// fresh is the greatest age of an answer that is sent without asking whether it may go still.
const fresh = 5 * time.Second

// barred tells whether a delivery may not go any more.
func (o *Outbox) barred(ctx context.Context, d bot.Delivery, now time.Time) (barred bool, err error) {
	if o.cfg.Barred == nil || !d.Notice && now.Sub(d.Created) < fresh {
		return false, nil
	}
	defer o.guard(ctx, d, &err)
	return o.cfg.Barred(ctx, d)
}

// queueUp has a delivery wait until its channel has room for it. A notice for which that
// takes too long goes another way, if there is one.
func (o *Outbox) queueUp(ctx context.Context, c *chat, d bot.Delivery, wait time.Duration) bot.Next {
	if o.overdue(d) && o.goesElsewhere(ctx, d) {
		return o.settle(c, d, bot.Settlement{Seq: d.Seq, Chat: d.Chat, State: bot.DeliveryDead, Reason: reasonElsewhere})
	}
	o.putBack(c, d)
	if left := d.Created.Add(o.cfg.Patience).Sub(o.cfg.Clock()); d.Notice && left >= 0 {
		wait = min(wait, left+time.Second)
	}
	return bot.Next{More: true, After: wait, Minor: d.Notice}
}

func (o *Outbox) goesElsewhere(ctx context.Context, d bot.Delivery) (gone bool) {
	var err error // a panic here shows in the log; the delivery goes on waiting
	defer o.guard(ctx, d, &err)
	return o.cfg.Elsewhere(ctx, d)
}

// answers tells whether answers wait in a chat. They must not wait for notices before
// them, which then go as if they were answers too: their person is there.
func (o *Outbox) answers(c *chat) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return c.replies > 0
}

// hold gives the time that a notice for working hours has to wait for them.
func (o *Outbox) hold(d bot.Delivery, notice bool, now time.Time) time.Duration {
	if !notice || !d.Message.Daytime || o.cfg.NextOpen == nil {
		return 0
	}
	return o.cfg.NextOpen(now).Sub(now)
}

// pace asks the channel, if it minds, how long the delivery has to wait.
func (o *Outbox) pace(ctx context.Context, channel bot.Channel, d bot.Delivery, notice bool, now time.Time) time.Duration {
	p, ok := channel.(bot.Pacer)
	if !ok {
		return 0
	}
	var err error // a panic here shows in the log; the network will say if it is too fast
	defer o.guard(ctx, d, &err)
	return p.Pace(now, d.Chat, notice)
}

// send makes one try within Timeout, a panic made an error.
func (o *Outbox) send(ctx context.Context, channel bot.Channel, d bot.Delivery) (err error) {
	if channel == nil {
		return bot.ErrNoChannel
	}
	ctx, cancel := context.WithTimeout(ctx, o.cfg.Timeout)
	defer cancel()
	defer o.guard(ctx, d, &err)
	return channel.Send(ctx, d.ID, d.Chat, d.Message)
}

// onDead tells the hook of a delivery that is given up.
func (o *Outbox) onDead(ctx context.Context, d bot.Delivery, reason string) {
	o.cfg.Log.WarnContext(ctx, "delivery is dead", about(d), slog.String("reason", reason))
	var err error
	defer o.guard(ctx, d, &err)
	o.cfg.Dead(ctx, d, reason)
}

// guard is deferred around code of others. The value of a panic may quote the
// message, so only its type is told.
func (o *Outbox) guard(ctx context.Context, d bot.Delivery, err *error) {
	if v := recover(); v != nil {
		*err = errPanic
		o.cfg.Log.ErrorContext(ctx, "channel panicked", about(d), slog.String("value", fmt.Sprintf("%T", v)), slog.String("stack", string(debug.Stack())))
	}
}

// judge makes of the result of a try what becomes of the delivery.
func (o *Outbox) judge(ctx context.Context, d bot.Delivery, err error) bot.Settlement {
	if err == nil {
		return bot.Settlement{Seq: d.Seq, Chat: d.Chat, State: bot.DeliverySent}
	}
	if ctx.Err() != nil || errors.Is(err, bot.ErrNotActive) { // cut short
		return o.retry(d, 0, reasonStopped)
	}
	s := o.judgeFailure(d, err)
	if s.State == bot.DeliveryRetry {
		o.cfg.Log.InfoContext(ctx, "delivery failed", about(d), slog.String("reason", s.Reason), slog.Int("attempts", s.Attempts))
	}
	return s
}

func (o *Outbox) judgeFailure(d bot.Delivery, err error) bot.Settlement {
	reason := reasonOf(err)
	said, _ := errors.AsType[*bot.SendError](err)
	switch {
	case said != nil && said.Dead:
		return bot.Settlement{Seq: d.Seq, Chat: d.Chat, State: bot.DeliveryDead, Reason: reason}
	case (said != nil && said.Lasts || errors.Is(err, bot.ErrNoChannel)) && o.overdue(d):
		return bot.Settlement{Seq: d.Seq, Chat: d.Chat, State: bot.DeliveryDead, Reason: ReasonGaveUp + reason}
	case said != nil && said.After > 0:
		return o.retry(d, said.After, reason)
	case errors.Is(err, bot.ErrNoChannel):
		return o.retry(d, o.cfg.NoChannel, reason)
	case d.Attempts+1 >= o.cfg.Attempts:
		return bot.Settlement{Seq: d.Seq, Chat: d.Chat, State: bot.DeliveryDead, Reason: ReasonGaveUp + reason}
	}
	d.Attempts++
	return o.retry(d, o.backoff(d.Attempts), reason)
}

// overdue tells whether a notice is too old to wait for what may last.
func (o *Outbox) overdue(d bot.Delivery) bool {
	return d.Notice && o.cfg.Clock().Sub(d.Created) > o.cfg.Patience
}

// retry is the settlement of a delivery that is to be claimed again after a wait.
func (o *Outbox) retry(d bot.Delivery, wait time.Duration, reason string) bot.Settlement {
	s := bot.Settlement{Seq: d.Seq, Chat: d.Chat, State: bot.DeliveryRetry, Attempts: d.Attempts, Reason: reason, Owner: o.cfg.Owner}
	if wait > 0 {
		s.Retry = o.cfg.Clock().Add(wait)
	}
	return s
}

// backoff is the wait after so many failures: doubled each time, then spread
// between half and one and a half of that, so that what failed together does not
// come back together.
func (o *Outbox) backoff(attempts int) time.Duration {
	wait := o.cfg.Backoff
	for i := 1; i < attempts && wait < o.cfg.MaxBackoff; i++ {
		wait *= 2
	}
	wait = min(wait, o.cfg.MaxBackoff)
	return wait/2 + time.Duration(o.cfg.Rand()*float64(wait))
}

// reasonOf makes a short code of an error. Its text stays here: what a network's
// client says may hold an address or a token.
func reasonOf(err error) string {
	said, ok := errors.AsType[*bot.SendError](err)
	switch {
	case ok && said.Reason != "":
		return said.Reason
	case errors.Is(err, bot.ErrNoChannel):
		return reasonNoChannel
	case errors.Is(err, errPanic):
		return reasonPanic
	case errors.Is(err, context.DeadlineExceeded):
		return reasonTimeout
	}
	return reasonFailed
}

// about names a delivery in the log. Its chat and id may hold a phone number.
func about(d bot.Delivery) slog.Attr {
	return slog.Group("delivery", slog.Int64("seq", d.Seq), slog.String("channel", d.Chat.Channel()))
}
