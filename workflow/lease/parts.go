package lease

import (
	"cmp"
	"fmt"
	"hash/fnv"

	"izinbot/bot"
	"izinbot/workflow/store"
)

// Names of leases.
const (
	Clock     = store.LeaseClock // what the time demands: reminders, digests
	Polling   = "telegram/poll"  // asking Telegram for updates, or telling it where to deliver
	WhatsApp  = "whatsapp"       // the connection to WhatsApp, and its chats
	chatsPart = "chats/%02d"
	nodeSlot  = nodes + "%02d"
	nodes     = "node/"
)

// Parts are the leases that the chats are divided into. All processes on a store
// must have the same number.
type Parts []string

// defaultParts is the number of parts unless told otherwise.
const defaultParts = 16

// NewParts gives n parts; 0 means the default.
func NewParts(n int) Parts {
	p := make(Parts, cmp.Or(n, defaultParts))
	for i := range p {
		p[i] = fmt.Sprintf(chatsPart, i)
	}
	return p
}

// Of gives the lease that a chat belongs to. It never changes. Chats on WhatsApp
// are one part, because only the process that is connected can speak there.
func (p Parts) Of(chat bot.Address) string {
	if chat.Channel() == WhatsApp {
		return WhatsApp
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(chat))
	return p[h.Sum32()%uint32(len(p))] //nolint:gosec // a small number
}
