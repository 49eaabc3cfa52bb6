package simulator

import (
	"context"
	"errors"
	"sort"
)

// ErrGap says that the cursor is not one that the feed can go on from: so old that
// events after it are forgotten, or of another network. Take a fresh [State].
var ErrGap = errors.New("event cursor out of range")

// ErrClosed says that the network was closed.
var ErrClosed = errors.New("network closed")

// maxEvents bounds the feed, and maxBatch one answer of it.
const (
	maxEvents = 20_000
	maxBatch  = 1_000
)

// feed is the tail of the events, in order.
type feed struct {
	events []Event
	floor  int64         // cursors below it have missed something
	last   int64         // cursor of the newest event
	wake   chan struct{} // closed when something was added
}

func newFeed() feed { return feed{wake: make(chan struct{})} }

func (f *feed) add(e Event) {
	f.events = append(f.events, e)
	f.last = e.N
	if drop := len(f.events) - maxEvents; drop > 0 && len(f.events) >= 2*maxEvents {
		f.floor = f.events[drop-1].N
		f.events = append([]Event(nil), f.events[drop:]...)
	}
	close(f.wake)
	f.wake = make(chan struct{})
}

// after gives what came after the cursor, at most maxBatch events.
func (f *feed) after(cursor int64) ([]Event, error) {
	if cursor < f.floor || cursor > f.last {
		return nil, ErrGap
	}
	i := sort.Search(len(f.events), func(i int) bool { return f.events[i].N > cursor })
	rest := f.events[i:]
	return append([]Event(nil), rest[:min(len(rest), maxBatch)]...), nil
}

// Events gives what happened after the cursor, 0 being the beginning, and waits
// until there is something. The next cursor is the N of the last event. Errors:
// [ErrGap], [ErrClosed], and the context's own.
func (n *Network) Events(ctx context.Context, after int64) ([]Event, error) {
	for {
		n.mu.Lock()
		events, err := n.feed.after(after)
		wake := n.feed.wake
		n.mu.Unlock()
		if err != nil || len(events) > 0 {
			return events, err
		}
		select {
		case <-wake:
		case <-n.done:
			return nil, ErrClosed
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}
