// Package handlerstest is an office for tests of conversations: the real store, rules, letters
// and texts, without networks. A [Guest] is somebody with a phone. Tests of one kind of
// conversation stand beside it; those of the whole stand in the package handlers.
package handlerstest
