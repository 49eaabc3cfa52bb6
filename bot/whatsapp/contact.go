//go:build !nowhatsapp

package whatsapp

import (
	"log/slog"
	"time"
)

// lostAfter is the time without a connection after which the log has an ERROR.
const lostAfter = time.Minute

// noteContact logs, once each, that an account that was linked has had no connection for
// a minute, and that it has one again. A channel that nobody has set up, or that does not
// run here, has lost nothing.
func (c *Channel) noteContact(now time.Time) {
	switch s := c.health.state(); s.Code {
	case StateUnlinked, StateStopped:
		c.lost.End(Name, now)
	case StateConnected:
		if lasted, news := c.lost.End(Name, now); news {
			c.cfg.Log.ErrorContext(c.ctx, "channel has contact again", slog.String("channel", Name), slog.Duration("lasted", lasted))
		}
	case StateConnecting, StateUnreachable, StateSilent, StateLoggedOut, StateLocked, StateBanned,
		StateTempBanned, StateOutdated, StateReplaced, StateRefused, StateTimelock, StatePhoneUnseen:
		if c.lost.Begin(Name, "", now) {
			c.cfg.Log.ErrorContext(c.ctx, "channel is without contact", slog.String("channel", Name), slog.String("state", string(s.Code)))
		}
	}
}
