// Package bot is the chat port: what a message is, what a channel does, and how
// a message gets from a network to a handler and back without being lost, doubled
// or overtaken.
//
// The way of a message: network → [Channel] → [Inbox] (unique id; a repeat is
// dropped) → acknowledged to the network → the chat's own ordered queue in the
// [Dispatcher] → [Handler], which stores every effect and the answers in one write
// → outbox → channel.
//
// Networks belong in packages below this one, which know bot alone; what a message means, in
// handlers; how records are stored, in implementations of [Inbox] and [Outbox]. The package
// imports the standard library alone.
package bot
