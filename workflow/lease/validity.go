package lease

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"izinbot/workflow/store"
)

// The methods of this file are called under the keeper's lock, but for confirm,
// keep and expire.

// valid tells whether the last heartbeat still counts. A machine that was asleep
// may not have counted that time in its monotonic clock, and a wall clock may have
// been set back: the longer of the two is believed.
func (k *Keeper) valid(now time.Time) bool {
	if k.renewed.IsZero() {
		return false
	}
	passed := max(now.Sub(k.renewed), now.Round(0).Sub(k.renewed.Round(0)))
	return passed < k.cfg.Timing.Lapse
}

// get gives a lease that is held now, or nil.
func (k *Keeper) get(name string) *hold {
	h := k.held[name]
	if h == nil || !k.valid(k.cfg.Now()) {
		return nil
	}
	return h
}

// parts counts the parts that are held and not on notice.
func (k *Keeper) parts() int {
	n := 0
	for _, name := range k.cfg.Parts {
		if h := k.get(name); h != nil && !h.leaving {
			n++
		}
	}
	return n
}

func (k *Keeper) names() []string {
	if !k.valid(k.cfg.Now()) {
		return nil
	}
	return slices.Sorted(maps.Keys(k.held))
}

// tell wakes who waits for changes.
func (k *Keeper) tell() {
	close(k.changed)
	k.changed = make(chan struct{})
}

// drop lets a lease go and ends what runs within it.
func (k *Keeper) drop(name string) {
	if h := k.held[name]; h != nil {
		h.end()
		delete(k.held, name)
		k.tell()
	}
}

func (k *Keeper) dropAll() {
	for name := range k.held {
		k.drop(name)
	}
}

// confirm notes a heartbeat that began at an instant and has succeeded. If its validity
// has ended meanwhile, everything must be taken anew.
func (k *Keeper) confirm(began time.Time) {
	k.mu.Lock()
	defer k.mu.Unlock()
	now := k.cfg.Now()
	if !k.valid(now) {
		k.dropAll()
	}
	k.renewed = began
	left := k.cfg.Timing.Lapse - now.Sub(began)
	if k.lapse == nil {
		k.lapse = time.AfterFunc(left, k.expire)
		return
	}
	k.lapse.Reset(left)
}

// expire drops what is held when the validity has ended.
func (k *Keeper) expire() {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.valid(k.cfg.Now()) {
		// The timer and the clock need not agree.
		k.lapse.Reset(k.cfg.Timing.Lapse / 100)
		return
	}
	if len(k.held) > 0 {
		k.cfg.Log.Warn("leases are lost", "held", strings.Join(slices.Sorted(maps.Keys(k.held)), " "))
	}
	k.dropAll()
}

// keep notes a lease that was taken, unless the validity has ended meanwhile.
func (k *Keeper) keep(l store.Lease) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if !k.valid(k.cfg.Now()) || k.stopping {
		return
	}
	h := &hold{lease: l}
	h.ctx, h.end = context.WithCancel(context.Background())
	k.held[l.Name] = h
	k.tell()
}
