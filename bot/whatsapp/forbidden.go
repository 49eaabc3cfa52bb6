//go:build !nowhatsapp

package whatsapp

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"

	"izinbot/bot"
)

// WhatsApp answers a message with 463 where a conversation with its recipient may not be
// begun. Each further try makes that last longer.
const (
	// justWrote is how long after a message of its own a chat waits for an answer.
	justWrote = 10 * time.Minute
	// severalChats refused within severalWithin show that the whole account is meant.
	severalChats  = 3
	severalWithin = time.Hour
)

// target is a chat that is written to.
type target struct {
	chat  bot.Address
	jid   types.JID
	heard time.Time // when it last wrote
}

// transmit sends a message. A reply to somebody who has just written that is refused is
// sent once more after a privacy token was given, by which WhatsApp knows the two as acquainted.
func (c *Channel) transmit(ctx context.Context, client *whatsmeow.Client, to target, m *waE2E.Message, id types.MessageID) error {
	send := func() error {
		_, err := client.SendMessage(ctx, to.jid, m, whatsmeow.SendRequestExtra{ID: id, Timeout: answerTimeout})
		return err
	}
	err := send()
	if !forbidden(err) {
		return err
	}
	if c.cfg.Now().Sub(to.heard) <= justWrote {
		if c.renewToken(ctx, client, to.jid) {
			err = send()
		}
		if !forbidden(err) {
			return err
		}
	}
	now := c.cfg.Now()
	if c.forbidden.add(to.chat, now) >= severalChats && !c.health.underLock(now) {
		c.lockUntil(true, time.Time{}) //nolint:contextcheck // the channel outlives the call
	}
	return err
}

// renewToken gives a chat a privacy token, also if it has one; that is done automatically
// only once a week.
func (c *Channel) renewToken(ctx context.Context, client *whatsmeow.Client, to types.JID) bool {
	inside := client.DangerousInternals() //nolint:staticcheck // the library has no other way to give one
	_, err := inside.IssuePrivacyToken(ctx, inside.ResolveTCTokenStorageLID(ctx, to), c.cfg.Now())
	if err != nil {
		c.cfg.Log.WarnContext(ctx, "whatsapp privacy token is not renewed", slog.Any("error", err))
	}
	return err == nil
}

func forbidden(err error) bool {
	return errors.Is(err, whatsmeow.ErrServerReturnedError) && codeOf(err) == codeTimelock
}

// forbiddenChats are those to which a message was answered with 463, with the instant.
// A restart forgets them: each is then tried once more.
type forbiddenChats struct {
	mu sync.Mutex
	at map[bot.Address]time.Time
}

// add notes a refusal, and tells to how many chats there were any lately.
func (f *forbiddenChats) add(chat bot.Address, now time.Time) (lately int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.at == nil {
		f.at = map[bot.Address]time.Time{}
	}
	f.at[chat] = now
	for other, at := range f.at {
		switch {
		case now.Sub(at) > day:
			delete(f.at, other)
		case now.Sub(at) <= severalWithin:
			lately++
		}
	}
	return lately
}

// has tells whether a chat is not to be tried: it was refused within a day, and has not
// written since.
func (f *forbiddenChats) has(chat bot.Address, heard, now time.Time) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	at, refused := f.at[chat]
	// WhatsApp tells whole seconds.
	return refused && now.Sub(at) <= day && heard.Before(at.Truncate(time.Second))
}
