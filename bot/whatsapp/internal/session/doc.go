// Package session keeps the session file of a linked WhatsApp account: the library's keys
// and, in tables beside them, under which address each chat is known, how far each message
// has come, and facts about the account. One process at a time may have a file open.
//
// It sends and decides nothing.
package session

import "errors"

// ErrInUse says that another process has the session file open.
var ErrInUse = errors.New("another process is using this WhatsApp session")
