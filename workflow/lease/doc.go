// Package lease decides which process does what while several share a store.
//
// # Nodes and leases
//
// A running process is a node. It has one of a fixed number of leases "node/00" …,
// its slot, and renews it every [Timing.Beat]: that is its heartbeat. All other
// leases are taken once and live as long as the heartbeat of the node that holds
// them, so a cluster costs one small write a node and beat, however much is divided.
//
// The parts of the chats are divided evenly: with n nodes each takes the nth part, gives back
// what is too much when another one joins, and takes more when one has gone. Whole
// leases belong to whoever takes them first.
//
// # Why two never hold the same
//
// A node's leases are valid for [Timing.Lapse] after it began its
// last successful heartbeat, by its own clock. Another one takes them over only
// after it has seen that heartbeat stand still for [Timing.Stale], by its own clock,
// from the moment when it had first read it (which is after it was written) to the
// moment when it began to read it last. Stale is longer than Lapse by more than
// clocks run apart, so the validity of a lease ends before anybody can take over; no instants of two
// machines are compared. A node whose leases are no longer valid, be it that it was paused or
// that the store did not answer, holds nothing: it must take each lease anew, which
// fails if another node has changed it. Every taking and giving back is guarded by
// the lease as it was seen (store.Leases), so a delayed one has no effect.
//
// A node that was paused may still have a write under way. That is what terms are
// for: a unit of work names the lease and term that it was made under (store.Fence), and the
// store refuses it once the lease has come to another node.
//
// # Handing over
//
// A lease that is given back on purpose is first put on notice: [Keeper.Ours] says
// no, so that nothing new begins under it, while its fence and context still hold
// for what has begun. When that is finished the lease is given back and can be taken
// at once, without waiting for a heartbeat to stand still. A clean stop does the
// same with everything.
package lease
