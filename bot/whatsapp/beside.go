//go:build !nowhatsapp

package whatsapp

import (
	"context"
	"time"

	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"

	"izinbot/bot"
)

// hearStaff notes that somebody of the office wrote to a person on the account's own phone,
// or on another device of it. What is no message, as a reaction, says nothing.
func (c *Channel) hearStaff(l *line, e *events.Message) bool {
	if !private(e.Info) || toOneself(l, e.Info.Chat) || e.Message.GetProtocolMessage() != nil {
		return true
	}
	in, ok := c.content(e)
	if !ok || in.Reaction || in.Withdrawn != "" || in.Better != "" {
		return true
	}
	return c.take(l, e.Info, e.Message, bot.Inbound{ID: "/" + bot.OtherStaff, Other: bot.OtherStaff}, false)
}

// toOneself tells whether a chat is the account's with itself.
func toOneself(l *line, chat types.JID) bool {
	device := l.client.Store
	return device.ID != nil && chat.User == device.ID.User || chat.User == device.LID.User
}

// callAge is the age, as the network tells it, at which a call is no longer answered: the
// caller has gone.
const callAge = 12 * time.Hour

// noteCall rejects a call, which nobody hears here, and passes on that there was one.
func (c *Channel) noteCall(l *line, e *events.CallOffer) bool {
	if !e.GroupJID.IsEmpty() || c.cfg.Now().Sub(e.Timestamp) > callAge {
		return true
	}
	caller := e.From
	c.later(func(ctx context.Context) { _ = l.client.RejectCall(ctx, caller, e.CallID) })
	info := types.MessageInfo{
		MessageSource: types.MessageSource{Chat: caller.ToNonAD(), Sender: caller.ToNonAD(), SenderAlt: e.CallCreatorAlt},
		ID:            e.CallID, Timestamp: e.Timestamp,
	}
	if !private(info) {
		return true
	}
	return c.take(l, info, nil, bot.Inbound{Other: bot.OtherCall}, true)
}
