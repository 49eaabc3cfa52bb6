//go:build !nowhatsapp

package whatsapp

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"go.mau.fi/whatsmeow"

	"izinbot/bot"
	"izinbot/bot/whatsapp/internal/session"
)

// probeTimeout limits the time in which the network answers a probe.
const probeTimeout = 20 * time.Second

// banRetry is between logins during a ban of which WhatsApp did not say when it ends.
// Asking often would make it longer.
const banRetry = 6 * time.Hour

// keepSent is the time that the outcomes of messages are remembered.
const keepSent = 60 * day

// recall reads what the account's facts were before a restart.
func (c *Channel) recall(ctx context.Context) error {
	seen, err := c.session.Fact(ctx, session.FactPhoneSeen)
	if err != nil {
		return err
	}
	ends, err := c.session.Fact(ctx, session.FactLockEnds)
	if err != nil {
		return err
	}
	now := c.cfg.Now()
	if c.health.alive, err = c.session.Fact(ctx, session.FactSign); err != nil {
		return err
	}
	c.health.seen = seen
	if now.Before(ends) {
		c.health.lock = State{Code: StateTimelock, Since: now, Until: ends}
	}
	c.purged = now
	return c.session.Purge(ctx, now.Add(-keepSent))
}

// resume goes on with what the connection was before a restart, where that is so
// still: why no device is linked, or until when the account is banned.
func (c *Channel) resume(ctx context.Context) error {
	kept, err := states(ctx, c.session)
	if err != nil {
		return fmt.Errorf("read kept states: %w", err)
	}
	if len(kept) > 0 {
		before, linked := kept[0], c.client != nil
		banned := before.Code == StateTempBanned && c.cfg.Now().Before(before.Until)
		if !linked && before.unlinks() || linked && banned {
			c.health.link = before
		}
	}
	c.health.advance(c.cfg.Now())
	return keepStates(ctx, c.session, c.health.all())
}

// watch looks after the connection and the account until the channel stops.
func (c *Channel) watch() {
	for bot.Pause(c.ctx, c.cfg.Tick) {
		c.check(c.cfg.Now())
	}
}

// check does the periodic work that is due.
func (c *Channel) check(now time.Time) {
	if c.health.advance(now) {
		c.announce()
	}
	c.noteContact(now)
	c.keepSign(now)
	c.tidy(now)
	client := c.current()
	if client == nil {
		return
	}
	s := c.health.state()
	switch {
	case s.final(), c.rests():
	case s.endless():
		if c.health.downFor(now) >= banRetry {
			c.reconnect(client)
		}
	case s.Code == StateTempBanned:
		if !now.Before(s.Until) {
			c.connect()
		}
	case client.IsConnected() && s.Code == StateConnected:
		if c.health.silentFor(now) > c.cfg.Silence {
			c.probe(client)
		}
	case c.health.downFor(now) > c.cfg.Silence:
		c.exchange(StateConnecting, StateUnreachable)
		c.reconnect(client)
	}
}

// keepSign keeps the last sign of life once a minute, for who looks from outside.
func (c *Channel) keepSign(now time.Time) {
	last := c.LastSign()
	if now.Sub(c.signKept) < time.Minute || !last.After(c.signKept) {
		return
	}
	c.signKept = now
	if err := c.session.Note(c.ctx, session.FactSign, last); err != nil && c.ctx.Err() == nil {
		c.cfg.Log.WarnContext(c.ctx, "whatsapp sign of life is not kept", slog.Any("error", err))
	}
}

// tidy forgets old messages once a day.
func (c *Channel) tidy(now time.Time) {
	if now.Sub(c.purged) < day {
		return
	}
	c.purged = now
	if err := c.session.Purge(c.ctx, now.Add(-keepSent)); err != nil && c.ctx.Err() == nil {
		c.cfg.Log.WarnContext(c.ctx, "whatsapp messages are not forgotten", slog.Any("error", err))
	}
}

// probe asks the network for an answer. "Connected" is not alive: a connection can
// stay open for hours without carrying anything.
func (c *Channel) probe(client *whatsmeow.Client) {
	ctx, cancel := context.WithTimeout(c.ctx, probeTimeout)
	defer cancel()
	if err := client.SetPassive(ctx, false); err == nil {
		c.health.sign(c.cfg.Now())
		c.enter(State{Code: StateConnected, Since: c.cfg.Now()})
		return
	}
	if c.ctx.Err() != nil || c.health.state().final() {
		return
	}
	c.enter(State{Code: StateSilent, Since: c.cfg.Now()})
	c.reconnect(client)
}

// reconnect connects anew, also where the library itself has given up.
func (c *Channel) reconnect(client *whatsmeow.Client) {
	c.cfg.Log.InfoContext(c.ctx, "whatsapp is connected anew")
	client.Disconnect()
	c.health.begin(c.cfg.Now())
	c.connect()
}

// lockUntil begins or ends the timelock. A zero end means that WhatsApp did not say;
// one in the past is old news.
func (c *Channel) lockUntil(active bool, ends time.Time) {
	now := c.cfg.Now()
	s := State{}
	if ends.IsZero() {
		ends = now.Add(day)
	}
	if active && ends.After(now) {
		s = State{Code: StateTimelock, Since: now, Until: ends}
	}
	if err := c.session.Note(c.ctx, session.FactLockEnds, s.Until); err != nil {
		c.cfg.Log.WarnContext(c.ctx, "whatsapp timelock is not kept", slog.Any("error", err))
	}
	if c.health.locked(s) {
		c.announce()
	}
}

// sawPhone notes a sign of the account's own phone, without which WhatsApp removes
// linked devices after two weeks.
func (c *Channel) sawPhone(at time.Time) {
	news, keep := c.health.saw(at)
	if keep {
		if err := c.session.Note(c.ctx, session.FactPhoneSeen, at); err != nil {
			c.cfg.Log.WarnContext(c.ctx, "whatsapp phone's sign is not kept", slog.Any("error", err))
		}
	}
	if news {
		c.announce()
	}
}

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
