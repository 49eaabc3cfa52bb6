// Package lease decides which of several processes on one store is the active one.
//
// A running process is a node. The store keeps one lease ([store.Lease]). Its holder is
// the active node, which handles messages, sends, minds the clock, polls Telegram and is
// connected to WhatsApp. All others stand by: they store what their networks deliver and
// look at the lease once every [Timing.Look].
//
//	         takes a free lease, or one that stood still
//	standby ─────────────────────────────────────────────► active
//	        ◄─────────────────────────────────────────────
//	         replaced, validity over, or stopped (gives the lease back)
//
// What a node does when it becomes active or no longer is does not belong here.
//
// # Why two are never active
//
// The active node renews the lease every [Timing.Beat]. A renewal is valid for
// [Timing.Lapse] from when it began, by the node's own clock. Another node takes the lease
// only after it has seen it stand still for [Timing.Stale], by its own clock, from the end
// of the reading that first showed it so to the beginning of the latest. Stale is longer
// than Lapse by more than clocks run apart, so validity ends before anybody can take over;
// no instants of two machines are compared. Every write of the lease is guarded by the
// lease as it was seen, so a delayed one has no effect.
//
// A node that was paused may still have a write under way. Every unit of work therefore
// names the term under which it was begun ([store.UnitOfWork.Term]), and the store refuses
// it once a later term has begun.
//
// A node that is stopped ends its work, records the outcomes and gives the lease back,
// which another one takes at its next look.
//
// # A preferred node
//
// If only one node can do a part of the work ([Config.Prefer]: it has the WhatsApp
// session), it takes the lease even from a node that lives, and acts under it after Stale:
// by then the other one has been refused its renewal, and its validity is over. It does so
// at most once every [Timing.Prefer].
package lease
