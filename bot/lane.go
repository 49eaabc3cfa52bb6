package bot

import (
	"context"
	"time"
)

// Next tells the pool when to run this lane again. The zero Next lets the
// lane rest until it is woken.
type Next struct {
	More  bool          // the lane has more work
	After time.Duration // wait so long before it (only with More)
	Minor bool          // the work may wait behind that of other lanes
}

// Lane is a line of work that [KeyedPool] serves.
type Lane struct {
	work func(ctx context.Context) Next

	// The rest belongs to KeyedPool and its lock.
	state      laneState
	minor      bool // which queue it stands in
	woken      bool // while it ran
	timer      *time.Timer
	naps       int // tells a timer that fired late from the present one
	prev, next *Lane
}

// NewLane gives a lane that rests. work does one piece of its work; it must not
// panic.
func NewLane(work func(ctx context.Context) Next) *Lane {
	return &Lane{work: work}
}

type laneState int

const (
	laneRests laneState = iota
	laneReady           // stands in a queue
	laneRuns
	laneWaits // for its timer
)

// laneQueue is a first-in, first-out list that runs through the lanes, so that
// standing in it costs nothing and leaving it is quick.
type laneQueue struct {
	first, last *Lane
	n           int
}

func (q *laneQueue) push(lane *Lane) {
	lane.prev, lane.next = q.last, nil
	if q.last == nil {
		q.first = lane
	} else {
		q.last.next = lane
	}
	q.last = lane
	q.n++
}

// pop gives the first lane, or nil.
func (q *laneQueue) pop() *Lane {
	lane := q.first
	if lane != nil {
		q.remove(lane)
	}
	return lane
}

func (q *laneQueue) remove(lane *Lane) {
	if lane.prev == nil {
		q.first = lane.next
	} else {
		lane.prev.next = lane.next
	}
	if lane.next == nil {
		q.last = lane.prev
	} else {
		lane.next.prev = lane.prev
	}
	lane.prev, lane.next = nil, nil
	q.n--
}
