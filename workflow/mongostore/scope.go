package mongostore

import (
	"context"
	"sync"

	"go.mongodb.org/mongo-driver/v2/mongo"

	"izinbot/workflow/store"
)

// scope belongs to one unit of work. Its session is causally consistent: what is read
// shows at least what the session's calls before it have seen or written, also if another
// server has taken over meanwhile and lags behind. On a server without sessions or without
// a cluster time, calls are made as they would be without a scope.
type scope struct {
	calling sync.Mutex // a session serves one call at a time
	session *mongo.Session

	mu   sync.Mutex
	docs map[place]any // guarded documents as they were read, without a lock
}

// scoped gives the scope of a context, nil if it has none.
func (s *Store) scoped(ctx context.Context) *scope {
	kept := store.ScopeOf(ctx)
	if kept == nil {
		return nil
	}
	sc, _ := kept.State(func() (any, func()) {
		sc := &scope{docs: map[place]any{}}
		if !s.sessions {
			return sc, func() {}
		}
		session, err := s.db.Client().StartSession()
		if err != nil { // the client is closed: so will the calls find it
			return sc, func() {}
		}
		sc.session = session
		return sc, func() { session.EndSession(context.WithoutCancel(ctx)) }
	}).(*scope)
	return sc
}

// join makes a call one of the session's. A call beside another one of the same unit of
// work is made without it.
func (sc *scope) join(ctx context.Context) (joined context.Context, leave func()) {
	if sc == nil || sc.session == nil || !sc.calling.TryLock() {
		return ctx, func() {}
	}
	return mongo.NewSessionContext(ctx, sc.session), sc.calling.Unlock
}

// recall gives a copy of a document as the unit of work has read it, nil if it has not.
func recall[T any](sc *scope, at place) *T {
	if sc == nil {
		return nil
	}
	sc.mu.Lock()
	defer sc.mu.Unlock()
	doc, ok := sc.docs[at].(T)
	if !ok {
		return nil
	}
	return &doc
}

// note keeps a document that was read. Its values are never changed in place.
func note[T any](sc *scope, at place, doc *T) {
	if sc == nil {
		return
	}
	sc.mu.Lock()
	defer sc.mu.Unlock()
	sc.docs[at] = *doc
}

// forget has everything read again, and tells whether anything was known.
func (sc *scope) forget() bool {
	sc.mu.Lock()
	defer sc.mu.Unlock()
	known := len(sc.docs) > 0
	clear(sc.docs)
	return known
}
