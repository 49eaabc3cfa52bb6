// Package outbox takes deliveries from the store to the channels.
// It words nothing.
//
// Every delivery is stored together with the effect that it tells of, so it cannot be
// forgotten; it is sent at least once and, as far as the network allows, only once.
//
// Order. A chat's deliveries are sent one after the other in the order of Seq. The
// store leases them from the oldest on, so what is claimed is in order. What was
// just committed skips the claim (Push), and is sent only if the delivery before
// it in the chat is known to be over or to stand in front of it here
// (Delivery.Prev); otherwise it is given back, and claimed when its turn comes. A
// failed delivery and all that wait behind it in the chat go back to the store
// until the retry is due. Nothing of a chat waits in memory for a retry, so there
// is no second clock that could disagree with the store's.
//
// One sender. A delivery is sent only under a lease that outlasts the whole try
// (Timeout) by a Margin, and the try is cancelled at its Timeout. So a slow channel
// never holds a delivery beyond its lease, and a worker that finds too little left
// sends nothing. A retry has no effect once the lease is somebody else's
// (Settlement.Owner); "sent" always has, for it is true whoever says it. What is
// left: a process that is frozen between the check and the write to the network
// for so long that another node becomes active, and
// a crash between the network's answer and Settle. In these the delivery goes out
// again with the same id, by which a network that knows ids drops the repeat.
//
// Answers that are lost. A unit of work or a claim may be written although the connection to
// the database ended before that was told. Its deliveries are then leased to this
// outbox, which does not have them. So a claim says which of the outbox's own leases
// it knows of: what waits or is being tried here, what has an outcome that is still to
// be recorded, and what a unit of work between Lease and Done may push. Any other is void, and
// what it held is claimed at once.
package outbox
