package lease

import (
	"context"
	"log/slog"
	"slices"
)

// yield puts parts on notice that others should have, and hands them over beside
// the loop, whose heartbeat must go on.
func (k *Keeper) yield(ctx context.Context, v view) {
	quota, _ := v.quota(k.cfg.Owner, len(k.cfg.Parts))
	k.mu.Lock()
	surplus := k.parts() - quota
	busy := k.leaving
	k.mu.Unlock()
	if surplus <= 0 || busy || len(v.alive) == 0 {
		return
	}
	names := k.giveNotice(func(name string) bool {
		if surplus == 0 || !slices.Contains(k.cfg.Parts, name) {
			return false
		}
		surplus--
		return true
	})
	k.loop.Go(func() { k.handOver(ctx, names) })
}

// giveNotice puts leases on notice and lists them.
func (k *Keeper) giveNotice(which func(name string) bool) []string {
	k.mu.Lock()
	defer k.mu.Unlock()
	var names []string
	for _, name := range slices.Backward(k.names()) {
		if h := k.held[name]; !h.leaving && which(name) {
			h.leaving = true
			names = append(names, name)
		}
	}
	k.leaving = true
	k.tell()
	return names
}

// handOver waits until what runs under leases on notice has finished, for a time,
// and gives them back.
func (k *Keeper) handOver(ctx context.Context, names []string) {
	wait, cancel := context.WithTimeout(ctx, k.cfg.Timing.Drain)
	defer cancel()
	if err := k.cfg.Drain(wait); err != nil {
		k.cfg.Log.WarnContext(ctx, "leases are given back while work goes on", slog.Any("error", err))
	}
	k.finished(wait, names)
	for _, name := range names {
		k.giveBack(ctx, name)
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.leaving = false
}

// finished waits until no work of Run goes on under leases.
func (k *Keeper) finished(ctx context.Context, names []string) {
	for {
		k.mu.Lock()
		busy := slices.ContainsFunc(names, func(name string) bool { return k.running[name] > 0 })
		changed := k.changed
		k.mu.Unlock()
		if !busy {
			return
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return
		}
	}
}

// giveBack lets a lease go and then tells the store so. If that fails it is given
// back by a later round, or taken over once this node is gone.
func (k *Keeper) giveBack(ctx context.Context, name string) {
	k.mu.Lock()
	h := k.held[name]
	if h == nil || !h.leaving {
		k.mu.Unlock()
		return
	}
	k.drop(name)
	k.mu.Unlock()
	if _, err := k.take(ctx, h.lease, ""); err != nil {
		k.cfg.Log.InfoContext(ctx, "lease is not given back", slog.Any("error", err))
	}
}

// Run does work whenever a lease is held, until ctx ends. The work's context ends
// when the lease is put on notice or lost; the lease is given back only after the
// work has returned. Work that returns earlier is not begun again before the lease
// has been away.
func (k *Keeper) Run(ctx context.Context, name string, work func(ctx context.Context)) {
	for ctx.Err() == nil {
		if k.begin(name) {
			k.runHeld(ctx, name, work)
			k.end(name)
			k.until(ctx, func() bool { return !k.Holds(name) })
		}
		k.until(ctx, func() bool { return k.Holds(name) })
	}
}

// runHeld does the work once.
func (k *Keeper) runHeld(ctx context.Context, name string, work func(ctx context.Context)) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	done := make(chan struct{})
	go func() {
		defer close(done)
		work(ctx)
	}()
	for {
		changed := k.Changed()
		if !k.Holds(name) {
			cancel()
		}
		select {
		case <-done:
			return
		case <-changed:
		}
	}
}

// until waits for a condition on what is held, or for the end of ctx.
func (k *Keeper) until(ctx context.Context, is func() bool) {
	for {
		changed := k.Changed()
		if is() {
			return
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return
		}
	}
}

func (k *Keeper) begin(name string) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	h := k.get(name)
	if h == nil || h.leaving {
		return false
	}
	k.running[name]++
	return true
}

func (k *Keeper) end(name string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.running[name]--
	k.tell()
}
