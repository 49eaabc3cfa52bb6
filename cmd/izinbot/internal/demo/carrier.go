package demo

import (
	"context"

	"izinbot/bot"
	"izinbot/bot/simulator"
	"izinbot/cmd/izinbot/internal/app"
)

// Carrier is a chat network that stands between the phones and the program, so
// that a story can be played through it. The phones then only show and send.
type Carrier interface {
	// Connect gives the network's channel, or several networks'. What the bot says
	// there is shown on the phones.
	Connect(p *app.Program, phones *simulator.Network) ([]bot.Channel, error)
	// Files holds what the phones send and get.
	Files() bot.Files
	// Accept takes what a phone says to the network.
	Accept(ctx context.Context, in ...bot.Inbound) error
	// Idle waits until the program has all that the phones said.
	Idle(ctx context.Context) error
	// Address is the address of a phone in the network.
	Address(phone string) bot.Address
}

// channels opens the phones, with the carrier behind them if there is one.
func (d *Demo) channels(path string, phones simulator.Config, p *app.Program) (_ []bot.Channel, err error) {
	phones.Files, phones.Accept = p.Files, p.Accept
	if d.carrier != nil {
		phones.Files, phones.Accept = d.carrier.Files(), d.carrier.Accept
	}
	if d.Network, err = simulator.Open(path, phones); err != nil || d.carrier == nil {
		return []bot.Channel{d.Network}, err
	}
	return d.carrier.Connect(p, d.Network)
}

// idle waits until everything that was said is answered.
func (d *Demo) idle(ctx context.Context) error {
	if d.carrier != nil {
		if err := d.carrier.Idle(ctx); err != nil {
			return err
		}
	}
	return d.Program.Idle(ctx)
}

// address gives the address of a phone.
func (d *Demo) address(phone string) bot.Address {
	if d.carrier != nil {
		return d.carrier.Address(phone)
	}
	return bot.MakeAddress(simulator.Name, phone)
}
