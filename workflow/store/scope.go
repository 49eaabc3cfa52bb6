package store

import (
	"context"
	"sync"
)

// Scope holds what a store keeps while one unit of work is made. A store that has no use
// for it ignores it.
type Scope struct {
	mu    sync.Mutex
	state any
	end   func()
}

type scopeKey struct{}

// Begin begins a unit of work: its reads and its Commit are called with the context that it
// gives. They may then share a session with the database, and a record that was read
// before may be given as it was; Commit notices if it has changed since. A try after a
// conflict begins anew. end releases what the store keeps.
func Begin(ctx context.Context) (scoped context.Context, end func()) {
	s := &Scope{}
	return context.WithValue(ctx, scopeKey{}, s), s.close
}

// ScopeOf gives the scope of the unit of work that a call belongs to; nil: none was begun.
func ScopeOf(ctx context.Context) *Scope {
	s, _ := ctx.Value(scopeKey{}).(*Scope)
	return s
}

// State gives what the store keeps in the scope; the first call makes it, and says how it
// is released. It gives nil after the end.
func (s *Scope) State(begin func() (state any, end func())) any {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.end == nil {
		s.state, s.end = begin()
	}
	return s.state
}

func (s *Scope) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.end != nil {
		s.end()
	}
	s.state, s.end = nil, func() {}
}
