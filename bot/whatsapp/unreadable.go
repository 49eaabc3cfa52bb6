//go:build !nowhatsapp

package whatsapp

import (
	"sync"
	"time"

	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"

	"izinbot/bot"
)

// unreadable are messages that could not be decrypted. The library asks the
// sender's phone, and the account's own, to send them again.
type unreadable struct {
	mu      sync.Mutex
	waiting map[types.MessageID]*time.Timer
}

// arrived notes that a message came after all.
func (u *unreadable) arrived(id types.MessageID) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if t := u.waiting[id]; t != nil {
		t.Stop()
		delete(u.waiting, id)
	}
}

func (u *unreadable) wait(id types.MessageID, d time.Duration, do func()) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.waiting == nil {
		u.waiting = map[types.MessageID]*time.Timer{}
	}
	if u.waiting[id] != nil {
		return
	}
	u.waiting[id] = time.AfterFunc(d, func() {
		u.mu.Lock()
		_, still := u.waiting[id]
		delete(u.waiting, id)
		u.mu.Unlock()
		if still {
			do()
		}
	})
}

// noteUnreadable asks a person to repeat what does not come again in time. A
// view-once message never comes to linked devices.
func (c *Channel) noteUnreadable(e *events.UndecryptableMessage) {
	info := e.Info
	if info.IsFromMe || !private(info) || e.DecryptFailMode == events.DecryptFailHide {
		return
	}
	wait, kind := c.cfg.Unreadable, bot.OtherUnreadable
	if e.UnavailableType == events.UnavailableTypeViewOnce {
		wait, kind = 0, bot.OtherViewOnce
	}
	c.unreadable.wait(info.ID, wait, func() {
		if client := c.current(); client != nil && c.ctx.Err() == nil {
			// The id differs from the message's own, which may still come.
			c.take(&line{client: client}, info, nil, bot.Inbound{ID: "/" + kind, Other: kind}, true)
		}
	})
}
