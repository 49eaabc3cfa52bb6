package app

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"izinbot/bot"
	"izinbot/bot/telegram"
	"izinbot/workflow/lease"
	"izinbot/workflow/store"
)

// exclusive is a store that no other process can have open.
type exclusive interface{ Exclusive() bool }

// cluster holds the node's part in a store that it shares with other processes.
type cluster struct {
	keeper *lease.Keeper // nil: it has the store alone
	halt   context.CancelFunc
	duties sync.WaitGroup
}

// share makes the program one of several nodes, unless it has the store alone.
func (p *Program) share(owner string) (err error) {
	if p.alone() {
		return nil
	}
	p.cluster.keeper, err = lease.New(lease.Config{
		Store: p.Store, Owner: owner, Now: time.Now, Whole: p.wholeLeases(), Drain: p.yield,
		Timing: p.cfg.Leases, Supervise: p.parts.Run, Log: p.cfg.Log,
	})
	if s, ok := p.data.Store.(interface{ ServedBy(func(bot.Address) bool) }); ok && err == nil {
		s.ServedBy(p.cluster.keeper.Ours)
	}
	return err
}

// alone tells whether no other process can have the store open.
func (p *Program) alone() bool {
	e, ok := p.data.Store.(exclusive)
	return ok && e.Exclusive()
}

// wholeLeases are the leases that this program is able to serve, besides chats.
func (p *Program) wholeLeases() []string {
	names := []string{lease.Clock}
	for _, c := range p.channels {
		switch c.Name() {
		case telegram.Name:
			names = append(names, lease.Polling)
		case lease.WhatsApp:
			names = append(names, lease.WhatsApp)
		}
	}
	return names
}

// shares are the chats that are served here; nil: all.
func (p *Program) shares() bot.Shares {
	if p.cluster.keeper == nil {
		return nil // an interface around a nil keeper would not be nil
	}
	return p.cluster.keeper
}

// lonely tells whether no other process runs on the shared store; nil: it is not shared.
func (p *Program) lonely() func() bool {
	if p.cluster.keeper == nil {
		return nil
	}
	return p.cluster.keeper.Alone
}

func (p *Program) terms() store.Terms {
	if p.cluster.keeper == nil {
		return nil
	}
	return p.cluster.keeper
}

// yield waits until nothing is done any more in chats that are being handed over.
func (p *Program) yield(ctx context.Context) error {
	return errors.Join(p.dispatcher.Yield(ctx), p.outbox.Yield(ctx))
}

// Alone gives what a channel does its work with that only one process may do, such
// as polling: it runs the work while this process is the one. The context of the
// work ends when it no longer is. nil: it always is.
func (p *Program) Alone(name string) func(ctx context.Context, work func(ctx context.Context)) {
	if p.alone() {
		return nil
	}
	return func(ctx context.Context, work func(ctx context.Context)) { p.cluster.keeper.Run(ctx, name, work) }
}

// Share tells which part of all chats is served here: more than 0, at most 1.
func (p *Program) Share() float64 {
	const least = 1.0 / 16 // the last answers of chats that have just gone
	if p.cluster.keeper == nil {
		return 1
	}
	return max(least, p.cluster.keeper.Share())
}

// elsewhere tells, of a program that is not cut off, which chats others serve.
func (p *Program) elsewhere() func(bot.Address) bool {
	k := p.cluster.keeper
	if k == nil {
		return nil
	}
	return func(chat bot.Address) bool { return k.Alive() && !k.Ours(chat) }
}

// Kept tells a chat whose messages could not be stored that its network keeps them.
func (p *Program) Kept(ctx context.Context, chat bot.Address) { p.outage.Kept(ctx, chat) }

// Leases lists the leases that this process holds; none if it has its store alone.
func (p *Program) Leases() []string {
	if p.cluster.keeper == nil {
		return nil
	}
	return p.cluster.keeper.Held()
}

// join takes the program's part of the work, before anything is begun.
func (p *Program) join(ctx context.Context) {
	if p.cluster.keeper != nil {
		p.cluster.keeper.Start(ctx)
	}
}

// attend does what a change of what is held demands, until part.
func (p *Program) attend(ctx context.Context) {
	k := p.cluster.keeper
	if k == nil {
		return
	}
	ctx, p.cluster.halt = context.WithCancel(context.WithoutCancel(ctx))
	p.cluster.duties.Go(func() { p.parts.Run(ctx, "shares", p.followShares) })
	p.cluster.duties.Go(func() {
		k.Run(ctx, lease.Clock, func(ctx context.Context) {
			if err := p.look(ctx); err != nil && ctx.Err() == nil {
				p.cfg.Log.ErrorContext(ctx, "what the clock demands is left undone", slog.Any("error", err))
			}
		})
	})
}

// followShares has the program look for work whenever what it holds changes.
func (p *Program) followShares(ctx context.Context) error {
	for ctx.Err() == nil {
		changed := p.cluster.keeper.Changed()
		p.dispatcher.Look()
		p.outbox.Look()
		select {
		case <-changed:
		case <-ctx.Done():
		}
	}
	return nil
}

// part hands over all that the program holds. It is done last, so that nothing runs
// any more.
func (p *Program) part(ctx context.Context) {
	if p.cluster.halt != nil {
		p.cluster.halt()
		p.cluster.duties.Wait()
	}
	if p.cluster.keeper != nil {
		p.cluster.keeper.Stop(ctx)
	}
}
