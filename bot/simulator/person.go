package simulator

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"izinbot/bot"
)

// ErrNothing says that there was nothing to send.
var ErrNothing = errors.New("nothing to send")

// ErrFull says that the phone holds too many messages that the bot did not take.
var ErrFull = errors.New("too many unsent messages")

// Say is one message of a person: a text, or a pressed choice, or files, or a
// place.
type Say struct {
	Text     string
	Choice   string            // id of the pressed choice
	Of       int64             // the message whose choice it is; 0 means the newest that offers it
	Files    []bot.InboundFile // as [Network.Keep] gave them; Text is their caption
	Location *bot.Location
}

// Say puts a message on the phone and hands it to the bot, and before it whatever
// of this phone is still unsent. If the bot does not take it, the message stays on
// the phone, unsent, and the error says why. It gives the message's number. Errors:
// [ErrNoPhone], [ErrNothing], [ErrFull], [ErrClosed], and those of Accept.
func (n *Network) Say(ctx context.Context, phone string, s Say) (int64, error) {
	p, ok := n.phones[phone]
	if !ok {
		return 0, ErrNoPhone
	}
	if strings.TrimSpace(s.Text) == "" && s.Choice == "" && len(s.Files) == 0 && s.Location == nil {
		return 0, ErrNothing
	}
	release, err := p.acquire(ctx)
	if err != nil {
		return 0, err
	}
	defer release()
	number, err := n.put(p, s)
	if err != nil {
		return 0, err
	}
	return number, n.handOver(ctx, p)
}

// Resend hands over what is still unsent on any phone, as a phone does when it has
// the network again.
func (n *Network) Resend(ctx context.Context) error {
	var errs []error
	for _, set := range n.cfg.Phones {
		p := n.phones[set.ID]
		release, err := p.acquire(ctx)
		if err != nil {
			return err
		}
		errs = append(errs, n.handOver(ctx, p))
		release()
	}
	return errors.Join(errs...)
}

func (n *Network) put(p *phone, s Say) (int64, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if len(p.unsent) >= maxUnsent {
		return 0, ErrFull
	}
	if s.Choice != "" {
		of, label, offered := p.offering(s.Choice)
		if s.Of == 0 {
			s.Of = of
		}
		s.Text = label
		if !offered {
			s.Text = s.Choice
		}
	}
	return n.record(Event{Kind: KindMessage, Phone: p.ID, Message: fromPerson(n.cfg.Clock(), s)})
}

// handOver gives the phone's unsent messages to the bot, in order. The caller has
// the phone's turn.
func (n *Network) handOver(ctx context.Context, p *phone) error {
	n.mu.Lock()
	var numbers []int64
	var inbound []bot.Inbound
	for _, m := range p.unsent {
		numbers = append(numbers, m.N)
		inbound = append(inbound, m.inbound(p.Phone))
	}
	n.mu.Unlock()
	if len(inbound) == 0 {
		return nil
	}
	if err := n.cfg.Accept(ctx, inbound...); err != nil {
		return fmt.Errorf("hand over: %w", err)
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, number := range numbers {
		if _, err := n.record(Event{Kind: KindSent, Phone: p.ID, Of: number}); err != nil {
			return err
		}
	}
	return nil
}
