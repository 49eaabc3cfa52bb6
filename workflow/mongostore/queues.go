package mongostore

import (
	"context"
	"hash/fnv"
	"time"
)

// queues let writers of this process wait for each other that change the same
// thing, instead of forestalling each other. Processes are kept apart by guards alone.
type queues struct {
	lanes [64]chan struct{}
	most  time.Duration // that one waits
}

func newQueues(most time.Duration) *queues {
	q := &queues{most: most}
	for i := range q.lanes {
		q.lanes[i] = make(chan struct{}, 1)
	}
	return q
}

// enter waits until a thing may be changed, no longer than a call may take:
// if the server does not answer, the time of all who are before would pass. Who is in a
// queue may enter one of another kind: a case's first, then a chat's.
func (q *queues) enter(ctx context.Context, id string) (leave func(), err error) {
	h := fnv.New32a()
	_, _ = h.Write([]byte(id)) // never fails
	lane := q.lanes[h.Sum32()%uint32(len(q.lanes))]
	ctx, cancel := context.WithTimeout(ctx, q.most)
	defer cancel()
	select {
	case lane <- struct{}{}:
		return func() { <-lane }, nil
	case <-ctx.Done():
		return nil, translate("write", ctx.Err())
	}
}
