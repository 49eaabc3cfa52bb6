// Package session is the kernel of the conversations: a [Session] is one inbound message being
// handled. It loads what the chat remembers ([State]), reads what was meant ([Input]: a pressed
// or typed choice, a command, an answer to the open question), runs it, collects answers and
// every other effect ([Write]), and leaves the commit to the package handlers. That one alone
// calls the functions of kernel.go.
// A conflict with somebody else's write makes a message run again from the start, so nothing
// here or above may have effects of its own.
//
// What one kind of conversation asks or answers does not belong here, nor do the lists of
// commands and dialogues ([Env] is given them).
package session
