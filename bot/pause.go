package bot

import (
	"context"
	"time"
)

// Pause waits between two tries, or two looks: for d, or until ctx ends. It tells
// whether to go on; with an ended ctx that is never so, even if d is zero or less.
func Pause(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
	return ctx.Err() == nil
}
