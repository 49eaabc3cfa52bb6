package simulator

import (
	"context"
	"slices"

	"izinbot/bot"
)

// maxUnsent limits the messages that a phone holds back while the bot takes none.
const maxUnsent = 100

// phone is a Phone with what is on it. Its fields are guarded by the network's
// mutex; turn keeps the person's messages in order while they are handed over.
type phone struct {
	Phone
	turn     chan struct{} // holds one token
	messages []Message     // the newest, bounded by Config.Keep
	unsent   []Message
	taken    map[string]bool // deliveries among messages
	readTo   int64
	unread   int
}

func newPhone(p Phone) *phone {
	out := &phone{Phone: p, turn: make(chan struct{}, 1), taken: map[string]bool{}}
	out.turn <- struct{}{}
	if out.Hints == nil {
		out.Hints = []string{} // an empty list in JSON too
	}
	return out
}

// acquire waits for the phone's turn to send; the caller must give it back.
func (p *phone) acquire(ctx context.Context) (release func(), err error) {
	select {
	case <-p.turn:
		return func() { p.turn <- struct{}{} }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// apply changes the phone as the event says. It is the only thing that does.
func (p *phone) apply(e Event, keep int) {
	switch e.Kind {
	case KindMessage:
		p.add(*e.Message, keep)
	case KindSent:
		p.markSent(e.Of)
	case KindRead:
		p.markRead(e.Of)
	case KindTyping, kindReserve:
	}
}

func (p *phone) add(m Message, keep int) {
	p.messages = append(p.messages, m)
	switch {
	case m.Mine && !m.Sent:
		p.unsent = append(p.unsent, m)
	case !m.Mine:
		p.taken[m.Delivery] = true
		p.unread++
	}
	// Dropping in chunks keeps the cost of a message constant.
	if len(p.messages) < 2*keep {
		return
	}
	drop := len(p.messages) - keep
	for _, old := range p.messages[:drop] {
		delete(p.taken, old.Delivery)
	}
	p.messages = slices.Clone(p.messages[drop:])
}

func (p *phone) markSent(of int64) {
	if i := find(p.messages, of); i >= 0 {
		p.messages[i].Sent = true
	}
	if i := find(p.unsent, of); i >= 0 {
		p.unsent = slices.Delete(p.unsent, i, i+1)
	}
}

func (p *phone) markRead(of int64) {
	p.readTo = of
	p.unread = 0
	for _, m := range slices.Backward(p.messages) {
		if m.N <= of {
			return
		}
		if !m.Mine {
			p.unread++
		}
	}
}

// offering finds the newest message that offers the choice.
func (p *phone) offering(choice string) (of int64, label string, ok bool) {
	for _, m := range slices.Backward(p.messages) {
		i := slices.IndexFunc(m.Choices, func(c bot.Choice) bool { return c.ID == choice })
		if i >= 0 {
			return m.N, m.Choices[i].Label, true
		}
	}
	return 0, "", false
}

func find(messages []Message, n int64) int {
	i, ok := slices.BinarySearchFunc(messages, n, func(m Message, n int64) int { return int(m.N - n) })
	if !ok {
		return -1
	}
	return i
}
