package lease

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/store"
)

// round renews the lease, or takes it if it may.
func (n *Node) round(ctx context.Context) {
	began := n.cfg.Now()
	if n.seen.Holder == n.cfg.Name && n.valid(began) {
		if !n.due(began) || n.take(ctx, n.seen) {
			return
		}
		// A call of which no answer came may have succeeded.
		began = n.cfg.Now()
	}
	l, err := n.read(ctx)
	if err != nil {
		n.cfg.Log.WarnContext(ctx, "lease cannot be read", slog.Any("error", err))
		return
	}
	n.observe(l)
	switch stale := began.Sub(n.since) >= n.cfg.Timing.Stale; {
	case l.Holder == n.cfg.Name && began.Before(n.from):
		n.hold(ctx, l)
	case l.Holder == n.cfg.Name || l.Holder == "":
		n.take(ctx, l)
	case stale && n.take(ctx, l):
		n.cfg.Log.InfoContext(ctx, "lease is taken over", slog.String("from", l.Holder))
	case stale:
	default:
		n.lose(ctx, "another node is active")
		if n.cfg.Prefer && (n.from.IsZero() || began.Sub(n.from) >= n.cfg.Timing.Prefer) {
			n.takeFromLiving(ctx, l)
		}
	}
}

// observe notes the lease, and since when it stands still.
func (n *Node) observe(l store.Lease) {
	if l != n.seen || n.since.IsZero() {
		n.seen, n.since = l, n.cfg.Now()
	}
}

// take writes the lease as this node's, and tells whether that succeeded. As long as the
// last renewal is valid, it is worth waiting for a store that is slow.
func (n *Node) take(ctx context.Context, seen store.Lease) bool {
	began := n.cfg.Now()
	l, err := n.write(ctx, max(n.cfg.Timing.Call, n.left(began)), seen, n.cfg.Name)
	if err != nil {
		n.cfg.Log.InfoContext(ctx, "lease is not taken", slog.Any("error", err))
		return false
	}
	n.observe(l)
	n.confirm(ctx, l.Term, began)
	return true
}

// takeFromLiving takes the lease from a node that lives. It is acted under after Stale, when
// that node's validity is over for certain.
func (n *Node) takeFromLiving(ctx context.Context, seen store.Lease) {
	l, err := n.write(ctx, n.cfg.Timing.Call, seen, n.cfg.Name)
	if workflow.CodeOf(err) == workflow.CodeConflict { // that node renewed it at the same time
		return
	}
	n.from = n.cfg.Now().Add(n.cfg.Timing.Stale) // it may have been written without an answer
	if err != nil {
		n.cfg.Log.InfoContext(ctx, "lease is not taken", slog.Any("error", err))
		return
	}
	n.observe(l)
	n.cfg.Log.InfoContext(ctx, "lease is taken from a node that lives", slog.String("from", seen.Holder))
}

// hold renews a lease that may not yet be acted under. Standing still until then, it could be
// taken back.
func (n *Node) hold(ctx context.Context, seen store.Lease) {
	l, err := n.write(ctx, n.cfg.Timing.Call, seen, n.cfg.Name)
	if err != nil {
		n.cfg.Log.InfoContext(ctx, "lease is not renewed", slog.Any("error", err))
		return
	}
	n.observe(l)
}

func (n *Node) read(ctx context.Context) (store.Lease, error) {
	began := n.cfg.Now()
	ctx, cancel := context.WithTimeout(ctx, n.cfg.Timing.Call)
	defer cancel()
	l, err := n.cfg.Store.Lease(ctx)
	if err != nil {
		return l, fmt.Errorf("read lease: %w", err)
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.reached = began
	return l, nil
}

func (n *Node) write(ctx context.Context, most time.Duration, seen store.Lease, holder string) (store.Lease, error) {
	ctx, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	l, err := n.cfg.Store.TakeLease(ctx, seen, holder)
	if err != nil {
		return l, fmt.Errorf("write lease: %w", err)
	}
	return l, nil
}
