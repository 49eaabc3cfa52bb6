package store

import (
	"context"

	"izinbot/bot"
)

// LeaseClock is the lease of the one process that does what the time demands.
const LeaseClock = "clock"

// Lease is a piece of work that one process at a time does: a share of the chats,
// the clock, the connection to a network. A process shows that it lives by renewing
// one of its own: who wants what it holds watches that lease's Beat, and if it does
// not move for long enough, its owner is gone. So nobody compares clocks of two
// machines.
type Lease struct {
	Name  string
	Owner string // the run of a process that holds it; empty: nobody does
	Term  int64  // grows whenever another owner takes it: what fences the one before
	Beat  int64  // grows at every renewal
}

// Fence is the term under which a unit of work is made. The zero value fences nothing.
type Fence struct {
	Lease string
	Term  int64
}

// Terms tells which leases this process holds while several share a store.
type Terms interface {
	// Ours tells whether work in a chat may begin here now.
	Ours(chat bot.Address) bool
	// FenceOf gives the term under which a chat is served; ok is false if it is
	// not served here.
	FenceOf(chat bot.Address) (f Fence, ok bool)
	// Fence is the same for a lease by its name.
	Fence(lease string) (f Fence, ok bool)
}

// Leases lets processes agree on who does what.
type Leases interface {
	// Leases lists those whose name begins with a prefix, by name.
	Leases(ctx context.Context, prefix string) ([]Lease, error)
	// TakeLease renews or takes a lease, or gives it back (owner is empty), if it
	// still is as it was seen; a lease that nobody ever had is seen as its name
	// alone. It gives the lease as it is then: with a greater Beat, and with a
	// greater Term if it has come to another owner. CodeConflict: it has changed.
	TakeLease(ctx context.Context, seen Lease, owner string) (Lease, error)
}
