package app

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"izinbot/cmd/izinbot/internal/storage"
	"izinbot/workflow"
	"izinbot/workflow/store"
)

const (
	// sweepAge is the time for which a file is kept that nothing names. Between its Put and the
	// record that names it lie minutes.
	sweepAge = 24 * time.Hour
	// sweepAgain is when a sweep that failed is tried again.
	sweepAgain = time.Hour
)

// sweeper remembers when files were swept last, and how far.
type sweeper struct {
	mu    sync.Mutex
	day   string
	again time.Time // not before
	after string    // key of the last file that was looked at
}

// sweep removes, once a day at night or when the office is started later, the files that
// nothing has named for a day. Of several nodes, the active one does it.
func (p *Program) sweep(ctx context.Context, now time.Time) error {
	if p.cfg.KeepFiles {
		return nil
	}
	local := now.In(workflow.WIB())
	today := local.Format(time.DateOnly)
	s := &p.sweeper
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.day == today || now.Before(s.again) || time.Duration(local.Hour())*time.Hour < purgeAt {
		return nil
	}
	s.again = now.Add(sweepAgain)
	done := "sweep/" + today
	claimed, err := p.Store.Claimed(ctx, done)
	if err != nil {
		return fmt.Errorf("sweep files: %w", err)
	}
	if len(claimed) == 0 {
		if err := p.sweepOnce(ctx, now); err != nil {
			return fmt.Errorf("sweep files: %w", err)
		}
		if err := p.Commits.Once(ctx, now, store.UnitOfWork{Claims: []string{done}}); err != nil {
			return fmt.Errorf("sweep files: %w", err)
		}
	}
	s.day, s.again = today, time.Time{}
	return nil
}

func (p *Program) sweepOnce(ctx context.Context, now time.Time) error {
	swept, err := storage.Sweep(ctx, p.data, p.sweeper.after, now.Add(-sweepAge))
	if swept.Files > 0 {
		p.cfg.Log.InfoContext(ctx, "files that nothing refers to are removed", slog.Int("files", swept.Files), slog.Int64("bytes", swept.Bytes))
	}
	if err == nil {
		p.sweeper.after = swept.Next
	}
	return err
}
