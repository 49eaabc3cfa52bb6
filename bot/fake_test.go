package bot_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"izinbot/bot"
)

var errBroken = errors.New("broken")

// fakeInbox keeps the contract of bot.Inbox, and of a handler's write: Handled is
// the last handled message of a chat, and everything up to it counts as handled.
type fakeInbox struct {
	mu      sync.Mutex
	seq     int64
	ids     map[string]bool
	rows    []bot.Received
	handled map[bot.Address]int64
	limbo   []bot.Inbound // stored at a later moment, though Accept has failed

	read   func() error // how a read of a chat ends; nil: well
	pages  int          // reads of a chat so far
	looked int          // readings of the whole
	// How long the answers are under way, after which they may be outdated.
	readLag, acceptLag time.Duration
}

// failure is a way in which a write can fail.
type failure int

const (
	fine       failure = iota
	lost               // nothing was stored
	stored             // everything was stored, the caller does not know it
	storedLate         // the same, but the write is still under way
	failures           // how many of these there are
	slowly             // no failure, but a minute later
)

// acceptEnds is the key of a context value of type failure: how an Accept under
// that context ends.
type acceptEnds struct{}

func newInbox() *fakeInbox {
	return &fakeInbox{ids: map[string]bool{}, handled: map[bot.Address]int64{}}
}

func (f *fakeInbox) Accept(ctx context.Context, _ time.Time, messages ...bot.Inbound) ([]bot.Received, error) {
	defer func() { time.Sleep(f.acceptLag) }()
	how, _ := ctx.Value(acceptEnds{}).(failure)
	if how == slowly {
		time.Sleep(time.Minute)
	}
	return f.write(how, messages)
}

func (f *fakeInbox) write(how failure, messages []bot.Inbound) ([]bot.Received, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if how == storedLate {
		f.limbo = append(f.limbo, messages...)
	}
	if how == storedLate || how == lost {
		return nil, errBroken
	}
	f.settleLimbo()
	received := f.store(messages)
	if how == stored {
		return nil, errBroken
	}
	return received, nil
}

// settleLimbo ends the writes under way: they are before any later one.
func (f *fakeInbox) settleLimbo() {
	f.store(f.limbo)
	f.limbo = nil
}

func (f *fakeInbox) store(messages []bot.Inbound) []bot.Received {
	var received []bot.Received
	for _, m := range messages {
		if f.ids[m.ID] {
			continue
		}
		f.ids[m.ID] = true
		f.seq++
		received = append(received, bot.Received{Seq: f.seq, Inbound: m})
	}
	f.rows = append(f.rows, received...)
	return received
}

func (f *fakeInbox) Unhandled(context.Context) ([]bot.Received, error) {
	f.mu.Lock()
	f.looked++
	f.mu.Unlock()
	return f.pick("", 0, 1<<30), nil
}

func (f *fakeInbox) UnhandledOf(_ context.Context, chat bot.Address, after int64, limit int) ([]bot.Received, error) {
	rows := f.pick(chat, after, limit)
	time.Sleep(f.readLag)
	f.mu.Lock()
	f.pages++
	f.mu.Unlock()
	if f.read != nil {
		if err := f.read(); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

func (f *fakeInbox) pick(chat bot.Address, after int64, limit int) []bot.Received {
	f.mu.Lock()
	defer f.mu.Unlock()
	var rows []bot.Received
	for _, r := range f.rows {
		if len(rows) < limit && r.Seq > f.handled[r.Chat] && (chat == "" || chat == r.Chat && r.Seq > after) {
			rows = append(rows, r)
		}
	}
	return rows
}

// handle does the write of a handler that takes messages of a chat as one. It fails when
// an earlier message of the chat would be lost by it.
func (f *fakeInbox) handle(group ...bot.Received) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, r := range group {
		if err := f.handleOne(r); err != nil {
			return err
		}
	}
	return nil
}

func (f *fakeInbox) handleOne(r bot.Received) error {
	for _, row := range f.rows {
		if row.Chat == r.Chat && row.Seq < r.Seq && row.Seq > f.handled[r.Chat] {
			return fmt.Errorf("message %s overtook %s", r.ID, row.ID)
		}
	}
	f.handled[r.Chat] = max(f.handled[r.Chat], r.Seq)
	return nil
}

// looks counts the readings of the whole inbox.
func (f *fakeInbox) looks() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.looked
}

// unhandled gives the ids of what is still to be handled.
func (f *fakeInbox) unhandled() []string {
	var ids []string
	for _, r := range f.pick("", 0, 1<<30) {
		ids = append(ids, r.ID)
	}
	return ids
}

type handlerFunc func(ctx context.Context, r bot.Received) error

func (h handlerFunc) Handle(ctx context.Context, r bot.Received) error { return h(ctx, r) }

// message makes the nth message of a chat.
func message(chat string, n int) bot.Inbound {
	return bot.Inbound{ID: fmt.Sprintf("%s/%d", chat, n), Chat: bot.MakeAddress("sim", chat), Text: "rahasia CONTOH"}
}

// journal collects what was handled, in order.
type journal struct {
	mu  sync.Mutex
	ids []string
}

func (j *journal) add(id string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.ids = append(j.ids, id)
}

func (j *journal) all() []string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return append([]string(nil), j.ids...)
}
