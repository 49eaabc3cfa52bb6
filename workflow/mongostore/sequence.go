package mongostore

import (
	"context"
	"sync"
)

// blockSize is the number of sequence numbers that a process takes at once.
const blockSize = 256

// sequence gives out numbers that no process gives out again. They are taken from a
// counter in blocks, so that most need no call. Those of two processes grow side by
// side: which of them is greater says nothing, but within a chat, where each is made
// greater than the last.
type sequence struct {
	calls *queues // for the next block

	mu        sync.Mutex
	next, end int64 // what is left of the block: [next, end)
}

// take gives the first of n numbers that follow each other and are all greater than
// last.
func (q *sequence) take(ctx context.Context, counters table, n int, last int64) (int64, error) {
	want := int64(n)
	if first, ok := q.left(want, last); ok {
		return first, nil
	}
	leave, err := q.calls.enter(ctx, "block")
	if err != nil {
		return 0, err
	}
	defer leave()
	if first, ok := q.left(want, last); ok { // somebody else has got a block meanwhile
		return first, nil
	}
	size := max(want, blockSize)
	top, err := counters.add(ctx, "sequence", size)
	if err != nil {
		return 0, err
	}
	first := top - size + 1
	q.mu.Lock()
	defer q.mu.Unlock()
	q.next, q.end = first+want, top+1
	return first, nil
}

// left takes numbers from what is left of the block; ok is false if they are too few or
// too small.
func (q *sequence) left(want, last int64) (first int64, ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.next <= last || q.end-q.next < want {
		return 0, false
	}
	q.next += want
	return q.next - want, true
}
