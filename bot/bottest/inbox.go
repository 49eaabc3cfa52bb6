package bottest

import (
	"context"
	"slices"
	"sync"
	"testing"

	"izinbot/bot"
)

// Inbox is the far side of a channel: it takes every message, or none while it
// refuses. The zero value takes them.
type Inbox struct {
	mu      sync.Mutex
	refusal error
	all     []bot.Inbound
}

// Accept keeps the messages, repeated ones too.
func (i *Inbox) Accept(_ context.Context, in ...bot.Inbound) error {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.refusal != nil {
		return i.refusal
	}
	i.all = append(i.all, in...)
	return nil
}

// Refuse has Accept fail from now on; with nil it takes messages again.
func (i *Inbox) Refuse(err error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.refusal = err
}

// All gives what was taken, in order.
func (i *Inbox) All() []bot.Inbound {
	i.mu.Lock()
	defer i.mu.Unlock()
	return slices.Clone(i.all)
}

// Last gives what was taken last.
func (i *Inbox) Last(t *testing.T) bot.Inbound {
	t.Helper()
	all := i.All()
	if len(all) == 0 {
		t.Fatal("nothing arrived")
	}
	return all[len(all)-1]
}
