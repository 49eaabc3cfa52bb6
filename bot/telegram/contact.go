package telegram

import (
	"context"
	"log/slog"
	"time"

	"izinbot/bot"
)

// lostAfter is the time without anything received after which the log has an ERROR.
const lostAfter = time.Minute

// contact is whether Telegram answers, in one run of receiving. The log tells of a loss
// once as a WARN; if it lasts, once as an ERROR, and once of its end.
type contact struct {
	lost   bot.Episodes
	failed bool // the last call
	now    func() time.Time
	log    *slog.Logger
}

func (c *Channel) newContact() *contact {
	return &contact{lost: bot.Episodes{Grace: lostAfter}, now: c.cfg.Now, log: c.cfg.Log}
}

// note takes how a call ended that receiving depends on.
func (c *contact) note(ctx context.Context, err error) {
	switch {
	case ctx.Err() != nil:
	case err != nil:
		if c.lost.Begin(Name, "", c.now()) {
			c.log.ErrorContext(ctx, "channel is without contact", slog.String("channel", Name), slog.Any("error", err))
		} else if !c.failed {
			c.log.WarnContext(ctx, "channel does not answer; it is tried again", slog.String("channel", Name), slog.Any("error", err))
		}
		c.failed = true
	default:
		c.failed = false
		if lasted, news := c.lost.End(Name, c.now()); news {
			c.log.ErrorContext(ctx, "channel has contact again", slog.String("channel", Name), slog.Duration("lasted", lasted))
		}
	}
}
