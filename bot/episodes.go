package bot

import (
	"sync"
	"time"
)

// Episodes remembers conditions that begin and end, such as a lack or a silence, so that
// the log tells each of them once at its beginning and once at its end. The zero value
// knows of none. It is safe for concurrent use.
type Episodes struct {
	mu    sync.Mutex
	since map[string]episode
}

type episode struct {
	kind  string
	began time.Time
}

// Begin notes that something is the case, of a kind, and tells whether that is new: it was
// not, or of another kind.
func (e *Episodes) Begin(what, kind string, now time.Time) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	last, lasts := e.since[what]
	if lasts && last.kind == kind {
		return false
	}
	if e.since == nil {
		e.since = map[string]episode{}
	}
	if !lasts {
		last.began = now
	}
	e.since[what] = episode{kind: kind, began: last.began}
	return true
}

// End notes that something is not the case, and tells whether it was until now, and for
// how long.
func (e *Episodes) End(what string, now time.Time) (lasted time.Duration, ended bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	last, lasts := e.since[what]
	if !lasts {
		return 0, false
	}
	delete(e.since, what)
	return now.Sub(last.began), true
}
