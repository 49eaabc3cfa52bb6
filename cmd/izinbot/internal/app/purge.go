package app

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"izinbot/workflow"
)

// DefaultKeep is the time for which handled messages and settled deliveries are kept. What was
// decided stands in the histories of cases, which are kept for ever.
const DefaultKeep = 90 * 24 * time.Hour

// purgeAt is when messages are purged, since midnight: nobody waits for the store
// then.
const purgeAt = 3 * time.Hour

// purger remembers the day on which messages were purged last. To do it twice, after
// a restart or in two processes, does no harm.
type purger struct {
	mu  sync.Mutex
	day string
}

// purge removes, once a day, the messages that are older than what is kept.
func (p *Program) purge(ctx context.Context, now time.Time) error {
	local := now.In(workflow.WIB())
	today := local.Format(time.DateOnly)
	p.purger.mu.Lock()
	defer p.purger.mu.Unlock()
	if p.purger.day == today || time.Duration(local.Hour())*time.Hour < purgeAt {
		return nil
	}
	n, err := p.Store.Purge(ctx, now.Add(-cmp.Or(p.cfg.Keep, DefaultKeep)))
	if err != nil {
		return fmt.Errorf("purge messages: %w", err)
	}
	p.purger.day = today
	if n > 0 {
		p.cfg.Log.InfoContext(ctx, "old messages are removed", slog.Int("messages", n))
	}
	return nil
}
