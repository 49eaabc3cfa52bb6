package lease

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"izinbot/workflow/store"
)

// sight is a lease as it was seen first in its present state.
type sight struct {
	owner string
	beat  int64
	at    time.Time // after it was read
}

// sights remembers since when leases stand still. It belongs to the keeper's loop.
type sights map[string]sight

// still says for how long a lease has stood still until a reading began that ended
// at now.
func (s sights) still(l store.Lease, began, now time.Time) time.Duration {
	seen, known := s[l.Name]
	if !known || seen.beat != l.Beat || seen.owner != l.Owner {
		s[l.Name] = sight{l.Owner, l.Beat, now}
		return 0
	}
	return began.Sub(seen.at)
}

// view is the result of one reading of the leases.
type view struct {
	leases map[string]store.Lease
	alive  []string // owners of the slots that beat, by slot
	slots  map[string]bool
	dead   map[string]bool // leases whose owner is gone
}

// observe makes a view of a list that was read from began until now.
func (k *Keeper) observe(list []store.Lease, began, now time.Time) view {
	v := view{leases: map[string]store.Lease{}, slots: map[string]bool{}, dead: map[string]bool{}}
	slices.SortFunc(list, func(a, b store.Lease) int { return cmp.Compare(a.Name, b.Name) })
	living := map[string]bool{}
	for _, l := range list {
		v.leases[l.Name] = l
		if !strings.HasPrefix(l.Name, nodes) || l.Owner == "" {
			continue
		}
		v.slots[l.Owner] = true
		if k.sights.still(l, began, now) >= k.cfg.Timing.Stale {
			v.dead[l.Name] = true
			continue
		}
		living[l.Owner] = true
		v.alive = append(v.alive, l.Owner)
	}
	for _, l := range list {
		if !strings.HasPrefix(l.Name, nodes) && l.Owner != "" && !living[l.Owner] {
			v.dead[l.Name] = v.slots[l.Owner] || k.orphaned(l, began, now)
		} else {
			delete(k.sights, orphan(l.Name))
		}
	}
	return v
}

// orphaned tells whether a lease has belonged to a node without a slot for long
// enough. The list is not of one instant: its owner may have come while it was read.
func (k *Keeper) orphaned(l store.Lease, began, now time.Time) bool {
	l.Name = orphan(l.Name)
	return k.sights.still(l, began, now) >= k.cfg.Timing.Stale
}

func orphan(name string) string { return "orphan " + name }

// free tells whether a lease may be taken by owner.
func (v view) free(name, owner string) bool {
	l := v.leases[name]
	return l.Owner == "" || l.Owner == owner || v.dead[name]
}

// lease gives a lease as it was seen; one that nobody ever had is its name alone.
func (v view) lease(name string) store.Lease {
	l := v.leases[name]
	l.Name = name
	return l
}

// owns tells whether a node still has a lease besides its slot.
func (v view) owns(owner string) bool {
	for name, l := range v.leases {
		if l.Owner == owner && !strings.HasPrefix(name, nodes) {
			return true
		}
	}
	return false
}

// quota gives the number of n shared leases that a node has, and the one from which it begins
// to take them, so that nodes that look at once do not want the same.
func (v view) quota(owner string, n int) (quota, first int) {
	rank := slices.Index(v.alive, owner)
	if rank < 0 {
		return 0, 0
	}
	each, more := n/len(v.alive), n%len(v.alive)
	quota = each
	if rank < more {
		quota++
	}
	return quota, rank*each + min(rank, more)
}
