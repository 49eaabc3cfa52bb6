package bot

import (
	"context"
	"time"
)

// typingLasts is after how long "is typing" is shown anew. Networks let it vanish
// after five seconds or more.
const typingLasts = 4 * time.Second

// showTyping has a chat see that an answer is being prepared, from TypingAfter on
// until stop is called.
func (d *Dispatcher) showTyping(ctx context.Context, to Address) (stop func()) {
	if d.cfg.Typing == nil {
		return func() {}
	}
	ctx, cancel := context.WithCancel(ctx)
	timer := time.AfterFunc(d.cfg.TypingAfter, func() { d.keepTyping(ctx, to) })
	return func() {
		timer.Stop()
		cancel()
	}
}

func (d *Dispatcher) keepTyping(ctx context.Context, to Address) {
	again := time.NewTicker(typingLasts)
	defer again.Stop()
	for ctx.Err() == nil {
		_ = d.guard(ctx, func(ctx context.Context) error { d.cfg.Typing(ctx, to); return nil })
		select {
		case <-again.C:
		case <-ctx.Done():
		}
	}
}
