// Package mongostore keeps everything in a MongoDB database: a stand-alone server, a
// replica set or a sharded cluster. It asks for no more than that a server changes one
// document atomically; transactions, expiring or partial indexes are not used.
//
// # A chat is one document
//
// All that happens in a chat is in its document in "chats": what is remembered of the
// conversation, messages that are not handled yet, deliveries that are not sent yet
// with who holds them, and the last sequence number. A change reads the document,
// computes what becomes of it (chat.go) and replaces it if its field v is still the
// same; else it does so again. So order, leases and claims within a chat need nothing
// else. A chat in which more than 8 MiB wait takes no more messages for now, and further
// deliveries to it are stored as dead, with the reason "full".
//
// What was handled or settled stays in the document until much has gathered, and then
// goes to "inbox" and "outbox", whose ids tell a repeat (archive.go); it is stored there
// before it is taken out of the chat. The chat keeps hashes of the ids that have gone
// there, so that a new id is mostly known to be new without a query.
//
// A process remembers each chat as it last wrote it (known.go) and begins its next write
// with that: the guard tells whether it was still so. Reads of a conversation or of
// unhandled messages are answered from memory only while the process is the active
// one (ActiveIf).
//
// A document with fields of wrong types loses these and no more; of a list it loses the
// elements that cannot be read, which are set aside (damage.go).
//
// Most units of work touch their own chat and nothing else: they are one write.
//
// # A case is one document
//
// It holds the case, what lists find it by, its newest entries, and hashes of the keys of
// all. Older entries are in "history" (stage_case.go).
//
// # Any other unit of work
//
// A unit of work that changes a case, a person, a claim or another chat is a transaction
// made on this side, in the manner of Percolator and CockroachDB:
//
//  1. stage (stage.go): the documents are read, and the unit of work is refused if a version
//     does not fit, or if a server with validators would refuse a document
//     (validators.go). Nothing is written yet.
//  2. lock (transact.go): each guarded document gets the id of the unit of work in its field
//     lock, if it is as it was read and has none. A new document begins as a lock.
//  3. decide: the chat that caused the unit of work is written, with all that happens in it
//     and with a record of the rest (record.go), if it is still as it was before the first
//     lock. This one write decides.
//  4. finish (finish.go): history, numbers, documents and deliveries to other chats are
//     written, each so that it may be done again, and the record goes.
//
// One that no chat has caused has its record in "turns", stored before the first lock; the
// write that makes it committed decides.
//
// Whoever meets a lock looks at its record (clear.go). Decided: it is finished. Still open:
// it is waited for, and after some seconds given up: by a write to its chat, which makes the
// write of step 3 fail, or by removing its record. A slow unit of work that was given up
// finds that out when it decides, and begins anew. So a crash at any point leaves nothing,
// or what the next to come completes; besides, every store looks every ten seconds for
// records that stay, and every ten minutes for locks (sweep.go).
//
// Readers of single documents complete decided units of work and ignore open ones. Within a
// unit of work each document is read once, in one causally consistent session (scope.go).
//
// # Fences
//
// A unit of work of an old term is refused by the document of the lease; and as a chat's document
// holds the term that was last written under, and is replaced only as it was read, a
// process that stood still cannot write in a chat in which its successor has.
//
// # Beside it
//
// Instants are nanoseconds since 1970 UTC, for BSON's dates have milliseconds. Cases
// are packed JSON, entries of the history the very bytes that their hashes are over.
// Writes are acknowledged by a majority, and reads see only such writes. The indexes,
// with what each is for, stand in schema.go; validators.go holds what a server checks
// official records for.
package mongostore
