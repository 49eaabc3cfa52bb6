package lease

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/store"
)

// round looks at the leases once, and does what follows.
func (k *Keeper) round(ctx context.Context) {
	k.beat(ctx)
	if k.rests(k.cfg.Now()) {
		return
	}
	v, err := k.read(ctx)
	if err != nil {
		k.cfg.Log.WarnContext(ctx, "leases cannot be read", slog.Any("error", err))
		return
	}
	k.recognise(v)
	k.beat(ctx) // if the slot was not what it was thought to be
	if k.slot.Name == "" {
		if !k.join(ctx, v) {
			return
		}
		if v, err = k.read(ctx); err != nil {
			return
		}
	}
	k.mu.Lock()
	stopping := k.stopping
	k.mu.Unlock()
	if stopping {
		return
	}
	k.gather(ctx, v)
	k.reap(ctx, v)
	k.yield(ctx, v)
}

func (k *Keeper) read(ctx context.Context) (view, error) {
	began := k.cfg.Now()
	ctx, cancel := context.WithTimeout(ctx, k.cfg.Timing.Call)
	defer cancel()
	list, err := k.cfg.Store.Leases(ctx, "")
	if err != nil {
		return view{}, fmt.Errorf("list leases: %w", err)
	}
	v := k.observe(list, began, k.cfg.Now())
	k.mu.Lock()
	defer k.mu.Unlock()
	k.looked = began
	k.alone = !slices.ContainsFunc(v.alive, func(owner string) bool { return owner != k.cfg.Owner })
	return v, nil
}

// take is TakeLease within the time of one call.
func (k *Keeper) take(ctx context.Context, seen store.Lease, owner string) (store.Lease, error) {
	return k.takeWithin(ctx, k.cfg.Timing.Call, seen, owner)
}

func (k *Keeper) takeWithin(ctx context.Context, most time.Duration, seen store.Lease, owner string) (store.Lease, error) {
	ctx, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	l, err := k.cfg.Store.TakeLease(ctx, seen, owner)
	if err != nil {
		return l, fmt.Errorf("lease %s: %w", seen.Name, err)
	}
	return l, nil
}

// recognise compares what this node thinks it has with what the store says. A call
// of which no answer came may have succeeded.
func (k *Keeper) recognise(v view) {
	k.slot = store.Lease{}
	for i := range slots {
		if l := v.lease(fmt.Sprintf(nodeSlot, i)); l.Owner == k.cfg.Owner {
			k.slot = l
			break
		}
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	for name, h := range k.held {
		if !h.leaving && v.leases[name].Owner != k.cfg.Owner {
			k.drop(name)
		}
	}
}

// beat renews the slot if it is time. As long as the leases are valid it is worth waiting for
// a store that is slow.
func (k *Keeper) beat(ctx context.Context) {
	began := k.cfg.Now()
	k.mu.Lock()
	early := k.valid(began) && began.Sub(k.renewed) < k.cfg.Timing.Beat
	most := max(k.cfg.Timing.Call, k.cfg.Timing.Lapse-began.Sub(k.renewed))
	k.mu.Unlock()
	if k.slot.Name == "" || early {
		return
	}
	l, err := k.takeWithin(ctx, most, k.slot, k.cfg.Owner)
	if err != nil {
		k.cfg.Log.WarnContext(ctx, "heartbeat failed", slog.Any("error", err))
		return
	}
	k.slot = l
	k.confirm(began)
}

// join takes a slot: a free one, or one of a dead node that has nothing any more.
func (k *Keeper) join(ctx context.Context, v view) bool {
	for _, dead := range []bool{false, true} {
		for i := range slots {
			seen := v.lease(fmt.Sprintf(nodeSlot, i))
			if dead != (seen.Owner != "") || dead && (!v.dead[seen.Name] || v.owns(seen.Owner)) {
				continue
			}
			began := k.cfg.Now()
			l, err := k.take(ctx, seen, k.cfg.Owner)
			if err == nil {
				k.slot = l
				k.confirm(began)
				k.cfg.Log.InfoContext(ctx, "this node is one of several", slog.String("slot", l.Name))
				return true
			}
			if workflow.CodeOf(err) != workflow.CodeConflict {
				return false
			}
		}
	}
	k.cfg.Log.WarnContext(ctx, "there are too many nodes; this one only takes messages in")
	return false
}

// gather takes what this node should have and nobody else has, all at once.
func (k *Keeper) gather(ctx context.Context, v view) {
	var taking sync.WaitGroup
	defer taking.Wait()
	for _, name := range k.cfg.Whole {
		if k.obtainable(v, name) {
			taking.Go(func() { k.acquire(ctx, v, name) })
		}
	}
	quota, first := v.quota(k.cfg.Owner, len(k.cfg.Parts))
	k.mu.Lock()
	want := quota - k.parts()
	k.mu.Unlock()
	for i := range k.cfg.Parts {
		name := k.cfg.Parts[(first+i)%len(k.cfg.Parts)]
		switch {
		case want > 0 && k.obtainable(v, name):
			want--
			taking.Go(func() { k.acquire(ctx, v, name) })
		case v.leases[name].Owner == k.cfg.Owner && !k.has(name):
			_, _ = k.take(ctx, v.lease(name), "") // was not given back when it should have been
		}
	}
}

func (k *Keeper) obtainable(v view, name string) bool {
	return !k.has(name) && v.free(name, k.cfg.Owner)
}

func (k *Keeper) has(name string) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.held[name] != nil
}

// acquire takes a lease as it was seen.
func (k *Keeper) acquire(ctx context.Context, v view, name string) {
	l, err := k.take(ctx, v.lease(name), k.cfg.Owner)
	if err != nil {
		k.cfg.Log.DebugContext(ctx, "lease is not taken", slog.Any("error", err))
		return
	}
	if v.dead[name] {
		k.cfg.Log.InfoContext(ctx, "lease is taken over", slog.String("lease", name), slog.String("from", v.leases[name].Owner))
	}
	k.keep(l)
}

// reap frees the slots of dead nodes that have nothing any more.
func (k *Keeper) reap(ctx context.Context, v view) {
	for name := range v.dead {
		if l := v.leases[name]; strings.HasPrefix(name, nodes) && !v.owns(l.Owner) {
			_, _ = k.take(ctx, l, "")
		}
	}
}
