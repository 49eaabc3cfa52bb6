package notifications

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"izinbot/bot"
	"izinbot/notifications/outbox"
	"izinbot/workflow/store"
)

// atFault says, by the reason that a channel gives, why an address takes no messages;
// "" if the message was at fault, which would be so on any other address too.
func atFault(reason string) store.CallReason {
	switch reason {
	case "blocked":
		return store.CallBlocked
	case "deactivated":
		return store.CallDeactivated
	case "chat_not_found":
		return store.CallChatNotFound
	case "no_recent_inbound", "reachout_timelock":
		return store.CallNotAllowed
	case "not_on_whatsapp", "no_such_phone", "bad_address":
		return store.CallNotThere
	}
	if strings.HasPrefix(reason, outbox.ReasonGaveUp) {
		return store.CallNoAnswer
	}
	return ""
}

// reroute sends a notice to another address of its person, each address once; ok
// is false if none is left. The addresses at which it failed stand in its id as
// hashes, so that they need not be kept elsewhere.
func (u *Unreachable) reroute(ctx context.Context, d bot.Delivery, p store.Person) (ok bool, err error) {
	if !d.Notice {
		return false, nil // the answer to what was said there means nothing elsewhere
	}
	failed := d.ID + "~" + addressHash(d.Chat)
	for _, a := range p.Addresses {
		if strings.Contains(failed, "~"+addressHash(a)) {
			continue
		}
		m := d.Message
		m.Choices = slices.DeleteFunc(slices.Clone(m.Choices), func(c bot.Choice) bool {
			return !strings.HasPrefix(c.ID, "/") // it belongs to a question of the other chat
		})
		now := u.Now()
		return true, u.Commits.Commit(ctx, now, store.UnitOfWork{Deliveries: []bot.Delivery{
			{ID: failed, Chat: a, Notice: true, Message: m, Created: now},
		}})
	}
	return false, nil
}

func addressHash(a bot.Address) string {
	sum := sha256.Sum256([]byte(a))
	return hex.EncodeToString(sum[:5])
}
