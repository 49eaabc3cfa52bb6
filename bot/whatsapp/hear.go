//go:build !nowhatsapp

package whatsapp

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"log/slog"
	"strings"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"

	"izinbot/bot"
	"izinbot/bot/whatsapp/internal/session"
)

// acceptTimeout limits the time to store a message.
const acceptTimeout = 30 * time.Second

// hear takes a message. false: it is not stored and must come again.
func (c *Channel) hear(l *line, e *events.Message) bool {
	if e.Info.IsFromMe {
		if e.Info.Sender.Device == 0 {
			c.sawPhone(e.Info.Timestamp)
		}
		return c.hearStaff(l, e)
	}
	if !private(e.Info) {
		return true
	}
	in, ok := c.content(e)
	if !ok {
		return true
	}
	c.unreadable.arrived(e.Info.ID)
	if !c.take(l, e.Info, e.Message, in, e.UnavailableRequestID != "") {
		return false
	}
	c.later(func(ctx context.Context) {
		_ = l.client.MarkRead(ctx, []types.MessageID{e.Info.ID}, c.cfg.Now(), e.Info.Chat, e.Info.Sender)
	})
	return true
}

// private tells whether a message is from one person to the office alone.
func private(info types.MessageInfo) bool {
	people := info.Chat.Server == types.DefaultUserServer || info.Chat.Server == types.HiddenUserServer
	return people && !info.IsGroup && !info.Chat.IsBot() && info.Chat.User != types.PSAJID.User
}

// take completes a message with who sent it, and stores it. What the account's own
// phone passed on comes only once, whatever is answered, so that is tried longer. m is the
// message as it came, or nil.
func (c *Channel) take(l *line, info types.MessageInfo, m *waE2E.Message, in bot.Inbound, once bool) bool {
	tries := 1
	if once {
		tries = 8
	}
	for i := range tries {
		if i > 0 && !bot.Pause(c.ctx, c.cfg.Retry) {
			return false
		}
		err := c.store(l.client, info, m, in)
		if err == nil {
			return true
		}
		if errors.Is(err, ErrNotNow) {
			l.spent.Store(true)
			return false
		}
		c.cfg.Log.ErrorContext(c.ctx, "whatsapp message is not stored", slog.Any("error", err))
	}
	return false
}

func (c *Channel) store(client *whatsmeow.Client, info types.MessageInfo, m *waE2E.Message, in bot.Inbound) error {
	if c.drained.Load() {
		return ErrNotNow
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(c.ctx), acceptTimeout)
	defer cancel()
	chat := info.Chat.ToNonAD()
	other := info.SenderAlt.ToNonAD()
	if other.IsEmpty() {
		// What is not known yet is not an error.
		other, _ = client.Store.GetAltJID(ctx, chat)
	}
	// A date to come would keep the chat open for notices for as long.
	heard := info.Timestamp
	if now := c.cfg.Now(); heard.After(now) || heard.Year() < 2000 {
		heard = now
	}
	if in.Other == bot.OtherStaff {
		heard = time.UnixMilli(0) // the person himself has not written
	}
	address, err := c.session.Settle(ctx, chat, other, heard)
	if err != nil {
		return err
	}
	c.noteExpiry(ctx, address, m)
	in.ID, in.Chat = inboundID(address, info.ID)+in.ID, address
	in.Better, in.Withdrawn = sameChat(address, in.Better), sameChat(address, in.Withdrawn)
	in.Edits = sameChat(address, in.Edits)
	in.Name, in.At = info.PushName, info.Timestamp
	if err := c.cfg.Accept(ctx, in); err != nil {
		return err
	}
	c.quotes.keep(in.ID, in.Text)
	return nil
}

// inboundID makes an id that is unique: who sends a message chooses its id on the
// network, so the chat is part of it. The address may hold a phone number, which
// must not get into logs, so it is hashed.
func inboundID(address bot.Address, id types.MessageID) string {
	h := sha256.Sum256([]byte(address))
	return Name + ":" + hex.EncodeToString(h[:8]) + "/" + id
}

// sameChat gives the inbound id of an earlier message of a chat; "" for none.
func sameChat(address bot.Address, id types.MessageID) string {
	if id == "" {
		return ""
	}
	return inboundID(address, id)
}

// answered finds the message that a delivery answers: its id on the network, and
// our own. The ids of answers begin with that of what they answer. Only the first
// of several answers quotes.
func answered(delivery string) (id types.MessageID, inbound string) {
	parts := strings.Split(delivery, "/")
	if len(parts) != 3 || !strings.HasPrefix(delivery, Name+":") || parts[2] != "1" {
		return "", ""
	}
	return parts[1], parts[0] + "/" + parts[1]
}

// noteReceipt notes how far messages have come.
func (c *Channel) noteReceipt(e *events.Receipt) bool {
	if e.IsFromMe {
		if e.Sender.Device == 0 {
			c.sawPhone(e.Timestamp)
		}
		return true
	}
	p := session.Unknown
	switch e.Type { //nolint:exhaustive // the others say nothing about how far a message has come
	case types.ReceiptTypeDelivered, types.ReceiptTypeInactive:
		p = session.Delivered
	case types.ReceiptTypeRead, types.ReceiptTypePlayed:
		p = session.Read
	}
	if p == session.Unknown {
		return true
	}
	if err := c.session.Advance(c.ctx, p, e.MessageIDs...); err != nil {
		c.cfg.Log.WarnContext(c.ctx, "whatsapp receipt is not kept", slog.Any("error", err))
		return false
	}
	return true
}
