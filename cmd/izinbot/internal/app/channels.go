package app

import (
	"context"

	"izinbot/bot"
)

// runner is a channel that has to be started.
type runner interface {
	Start(ctx context.Context) error
	// Stop ends receiving; it may be called again, or without a Start.
	Stop(ctx context.Context) error
}

// drainer is a runner that can send after it has ended receiving; Stop ends both.
type drainer interface {
	runner
	Drain()
}

// runners are the channels that have to be started.
func (p *Program) runners() []runner {
	var out []runner
	for _, c := range p.channels {
		if r, ok := c.(runner); ok {
			out = append(out, r)
		}
	}
	return out
}

// link opens a chat with the bot on a network that has such links.
func (p *Program) link(word string) string {
	for _, c := range p.channels {
		if l, ok := c.(bot.Linker); ok {
			return l.Link(word)
		}
	}
	return ""
}

// typing shows in a chat that an answer is being prepared. That it cannot be shown
// is no matter.
func (p *Program) typing(ctx context.Context, to bot.Address) {
	for _, c := range p.channels {
		if t, ok := c.(bot.Typist); ok && c.Name() == to.Channel() {
			_ = t.Typing(ctx, to)
		}
	}
}
