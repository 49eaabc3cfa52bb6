package filestore

import (
	"context"
	"io"
)

// Place is where encrypted contents are. A name is the SHA-256 of the plain content
// in lower-case hex; a place never sees what it stands for. It is safe for
// concurrent use.
type Place interface {
	// Has tells whether a name is taken.
	Has(ctx context.Context, name string) (bool, error)
	// Create begins what is to get a name. The draft ends with ctx.
	Create(ctx context.Context, name string) (Draft, error)
	// Open gives what has a name, or an error that matches [fs.ErrNotExist]. The
	// reader fails with [ErrDamaged] where the place knows that a part is missing.
	Open(ctx context.Context, name string) (io.ReadCloser, error)
	// Names lists the names after one, in order.
	Names(ctx context.Context, after string, limit int) ([]string, error)
	// Check gives the place's key check; none yet is empty.
	Check(ctx context.Context) ([]byte, error)
	// KeepCheck keeps a key check if there is none yet, and gives the one that is
	// kept then.
	KeepCheck(ctx context.Context, check []byte) ([]byte, error)
	Close() error
}

// Draft is what has no name yet.
type Draft interface {
	io.Writer
	// Keep gives the draft its name. When it returns without error, all of it is
	// there durably. If the name was taken meanwhile, the draft goes: both have the
	// same content.
	Keep() error
	// Discard removes the draft unless it was kept.
	Discard()
}
