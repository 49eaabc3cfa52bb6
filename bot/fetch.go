package bot

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

// Fetcher is a channel whose network keeps files, so that a message can be stored
// before its files are here.
type Fetcher interface {
	// Fetch puts the content of f.Ref into the file store and gives f with its
	// Key and Size, or with its Problem if it can never be had. An error means
	// that it may work later.
	Fetch(ctx context.Context, f InboundFile) (InboundFile, error)
}

// Wanter is a handler that knows whether it would take the files of a message now.
// Others are not fetched: nothing is stored before it is wanted.
type Wanter interface {
	WantsFiles(ctx context.Context, r Received) (bool, error)
}

// ErrUnfetched is the failure of a message whose file could not be fetched yet. The
// dispatcher tries it again, and gives it up for that only if a later message of the chat
// waits that needs no file ([DispatcherConfig.Wait]).
var ErrUnfetched = errors.New("file not fetched")

// ErrOffline is returned by Fetch while its network is not connected, which will come to
// an end: nobody is to blame, so such tries do not count.
var ErrOffline = errors.New("network not connected")

// ErrUnkept is returned by Fetch while the file store cannot take a file. Such tries do
// not count: the network still has it.
var ErrUnkept = errors.New("file cannot be kept")

// fetchTries limits the tries to fetch a file; with the dispatcher's
// backoff about ten minutes. Then its sender is asked to send it again.
const fetchTries = 25

// Fetching gives a handler that fetches the files of a message before next
// handles it. It is done here and not before the message is accepted, so that a
// large file, or a network that gives none for a while, holds up only the chat
// that it is in.
func Fetching(next Handler, channels ...Channel) Handler {
	f := &fetching{next: next, fetchers: map[string]Fetcher{}, tries: map[int64]int{}}
	for _, c := range channels {
		if fetcher, ok := c.(Fetcher); ok {
			f.fetchers[c.Name()] = fetcher
		}
	}
	return f
}

type fetching struct {
	next     Handler
	fetchers map[string]Fetcher // by the channel's name

	mu    sync.Mutex
	tries map[int64]int // failures by the message's Seq
}

// Handle implements [Handler].
func (f *fetching) Handle(ctx context.Context, r Received) error {
	wanted, err := f.wants(ctx, r)
	if err != nil {
		return err
	}
	if !wanted {
		return f.next.Handle(ctx, r)
	}
	files, err := f.fetchAll(ctx, r)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrUnfetched, err)
	}
	r.Files = files
	return f.next.Handle(ctx, r)
}

// wants tells whether the files of a message are to be fetched.
func (f *fetching) wants(ctx context.Context, r Received) (bool, error) {
	w, ok := f.next.(Wanter)
	if !ok || len(r.Files) == 0 {
		return true, nil
	}
	wanted, err := w.WantsFiles(ctx, r)
	if err != nil {
		return false, fmt.Errorf("ask whether files are wanted: %w", err)
	}
	return wanted, nil
}

func (f *fetching) fetchAll(ctx context.Context, r Received) ([]InboundFile, error) {
	var out []InboundFile
	for _, file := range r.Files {
		got, err := f.fetch(ctx, r, file)
		if err != nil {
			return nil, err
		}
		out = append(out, got)
	}
	return out, nil
}

// fetch gets one file, if it is not here.
func (f *fetching) fetch(ctx context.Context, r Received, file InboundFile) (InboundFile, error) {
	if file.Key != "" || file.Ref == "" || file.Problem != "" {
		return file, nil
	}
	fetcher := f.fetchers[r.Chat.Channel()]
	if fetcher == nil {
		file.Problem = FileGone
		return file, nil
	}
	got, err := fetcher.Fetch(ctx, file)
	if err == nil {
		f.forget(r.Seq)
		got.Fetched = got.Key != ""
		return got, nil
	}
	if ctx.Err() == nil && !errors.Is(err, ErrOffline) && !errors.Is(err, ErrUnkept) && f.fail(r.Seq) >= fetchTries {
		f.forget(r.Seq)
		file.Problem = FileGone
		return file, nil
	}
	return file, err
}

func (f *fetching) fail(seq int64) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.tries[seq]++
	return f.tries[seq]
}

func (f *fetching) forget(seq int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.tries, seq)
}
