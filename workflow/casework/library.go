package casework

import (
	"context"
	"fmt"
	"sync"

	"izinbot/workflow"
	"izinbot/workflow/store"
)

// Library holds the procedures: the one that new cases start with, and every
// version that an open case started with, since a case keeps its version.
type Library struct {
	store   store.SOPs
	parse   func(source []byte) (*workflow.SOP, error)
	current *workflow.SOP

	mu    sync.RWMutex
	known map[workflow.SOPRef]*workflow.SOP
}

// NewLibrary keeps source, the procedure for new cases, in the store and gives a
// library over all that are kept there.
func NewLibrary(ctx context.Context, s store.SOPs, source []byte, parse func([]byte) (*workflow.SOP, error)) (*Library, error) {
	def, err := parse(source)
	if err != nil {
		return nil, fmt.Errorf("read sop: %w", err)
	}
	if err := s.SaveSOP(ctx, def.Ref, source); err != nil {
		return nil, fmt.Errorf("keep sop: %w", err)
	}
	return &Library{store: s, parse: parse, current: def, known: map[workflow.SOPRef]*workflow.SOP{def.Ref: def}}, nil
}

// OpenLibrary gives a library over the procedures that are kept in the store, beside current,
// and keeps nothing.
func OpenLibrary(s store.SOPs, current *workflow.SOP, parse func([]byte) (*workflow.SOP, error)) *Library {
	return &Library{store: s, parse: parse, current: current, known: map[workflow.SOPRef]*workflow.SOP{current.Ref: current}}
}

// Current is the procedure that new cases start with.
func (l *Library) Current() *workflow.SOP { return l.current }

// All gives the current procedure and every other version that is kept and can still be read.
func (l *Library) All(ctx context.Context) ([]*workflow.SOP, error) {
	refs, err := l.store.SOPRefs(ctx)
	if err != nil {
		return nil, fmt.Errorf("list sops: %w", err)
	}
	all := []*workflow.SOP{l.current}
	for _, ref := range refs {
		if ref == l.current.Ref {
			continue
		}
		def, err := l.Get(ctx, ref)
		if workflow.CodeOf(err) == workflow.CodeUnavailable {
			return nil, err
		}
		if err == nil {
			all = append(all, def)
		}
	}
	return all, nil
}

// Get gives a version of a procedure: CodeNotFound.
func (l *Library) Get(ctx context.Context, ref workflow.SOPRef) (*workflow.SOP, error) {
	l.mu.RLock()
	def, ok := l.known[ref]
	l.mu.RUnlock()
	if ok {
		return def, nil
	}
	source, err := l.store.SOPSource(ctx, ref)
	if err != nil {
		return nil, err
	}
	def, err = l.parse(source)
	if err != nil {
		return nil, fmt.Errorf("read sop %s %s: %w", ref.Name, ref.Version, err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.known[ref] = def
	return def, nil
}
