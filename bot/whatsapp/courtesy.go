//go:build !nowhatsapp

package whatsapp

import (
	"context"
	"time"

	"go.mau.fi/whatsmeow/types"

	"izinbot/bot"
)

// courtesies limits the courtesies that wait; more are left out.
const courtesies = 256

// courtesyTimeout limits the time of one.
const courtesyTimeout = 10 * time.Second

// later does what nobody has to wait for, and what may be left out. The library's
// handler must not wait for answers of the network, which come through it.
func (c *Channel) later(do func(ctx context.Context)) {
	select {
	case c.courtesy <- do:
	default:
	}
}

func (c *Channel) serveCourtesies() {
	for {
		select {
		case do := <-c.courtesy:
			ctx, cancel := context.WithTimeout(c.ctx, courtesyTimeout)
			do(ctx)
			cancel()
		case <-c.ctx.Done():
			return
		}
	}
}

// Typing implements [bot.Typist].
func (c *Channel) Typing(ctx context.Context, to bot.Address) error {
	client := c.current()
	if client == nil || !client.IsLoggedIn() {
		return nil
	}
	jid, _, err := c.session.Whereabouts(ctx, to)
	if err != nil || jid.IsEmpty() {
		return err
	}
	return client.SendChatPresence(ctx, jid, types.ChatPresenceComposing, types.ChatPresenceMediaText)
}
