package app

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"izinbot/cmd/izinbot/internal/supervise"
	"izinbot/notifications"
	"izinbot/workflow"
)

// The long-lived parts of the program run under one supervisor:
//
//	part                            begun again by
//	web                             listening anew at the same address
//	telegram, whatsapp              polling, registering or connecting anew
//	telegram name, telegram profile asking and telling Telegram again
//	whatsapp courtesies, …watch     going on with the next
//	whatsapp news                   looking at the states again
//	outbox, inbox                   searching the store again
//	outage                          going on with the next chat
//	lease, turns                    reading the store again
//	clock                           the next minute
//	commands                        accepting at the same socket
//
// Handling a message and sending a delivery guard themselves: a panic there is a failed
// try. A part that ends nine times without ten good minutes between ends the program.

// Supervise keeps a part running that is made outside of this package.
func (p *Program) Supervise(ctx context.Context, part string, run func(ctx context.Context) error) {
	p.parts.Run(ctx, part, run)
}

// Failed is closed once the program cannot go on; Err then tells why.
func (p *Program) Failed() <-chan struct{} { return p.parts.Failed() }

// Err tells why the program cannot go on; nil: it can.
func (p *Program) Err() error { return p.parts.Err() }

const (
	tellTime = 5 * time.Second // for storing what admins are told
	tellRest = time.Hour       // between two notices of one part
)

// heard is when admins were told of a part last.
type heard struct {
	mu sync.Mutex
	at map[string]time.Time
}

// first tells whether a notice is due, and notes it.
func (h *heard) first(part string, at time.Time) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if last, ok := h.at[part]; ok && at.Sub(last) < tellRest {
		return false
	}
	if h.at == nil {
		h.at = map[string]time.Time{}
	}
	h.at[part] = at
	return true
}

// ended tells the admins that a part has ended. What is stored for them is sent at the
// next start, if not now.
func (p *Program) ended(ctx context.Context, end supervise.End) {
	if p.outbox == nil || !end.Final && !p.heard.first(end.Part, end.At) {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), tellTime)
	defer cancel()
	text := p.Texts.Say(workflow.Indonesian, "part.again", "part", end.Part)
	if end.Final {
		text = p.Texts.Say(workflow.Indonesian, "part.final", "part", end.Part)
	}
	err := p.alarm().Tell(ctx, p.cfg.Now(), notifications.Condition{
		Channel: "izinbot", Side: end.Part, Trouble: fmt.Sprintf("ended@%d", end.At.UnixNano()), Text: text,
	})
	if err != nil {
		p.cfg.Log.ErrorContext(ctx, "admins are not told that a part ended", slog.String("part", end.Part), slog.Any("error", err))
	}
}

// look is Look with a panic made an error, of which the admins are told.
func (p *Program) look(ctx context.Context) error {
	return p.parts.Try(ctx, "clock", p.Look)
}
