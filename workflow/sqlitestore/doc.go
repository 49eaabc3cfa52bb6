// Package sqlitestore is the embedded database: one SQLite file, one process.
//
// All writes go through one connection. Its goroutine takes every write that
// waits into one transaction, each in a savepoint of its own so that a conflict
// in one leaves the others alone, and answers the callers after the commit: under
// load many turns share one fsync, and an answer always means "on the disk".
// Reads run beside it on a pool of connections and never wait for a write.
//
// An inbound message is never marked as handled: it is handled when its sequence
// number is not above the one in its chat's conversation, which the turn that
// handled it writes anyway. The unhandled ones are found at start by hopping from
// chat to chat through an index. Sequence numbers must therefore never be given
// twice, which is why [Store.Purge] leaves the newest row of a table.
//
// Instants are kept in nanoseconds since 1970 UTC; documents as JSON.
package sqlitestore
