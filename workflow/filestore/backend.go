package filestore

import (
	"context"
	"io"
	"time"
)

// Backend keeps encrypted contents by name. A name is the SHA-256 of the plain content
// in lower-case hex; a backend never sees what it stands for. It is safe for
// concurrent use.
type Backend interface {
	// Renew tells whether a name is taken. If it is, its content counts as put at an
	// instant, and as put again, which [Backend.Remove] and [Backend.Retract] heed.
	Renew(ctx context.Context, name string, at time.Time) (bool, error)
	// Create begins what is to get a name, put at an instant. The draft ends with ctx.
	Create(ctx context.Context, name string, at time.Time) (Draft, error)
	// Open gives what has a name, or an error that matches [fs.ErrNotExist]. The
	// reader fails with [ErrDamaged] where the backend knows that a part is missing.
	Open(ctx context.Context, name string) (io.ReadCloser, error)
	// List lists the contents whose names come after one, in order of name.
	List(ctx context.Context, after string, limit int) ([]Content, error)
	// Remove removes a content unless it was put at an instant or later, and tells
	// whether it did. Between a Renew and a Remove there is no third way: the content
	// stays, or the Renew says that the name is free. What is not there is no error.
	Remove(ctx context.Context, name string, before time.Time) (bool, error)
	// Retract removes a content that this process was the first to put, and nobody
	// put again. Any other stays, also one of which that is not known any more.
	Retract(ctx context.Context, name string) error
	// Check gives the backend's key check; none yet is empty.
	Check(ctx context.Context) ([]byte, error)
	// KeepCheck keeps a key check if there is none yet, and gives the one that is
	// kept then.
	KeepCheck(ctx context.Context, check []byte) ([]byte, error)
	Close() error
}

// Content describes a stored content.
type Content struct {
	Name string
	Size int64     // bytes that it takes, encrypted
	Put  time.Time // the latest Put
}

// Draft is a content being written, which has no name yet.
type Draft interface {
	io.Writer
	// Keep gives the draft its name. When it returns without error, all of it is
	// there durably. If the name was taken meanwhile, that is renewed and the draft
	// goes: both have the same content.
	Keep() error
	// Discard removes the draft unless it was kept.
	Discard()
}
