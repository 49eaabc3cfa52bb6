package bot

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// ErrStopped is returned by [KeyedPool.Idle] if Stop left work undone.
var ErrStopped = errors.New("stopped")

// KeyedPool runs the work of many lanes side by side with a bounded number of
// workers; the work of one lane is done piece after piece, never two at once. A
// chat is a lane: its messages keep their order while other chats go on. A lane
// that rests costs no goroutine and no timer.
type KeyedPool struct {
	limit int // most workers at once

	mu      sync.Mutex
	ctx     context.Context // of the work; nil before Start
	cancel  context.CancelFunc
	stopped bool
	gone    chan struct{} // closed once stopped and without workers
	workers int
	spare   []chan struct{} // of workers that wait for a lane, the last to wait last
	busy    int             // lanes that do not rest
	calm    chan struct{}   // closed when busy becomes 0; nil if nobody waits
	major   laneQueue       // lanes that can be worked on
	minor   laneQueue       // the same, of which the work may wait
	picks   int
}

// majorShare is the number of lanes taken before one with minor work gets its
// turn while both kinds wait, so that minor work is late but never starves.
const majorShare = 8

// mostSpare limits the workers that wait for work. A new one would have to grow its
// stack anew, down to the depths of the database, which costs some percent of a
// message. A batch of updates wakes up to a hundred.
const mostSpare = 128

// NewKeyedPool gives lanes that at most limit workers serve.
func NewKeyedPool(limit int) *KeyedPool {
	return &KeyedPool{limit: limit, gone: make(chan struct{})}
}

// Start begins the work; lanes that were woken before have waited for it. The
// work runs under ctx without its end: only [KeyedPool.Stop] ends it, so that what
// runs at a shutdown can finish. A second Start has no effect.
func (l *KeyedPool) Start(ctx context.Context) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ctx != nil {
		return
	}
	l.ctx, l.cancel = context.WithCancel(context.WithoutCancel(ctx))
	for range l.major.n + l.minor.n {
		l.startWorker()
	}
}

// stopGrace is the time that Stop waits for work that it has cancelled.
const stopGrace = 2 * time.Second

// Stop lets what runs finish and begins nothing more. When ctx ends first, it
// cancels the context of the work, waits two seconds more at most and returns an
// error. It may be called again, also before Start.
func (l *KeyedPool) Stop(ctx context.Context) error {
	l.mu.Lock()
	if !l.stopped {
		l.stopped = true
		for len(l.spare) > 0 {
			l.wake()
		}
		l.closeIfDone()
	}
	l.mu.Unlock()
	defer l.abort()
	select {
	case <-l.gone:
		return nil
	case <-ctx.Done():
	}
	l.abort()
	grace := time.NewTimer(stopGrace)
	defer grace.Stop()
	select {
	case <-l.gone:
		return fmt.Errorf("work was cut short: %w", ctx.Err())
	case <-grace.C:
		return fmt.Errorf("work does not end: %w", ctx.Err())
	}
}

func (l *KeyedPool) abort() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.cancel != nil {
		l.cancel()
	}
}

// Idle waits until all lanes rest. It returns ErrStopped if they cannot any more.
func (l *KeyedPool) Idle(ctx context.Context) error {
	l.mu.Lock()
	if l.busy == 0 {
		l.mu.Unlock()
		return nil
	}
	if l.calm == nil {
		l.calm = make(chan struct{})
	}
	calm := l.calm
	l.mu.Unlock()
	select {
	case <-calm:
		return nil
	case <-l.gone:
		return ErrStopped
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Wake says that a lane has work. One that waits out a [Next] goes on at once.
func (l *KeyedPool) Wake(lane *Lane, minor bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch lane.state {
	case laneRests:
		l.busy++
		l.enqueue(lane, minor)
	case laneWaits:
		lane.timer.Stop()
		l.enqueue(lane, minor)
	case laneRuns:
		lane.woken = true
	case laneReady:
		if lane.minor && !minor {
			l.minor.remove(lane)
			l.enqueue(lane, false)
		}
	}
}

// enqueue makes a lane ready and sees to it that a worker takes one.
func (l *KeyedPool) enqueue(lane *Lane, minor bool) {
	l.queue(lane, minor)
	l.startWorker()
}

// queue makes a lane ready.
func (l *KeyedPool) queue(lane *Lane, minor bool) {
	lane.state, lane.minor = laneReady, minor
	if minor {
		l.minor.push(lane)
	} else {
		l.major.push(lane)
	}
}

// startWorker wakes a worker that waits, or starts one if the limit allows it.
func (l *KeyedPool) startWorker() {
	switch {
	case len(l.spare) > 0:
		l.wake()
	case l.ctx != nil && !l.stopped && l.workers < l.limit:
		l.workers++
		go l.serve(l.ctx)
	}
}

// wake wakes the worker that has waited the shortest time.
func (l *KeyedPool) wake() {
	last := len(l.spare) - 1
	l.spare[last] <- struct{}{} // has room for it
	l.spare = l.spare[:last]
}

// closeIfDone closes gone once the pool is stopped and has no worker any more.
func (l *KeyedPool) closeIfDone() {
	if l.stopped && l.workers == 0 {
		close(l.gone)
	}
}

// serve works until it is not needed any more.
func (l *KeyedPool) serve(ctx context.Context) {
	called := make(chan struct{}, 1)
	lane, stay := l.take(called)
	for {
		switch {
		case lane != nil:
			lane, stay = l.follow(lane, lane.work(ctx), called)
		case stay:
			<-called
			lane, stay = l.take(called)
		default:
			return
		}
	}
}

// take gives the next lane to work on, or tells whether the worker is to stay until
// it is called.
func (l *KeyedPool) take(called chan struct{}) (lane *Lane, stay bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.next(called)
}

func (l *KeyedPool) next(called chan struct{}) (lane *Lane, stay bool) {
	if lane = l.pick(); lane != nil {
		lane.state, lane.woken = laneRuns, false
		return lane, false
	}
	if !l.stopped && len(l.spare) < mostSpare {
		l.spare = append(l.spare, called)
		return nil, true
	}
	l.workers--
	l.closeIfDone()
	return nil, false
}

func (l *KeyedPool) pick() *Lane {
	if l.stopped {
		return nil
	}
	l.picks++
	if l.picks%majorShare == 0 && l.minor.n > 0 {
		return l.minor.pop()
	}
	if l.major.n > 0 {
		return l.major.pop()
	}
	return l.minor.pop()
}

// follow does with a lane what its work said, and goes on as take does.
func (l *KeyedPool) follow(lane *Lane, next Next, called chan struct{}) (another *Lane, stay bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case next.More && next.After > 0 && !lane.woken: // as with one that waits already
		lane.state = laneWaits
		lane.naps++
		nap := lane.naps
		lane.timer = time.AfterFunc(next.After, func() { l.resume(lane, nap, next.Minor) })
	case next.More:
		l.queue(lane, next.Minor)
	case lane.woken:
		l.queue(lane, false)
	default:
		lane.state = laneRests
		l.rest()
	}
	return l.next(called)
}

func (l *KeyedPool) rest() {
	l.busy--
	if l.busy == 0 && l.calm != nil {
		close(l.calm)
		l.calm = nil
	}
}

// resume ends a wait, unless the lane was woken while its timer fired.
func (l *KeyedPool) resume(lane *Lane, nap int, minor bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if lane.state == laneWaits && lane.naps == nap {
		l.enqueue(lane, minor)
	}
}
