package mongostore

import (
	"context"
	"hash/fnv"
)

// queues are where those of this process wait for each other who change the same
// thing, instead of forestalling each other. Processes are kept apart by guards alone.
type queues [64]chan struct{}

func newQueues() *queues {
	var q queues
	for i := range q {
		q[i] = make(chan struct{}, 1)
	}
	return &q
}

// enter waits until it is one's turn to change a thing. Who is in a queue may enter one
// of another kind: a case's first, then a chat's.
func (q *queues) enter(ctx context.Context, id string) (leave func(), err error) {
	h := fnv.New32a()
	_, _ = h.Write([]byte(id)) // never fails
	lane := q[h.Sum32()%uint32(len(q))]
	select {
	case lane <- struct{}{}:
		return func() { <-lane }, nil
	case <-ctx.Done():
		return nil, translate("write", ctx.Err())
	}
}
