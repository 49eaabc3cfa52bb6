//go:build !nowhatsapp

package whatsapp

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
)

// linkName names the device in the phone's list of linked devices when it
// is linked by code. WhatsApp takes only names of known browsers.
const linkName = "Chrome (Linux)"

// Pair links a new device to the account whose phone scans one of the QR codes or,
// if a phone number is given, types the code. The channel of steps is closed after
// the last. It ends with ctx. Errors: [ErrLinked], [ErrUnreachable].
func (c *Channel) Pair(ctx context.Context, phone string) (<-chan PairStep, error) {
	if c.Linked() {
		return nil, ErrLinked
	}
	client := c.newClient(c.session.NewDevice()) //nolint:contextcheck // the channel outlives the call
	client.InitialAutoReconnect = false          // somebody is waiting: he should hear that it fails
	connected := make(chan struct{}, 1)
	client.AddEventHandler(func(event any) {
		if _, ok := event.(*events.Connected); ok {
			select {
			case connected <- struct{}{}:
			default:
			}
		}
	})
	codes, err := client.GetQRChannel(ctx)
	if err != nil {
		return nil, fmt.Errorf("pair: %w", err)
	}
	if err := client.ConnectContext(c.ctx); err != nil { //nolint:contextcheck // the channel outlives the call
		return nil, fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
	steps := make(chan PairStep, 8)
	c.running.Go(func() {
		defer close(steps)
		c.pair(ctx, client, pairing{phone: phone, codes: codes, connected: connected, steps: steps})
	})
	return steps, nil
}

type pairing struct {
	phone     string
	codes     <-chan whatsmeow.QRChannelItem
	connected <-chan struct{}
	steps     chan<- PairStep
}

func (c *Channel) pair(ctx context.Context, client *whatsmeow.Client, p pairing) {
	for item := range p.codes {
		if item.Event == whatsmeow.QRChannelEventCode {
			if !p.show(ctx, client, item.Code) {
				client.Disconnect()
				return
			}
			continue
		}
		if item != whatsmeow.QRChannelSuccess {
			client.Disconnect()
			p.steps <- PairStep{Error: failure(item)}
			return
		}
		c.own(client) //nolint:contextcheck // the channel outlives the call
	}
	select {
	case <-p.connected:
		p.steps <- PairStep{Done: true}
	case <-ctx.Done():
		client.Disconnect()
		p.steps <- PairStep{Error: ErrPairTimeout}
	}
}

// own makes a client that was just linked the channel's.
func (c *Channel) own(client *whatsmeow.Client) {
	client.InitialAutoReconnect = true
	c.mu.Lock()
	c.client, c.wanted, c.resting = client, true, false
	c.mu.Unlock()
	c.meet(client.Store.GetJID())
	c.sawPhone(c.cfg.Now())
}

// meet begins anew where another number was linked than before: WhatsApp's lock was the
// other one's, and to this one nobody has written yet.
func (c *Channel) meet(account types.JID) {
	other, err := c.session.Belong(c.ctx, account)
	if err != nil {
		c.cfg.Log.ErrorContext(c.ctx, "whatsapp does not know whether the number is new", slog.Any("error", err))
	}
	if other {
		c.lockUntil(false, time.Time{})
	}
}

// show passes on a QR code or, once, gets a code to type.
func (p *pairing) show(ctx context.Context, client *whatsmeow.Client, qr string) bool {
	if p.phone == "" {
		p.steps <- PairStep{QR: qr}
		return true
	}
	if p.phone == "shown" {
		return true
	}
	code, err := client.PairPhone(ctx, p.phone, true, whatsmeow.PairClientChrome, linkName)
	if err != nil {
		p.steps <- PairStep{Error: fmt.Errorf("%w: %w", ErrPairFailed, err)}
		return false
	}
	p.phone = "shown"
	p.steps <- PairStep{Code: code}
	return true
}

func failure(item whatsmeow.QRChannelItem) error {
	if item == whatsmeow.QRChannelTimeout {
		return ErrPairTimeout
	}
	if item.Error != nil {
		return fmt.Errorf("%w: %w", ErrPairFailed, item.Error)
	}
	return fmt.Errorf("%w: %s", ErrPairFailed, item.Event)
}

// Logout unlinks the device, at WhatsApp and here. It needs a connection.
func (c *Channel) Logout(ctx context.Context) error {
	client := c.current()
	if client == nil || !client.IsLoggedIn() {
		return whatsmeow.ErrNotConnected
	}
	if err := client.Logout(ctx); err != nil {
		return fmt.Errorf("log out: %w", err)
	}
	c.part(client)
	c.enter(State{Code: StateUnlinked, Since: c.cfg.Now()}) //nolint:contextcheck // the channel outlives the call
	return nil
}
