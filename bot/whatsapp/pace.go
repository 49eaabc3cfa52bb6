//go:build !nowhatsapp

package whatsapp

import (
	"log/slog"
	"slices"
	"sync"
	"time"

	"izinbot/bot"
)

// limiter keeps the pace of notices.
type limiter struct {
	cfg  Pace
	rand func() float64

	mu   sync.Mutex
	sent []time.Time // notices of the last day, in order
	next time.Time   // none goes before
}

func newLimiter(cfg Pace, rand func() float64, sent []time.Time) *limiter {
	return &limiter{cfg: cfg.withDefaults(), rand: rand, sent: sent}
}

// Pace implements [bot.Pacer].
func (c *Channel) Pace(now time.Time, _ bot.Address, notice bool) time.Duration {
	if !notice || c.cfg.Pace.Unlimited {
		return 0
	}
	wait := c.pace.wait(now)
	if wait == 0 {
		// A count that is lost makes the caps a little wider; it must not keep the
		// notice from going.
		if err := c.session.Push(c.ctx, now); err != nil {
			c.cfg.Log.WarnContext(c.ctx, "whatsapp notice is not counted", slog.Any("error", err))
		}
	}
	return wait
}

// wait says how long a notice has to wait; 0: it goes, and counts.
func (l *limiter) wait(now time.Time) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.setBack(now)
	l.sent = slices.DeleteFunc(l.sent, func(at time.Time) bool { return now.Sub(at) >= day })
	until := l.next
	for _, limit := range []struct {
		count int
		span  time.Duration
	}{{l.cfg.Hourly, time.Hour}, {l.cfg.Daily, day}} {
		// The count-th notice from the end must be out of the span.
		if i := len(l.sent) - limit.count; i >= 0 && l.sent[i].Add(limit.span).After(until) {
			until = l.sent[i].Add(limit.span)
		}
	}
	if until.After(now) {
		return until.Sub(now)
	}
	l.sent = append(l.sent, now)
	l.next = now.Add(l.cfg.Min + time.Duration(l.rand()*float64(l.cfg.Max-l.cfg.Min)))
	return 0
}

// setBack follows a clock that was put back: what seems to lie ahead was just now. Else
// all notices would wait until the clock has caught up.
func (l *limiter) setBack(now time.Time) {
	for i, at := range slices.Backward(l.sent) {
		if !at.After(now) {
			break
		}
		l.sent[i] = now
	}
	if latest := now.Add(l.cfg.Max); l.next.After(latest) {
		l.next = latest
	}
}
