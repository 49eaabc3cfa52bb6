package bot

import (
	"sync"
	"time"
)

// Episodes remembers conditions that begin and end, such as a lack or a silence, so that
// the log tells each of them once at its beginning and once at its end. The zero value
// knows of none and tells at once. It is safe for concurrent use.
type Episodes struct {
	// Grace is the time that a condition must last before Begin tells of it. One that ends
	// sooner is never told of.
	Grace time.Duration
	// Calm is the time that a condition must be absent before its end is told. If it is back
	// sooner, it has not ended.
	Calm time.Duration

	mu    sync.Mutex
	since map[string]episode
}

type episode struct {
	kind  string
	began time.Time
	ended time.Time // zero: it lasts
	told  bool      // of the beginning
}

// Begin notes that something is the case, of a kind, and tells whether that is news: it was
// not told before, or was of another kind.
func (e *Episodes) Begin(what, kind string, now time.Time) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	last, known := e.since[what]
	if !known {
		last = episode{began: now}
	}
	news := now.Sub(last.began) >= e.Grace && (!last.told || last.kind != kind)
	if e.since == nil {
		e.since = map[string]episode{}
	}
	e.since[what] = episode{kind: kind, began: last.began, told: last.told || news}
	return news
}

// End notes that something is not the case, and tells whether its end is news, and how
// long it lasted.
func (e *Episodes) End(what string, now time.Time) (lasted time.Duration, news bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	last, known := e.since[what]
	if !known {
		return 0, false
	}
	if last.ended.IsZero() {
		last.ended = now
		e.since[what] = last
	}
	return e.over(what, now)
}

// Over tells as End does whether the end of something is news by now, if End noted it.
func (e *Episodes) Over(what string, now time.Time) (lasted time.Duration, news bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.over(what, now)
}

func (e *Episodes) over(what string, now time.Time) (lasted time.Duration, news bool) {
	last, known := e.since[what]
	if !known || last.ended.IsZero() || now.Sub(last.ended) < e.Calm {
		return 0, false
	}
	delete(e.since, what)
	return last.ended.Sub(last.began), last.told
}
