// Package capped reads what others send only up to a limit. It fails, rather than
// ends, where there is more, so that a file store does not take a part for the
// whole.
package capped

import (
	"errors"
	"io"
)

// ErrOver is returned by Read after the limit.
var ErrOver = errors.New("content is over the limit")

// Reader reads from another up to a limit.
type Reader struct {
	from io.Reader
	left int64
	err  error
}

// New gives a reader of at most limit bytes.
func New(from io.Reader, limit int64) *Reader { return &Reader{from: from, left: limit} }

// Read implements [io.Reader]. Errors: [ErrOver], and those of what it reads from.
func (r *Reader) Read(p []byte) (int, error) {
	if errors.Is(r.err, ErrOver) {
		return 0, r.err
	}
	if int64(len(p)) > r.left+1 {
		p = p[:r.left+1]
	}
	n, err := r.from.Read(p)
	if int64(n) > r.left {
		n, err = int(r.left), ErrOver
	}
	r.left -= int64(n)
	if err != nil && !errors.Is(err, io.EOF) {
		r.err = err
	}
	return n, err
}

// Err gives what reading failed with, and nil as long as it has not. It tells a
// failure to read from one to store what was read.
func (r *Reader) Err() error { return r.err }
