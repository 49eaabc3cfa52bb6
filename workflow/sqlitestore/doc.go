// Package sqlitestore is the embedded database: one SQLite file, one process.
//
// All writes go through one connection. Those that wait at the same time share a
// transaction, in which a refused one leaves the others alone, and are answered
// after the commit: under load many turns share one fsync, and an answer always
// means "on the disk".
// Reads run beside it on a pool of connections and never wait for a write.
//
// An inbound message is never changed: it is handled when its sequence number is
// not above the one in its chat's conversation, which the unit of work that handled it
// writes anyway. What is not handled yet stands in a small table besides, so that
// it is found at start without going through the inbox. Sequence numbers must
// never be given twice, which is why [Store.Purge] leaves the newest row of a
// table.
//
// Instants are kept in nanoseconds since 1970 UTC; documents as JSON.
package sqlitestore
