package app

import (
	"context"
	"log/slog"
	"slices"
	"time"

	"izinbot/bot"
	"izinbot/workflow/lease"
)

// exclusive is a store that no other process can have open.
type exclusive interface{ Exclusive() bool }

// alone tells whether no other process can have the store open.
func (p *Program) alone() bool {
	e, ok := p.data.Store.(exclusive)
	return ok && e.Exclusive()
}

// whatsApp is the name of the channel that only the machine with its session can be
// connected to.
const whatsApp = "whatsapp"

// openNode makes the program one of several nodes, of which one is active, unless it has
// the store alone. The one with WhatsApp is preferred, for no other can be connected.
func (p *Program) openNode(name string) (err error) {
	if p.alone() {
		return nil
	}
	p.node, err = lease.New(lease.Config{
		Store: p.Store, Name: name, Now: time.Now, Timing: p.cfg.Lease, Supervise: p.parts.Run, Log: p.cfg.Log,
		Prefer: slices.ContainsFunc(p.channels, func(c bot.Channel) bool { return c.Name() == whatsApp }),
	})
	if s, ok := p.data.Store.(interface{ ActiveIf(active func() bool) }); ok && err == nil {
		s.ActiveIf(p.node.Active)
	}
	return err
}

// leadership tells whether this node is the active one; nil: it has the store alone.
func (p *Program) leadership() bot.Leadership {
	if p.node == nil {
		return nil // an interface around a nil node would not be nil
	}
	return p.node
}

// standby tells whether another node serves the chats; nil: there is no other.
func (p *Program) standby() func() bool {
	if p.node == nil {
		return nil
	}
	return p.node.Standby
}

// WhileActive gives what a channel does its work with that only the active node may do,
// such as polling: it runs the work whenever this node is active. nil: it always is.
func (p *Program) WhileActive() func(ctx context.Context, work func(ctx context.Context)) {
	if p.alone() {
		return nil
	}
	return func(ctx context.Context, work func(ctx context.Context)) { p.node.Run(ctx, work) }
}

// Active tells whether this node is the active one.
func (p *Program) Active() bool { return p.node.Active() }

// role is shown with the node's health; empty if it has the store alone.
func (p *Program) role() []string {
	switch {
	case p.node == nil:
		return nil
	case p.node.Active():
		return []string{"active"}
	}
	return []string{"standby"}
}

// Kept tells a chat whose messages could not be stored that its network keeps them.
func (p *Program) Kept(ctx context.Context, chat bot.Address) { p.outage.Kept(ctx, chat) }

// attend has the program look for work, and at the clock, whenever it becomes active, and
// forget what waits to be sent when it no longer is, until part.
func (p *Program) attend(ctx context.Context) {
	if p.node == nil {
		return
	}
	ctx, p.unattend = context.WithCancel(context.WithoutCancel(ctx))
	p.attending.Go(func() {
		p.node.Run(ctx, func(ctx context.Context) {
			p.dispatcher.Look()
			p.outbox.Look()
			if err := p.look(ctx); err != nil && ctx.Err() == nil {
				p.cfg.Log.ErrorContext(ctx, "what the clock demands is left undone", slog.Any("error", err))
			}
			<-ctx.Done()
			p.outbox.Forget()
		})
	})
}

// part gives the lease back. It is done last, when nothing runs any more.
func (p *Program) part(ctx context.Context) {
	if p.unattend != nil {
		p.unattend()
		p.attending.Wait()
	}
	p.node.Stop(ctx)
}
