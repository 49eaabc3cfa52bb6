package lease

import (
	"context"
	"log/slog"
	"time"
)

// passed gives the time since an instant. A machine that was asleep may not have counted
// that time in its monotonic clock, and a wall clock may have been set back: the longer of
// the two counts.
func passed(since, now time.Time) time.Duration {
	return max(now.Sub(since), now.Round(0).Sub(since.Round(0)))
}

// left gives how long the last renewal is valid still.
func (n *Node) left(now time.Time) time.Duration {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.term == 0 {
		return 0
	}
	return n.cfg.Timing.Lapse - passed(n.renewed, now)
}

func (n *Node) valid(now time.Time) bool { return n.left(now) > 0 }

// due tells whether it is time for a renewal.
func (n *Node) due(now time.Time) bool {
	return n.left(now) <= n.cfg.Timing.Lapse-n.cfg.Timing.Beat
}

// active tells whether the term is valid now. The caller holds the lock, as with tell and
// drop.
func (n *Node) active() bool {
	return n.term > 0 && passed(n.renewed, n.cfg.Now()) < n.cfg.Timing.Lapse
}

// tell wakes the goroutines that wait for changes.
func (n *Node) tell() {
	close(n.changed)
	n.changed = make(chan struct{})
}

// drop ends the term and what runs within it.
func (n *Node) drop() {
	n.term = 0
	n.end()
	n.tell()
}

// confirm notes a renewal that began at an instant and has succeeded. If the validity of
// the one before has ended meanwhile, what ran within it ends.
func (n *Node) confirm(ctx context.Context, term int64, began time.Time) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.term != 0 && (n.term != term || !n.active()) {
		n.drop()
	}
	n.renewed = began
	if now := n.cfg.Now(); passed(began, now) >= n.cfg.Timing.Lapse {
		return
	}
	if n.term == 0 {
		n.term = term
		n.while, n.end = context.WithCancel(context.Background())
		n.cfg.Log.InfoContext(ctx, "this node is active", slog.Int64("term", term))
		n.tell()
	}
	if n.expiry == nil {
		n.expiry = time.AfterFunc(n.cfg.Timing.Lapse, n.expire)
	}
	n.expiry.Reset(n.cfg.Timing.Lapse - passed(began, n.cfg.Now()))
}

// expire ends the term when its validity has ended.
func (n *Node) expire() {
	n.mu.Lock()
	defer n.mu.Unlock()
	switch {
	case n.term == 0:
	case n.active(): // the timer and the clock need not agree
		n.expiry.Reset(n.cfg.Timing.Lapse / 100)
	default:
		n.cfg.Log.Warn("lease is lost", slog.String("reason", "it could not be renewed in time"))
		n.drop()
	}
}

// lose ends the term, if there is one.
func (n *Node) lose(ctx context.Context, reason string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.term != 0 {
		n.cfg.Log.WarnContext(ctx, "lease is lost", slog.String("reason", reason))
		n.drop()
	}
}
