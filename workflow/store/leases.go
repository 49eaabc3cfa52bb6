package store

import "context"

// Lease says which of several processes on one store is active: its holder, which shows
// that it lives by renewing it. Another one watches Beat, and takes the lease if it does
// not move for long enough. So nobody compares clocks of two machines.
type Lease struct {
	Holder string // the run of a process; empty: nobody
	Term   int64  // grows whenever another holder takes it: the fencing token
	Beat   int64  // grows at every change; 0: nobody ever had it
}

// Leases lets processes agree on which of them is active.
type Leases interface {
	// Lease gives the lease.
	Lease(ctx context.Context) (Lease, error)
	// TakeLease renews or takes the lease, or gives it back (holder is empty), if it still
	// is as it was seen. It gives the lease as it is then: with a greater Beat, and with a
	// greater Term if it has come to another holder. CodeConflict: it has changed.
	TakeLease(ctx context.Context, seen Lease, holder string) (Lease, error)
}

// Take gives the lease as holder leaves it that took it as l.
func (l Lease) Take(holder string) Lease {
	if holder != "" && holder != l.Holder {
		l.Term++
	}
	l.Holder = holder
	l.Beat++
	return l
}
