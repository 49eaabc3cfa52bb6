package simulator

import (
	"context"

	"izinbot/bot"
)

// Send implements [bot.Channel]: the message appears on the phone. A delivery id
// that the phone has already taken changes nothing. The address of no phone is a
// dead one.
func (n *Network) Send(_ context.Context, id string, to bot.Address, m bot.Message) error {
	p, err := n.addressed(to)
	if err != nil {
		return err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if p.taken[id] {
		return nil
	}
	_, err = n.record(Event{Kind: KindMessage, Phone: p.ID, Message: fromBot(id, n.cfg.Clock(), m)})
	return err
}

// Typing implements [bot.Typist].
func (n *Network) Typing(_ context.Context, to bot.Address) error {
	p, err := n.addressed(to)
	if err != nil {
		return err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	_, err = n.record(Event{Kind: KindTyping, Phone: p.ID})
	return err
}

func (n *Network) addressed(to bot.Address) (*phone, error) {
	p, ok := n.phones[to.Chat()]
	if !ok || to.Channel() != Name {
		return nil, &bot.SendError{Reason: "no_such_phone", Dead: true}
	}
	return p, nil
}
