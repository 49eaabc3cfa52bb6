// Package handlers holds the conversations: what is asked and answered in chat.
//
// An inbound message becomes a session. The runner ([App.Handle]) loads what the chat
// remembers ([State]), finds out what was meant (a pressed or typed choice, a
// command, an answer to the open question), runs it, and writes every effect and
// the answers at once. A conflict with somebody else's write makes it run again
// from the start, so nothing here may have effects of its own.
//
// Commands are data (commands.go): name, aliases, who may use them, what they do.
// A dialogue is a conversation of several questions; it keeps what was answered in
// [Data], never a cursor, so that after an interruption the next question is the
// first one without an answer.
package handlers
