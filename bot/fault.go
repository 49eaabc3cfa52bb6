package bot

import (
	"errors"
	"io/fs"
)

// ErrUnreadable is the failure of reading what is stored here if no later try will do
// better: it is damaged, encrypted with another key, or cannot be decoded. A failure
// that may pass (a network, a disk that does not answer) never matches it.
var ErrUnreadable = errors.New("stored data is unreadable")

// Lasting tells whether a failure of what is stored here will be the same at every
// try: [ErrUnreadable], or [fs.ErrNotExist] for a file that is gone. Such a failure is
// final at once: whoever waits is told what cannot be read, and the chat goes on.
func Lasting(err error) bool {
	return errors.Is(err, ErrUnreadable) || errors.Is(err, fs.ErrNotExist)
}
