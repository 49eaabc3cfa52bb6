package mongostore

import (
	"context"
	"sync"
)

// blockSize is how many sequence numbers a process takes at once.
const blockSize = 256

// sequence gives out numbers that no process gives out again. They are taken from a
// counter in blocks, so that most need no call. Those of two processes grow side by
// side: which of them is greater says nothing, but within a chat, where each is made
// greater than the last.
type sequence struct {
	mu        sync.Mutex
	next, end int64 // what is left of the block: [next, end)
}

// take gives the first of n numbers that follow each other and are all greater than
// last.
func (q *sequence) take(ctx context.Context, counters table, n int, last int64) (int64, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	want := int64(n)
	if q.next > last && q.end-q.next >= want {
		q.next += want
		return q.next - want, nil
	}
	size := max(want, blockSize)
	top, err := counters.add(ctx, "sequence", size)
	if err != nil {
		return 0, err
	}
	first := top - size + 1
	q.next, q.end = first+want, top+1
	return first, nil
}
