//go:build !nowhatsapp

package whatsapp

import (
	"context"
	"log/slog"

	"go.mau.fi/whatsmeow/proto/waE2E"

	"izinbot/bot"
)

// In a chat whose messages disappear every message says so itself, also ours: a phone shows
// a warning beside one that would stay.

// expiryOf gives after how many seconds a message disappears; told is false if it does not say
// anything about its chat.
func expiryOf(m *waE2E.Message) (seconds uint32, told bool) {
	if m == nil {
		return 0, false
	}
	if p := m.GetProtocolMessage(); p != nil {
		return p.GetEphemeralExpiration(), p.GetType() == waE2E.ProtocolMessage_EPHEMERAL_SETTING
	}
	if m.GetReactionMessage() != nil || m.GetPollUpdateMessage() != nil {
		return 0, false
	}
	for _, info := range []*waE2E.ContextInfo{
		m.GetExtendedTextMessage().GetContextInfo(), m.GetImageMessage().GetContextInfo(), m.GetDocumentMessage().GetContextInfo(),
		m.GetLocationMessage().GetContextInfo(), m.GetLiveLocationMessage().GetContextInfo(), m.GetContactMessage().GetContextInfo(),
		m.GetContactsArrayMessage().GetContextInfo(), m.GetAudioMessage().GetContextInfo(), m.GetVideoMessage().GetContextInfo(),
		m.GetStickerMessage().GetContextInfo(),
	} {
		if info.GetExpiration() > 0 {
			return info.GetExpiration(), true
		}
	}
	return 0, true
}

// noteExpiry remembers whether the messages of a chat disappear. That it cannot be kept is no
// matter: the next message says it again.
func (c *Channel) noteExpiry(ctx context.Context, address bot.Address, m *waE2E.Message) {
	seconds, told := expiryOf(m)
	if !told {
		return
	}
	if err := c.session.KeepExpiry(ctx, address, seconds); err != nil {
		c.cfg.Log.WarnContext(ctx, "whatsapp expiry is not kept", slog.Any("error", err))
	}
}

// context gives the context of an answer: what it quotes, if anything, and when it disappears.
func (c *Channel) context(ctx context.Context, to bot.Address, quote *waE2E.ContextInfo) (*waE2E.ContextInfo, error) {
	seconds, err := c.session.Expiry(ctx, to)
	if err != nil || seconds == 0 {
		return quote, err
	}
	if quote == nil {
		quote = &waE2E.ContextInfo{}
	}
	quote.Expiration = &seconds
	return quote, nil
}
