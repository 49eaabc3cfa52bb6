// Package handlers runs the conversations. [App.Handle] makes a session of an inbound message,
// has it run, and commits every effect and the answers at once. After a conflict with
// somebody else's write it runs again from the start.
//
// registry.go lists every command, every dialogue, and which of them does the work at a kind
// of step. What a conversation asks and answers belongs into a package of its own below this
// one: they know the session and what several of them share, and not each other.
package handlers
