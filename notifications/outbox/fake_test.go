package outbox_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"izinbot/bot"
)

var errBroken = errors.New("broken")

// fakeStore keeps the contract of bot.Outbox and of what a commit does with
// deliveries.
type fakeStore struct {
	mu     sync.Mutex
	seq    int64
	rows   map[int64]*row
	broken error // what every call gives

	claims, writes int // calls that did something
	refusals       int // settlements refused while broken
}

type row struct {
	bot.Delivery
	state  bot.DeliveryState
	owner  string
	reason string
}

func newStore() *fakeStore { return &fakeStore{rows: map[int64]*row{}} }

func (r *row) open() bool                { return r.state == bot.DeliveryPending }
func (r *row) leased(now time.Time) bool { return r.owner != "" && r.Leased.After(now) }

// inOrder gives the pending rows of all chats by Seq.
func (f *fakeStore) inOrder() []*row {
	var rows []*row
	for _, r := range f.rows {
		if r.open() {
			rows = append(rows, r)
		}
	}
	slices.SortFunc(rows, func(a, b *row) int { return cmp.Compare(a.Seq, b.Seq) })
	return rows
}

// commit stores deliveries, leased to owner unless they have to wait.
func (f *fakeStore) commit(owner string, until time.Time, deliveries ...bot.Delivery) []bot.Delivery {
	f.mu.Lock()
	defer f.mu.Unlock()
	var born []bot.Delivery
	for _, d := range deliveries {
		f.seq++
		d.Seq, d.Created, d.Leased = f.seq, time.Now(), until
		for _, r := range f.inOrder() {
			if r.Chat != d.Chat {
				continue
			}
			d.Prev = r.Seq
			if r.owner != owner || !r.leased(d.Created) {
				d.Leased = time.Time{}
			}
		}
		if d.NotBefore.After(d.Created) {
			d.Leased = time.Time{}
		}
		r := &row{Delivery: d, state: bot.DeliveryPending}
		if !d.Leased.IsZero() {
			r.owner = owner
		}
		f.rows[d.Seq] = r
		born = append(born, d)
	}
	return born
}

func (f *fakeStore) Claim(_ context.Context, c bot.Claim) ([]bot.Delivery, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.broken != nil {
		return nil, f.broken
	}
	closed := map[bot.Address]bool{}
	for _, r := range f.inOrder() {
		closed[r.Chat] = closed[r.Chat] || r.leased(c.Now) && c.Live(r.owner, r.Chat, r.Seq, r.Leased)
	}
	var claimed []bot.Delivery
	for _, r := range f.inOrder() {
		closed[r.Chat] = closed[r.Chat] || r.NotBefore.After(c.Now)
		if closed[r.Chat] || len(claimed) >= c.Limit {
			continue
		}
		r.owner, r.Leased = c.Owner, c.Until
		claimed = append(claimed, r.Delivery)
	}
	if len(claimed) > 0 {
		f.claims++
	}
	return claimed, nil
}

func (f *fakeStore) Settle(_ context.Context, now time.Time, settlements ...bot.Settlement) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.broken != nil {
		f.refusals++
		return f.broken
	}
	f.writes++
	for _, s := range settlements {
		r := f.rows[s.Seq]
		switch {
		case r == nil || !r.open():
		case s.State == bot.DeliverySent || s.State == bot.DeliveryDead:
			r.state, r.reason = s.State, s.Reason
		case r.leased(now) && r.owner != s.Owner:
		default:
			r.owner, r.NotBefore, r.Attempts, r.reason = "", s.Retry, s.Attempts, s.Reason
		}
	}
	return nil
}

func (f *fakeStore) fail(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.broken = err
}

// row gives a copy of what is stored of a delivery.
func (f *fakeStore) row(seq int64) row {
	f.mu.Lock()
	defer f.mu.Unlock()
	return *f.rows[seq]
}

// lease gives what is left of the lease of a delivery.
func (f *fakeStore) lease(id string) time.Duration {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, r := range f.rows {
		if r.ID == id {
			return time.Until(r.Leased)
		}
	}
	return 0
}

// open lists what is pending.
func (f *fakeStore) open() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	var ids []string
	for _, r := range f.inOrder() {
		ids = append(ids, r.ID)
	}
	return ids
}

// fakeChannel is a network that notes what it takes.
type fakeChannel struct {
	name string
	// send runs before a message is taken; an error keeps it from being taken.
	send func(ctx context.Context, id string) error

	mu   sync.Mutex
	sent []string
	at   map[string][]time.Duration // since the channel was made, of every try
	born time.Time
}

func newChannel(send func(ctx context.Context, id string) error) *fakeChannel {
	return &fakeChannel{name: "sim", send: send, at: map[string][]time.Duration{}, born: time.Now()}
}

func (c *fakeChannel) Name() string { return c.name }

func (c *fakeChannel) Send(ctx context.Context, id string, to bot.Address, m bot.Message) error {
	c.mu.Lock()
	c.at[id] = append(c.at[id], time.Since(c.born))
	c.mu.Unlock()
	if to.Channel() != c.name || m.Text != id {
		return fmt.Errorf("delivery %s: message %q to %s", id, m.Text, to)
	}
	if c.send != nil {
		if err := c.send(ctx, id); err != nil {
			return err
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sent = append(c.sent, id)
	return nil
}

func (c *fakeChannel) all() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.sent)
}

func (c *fakeChannel) tries(id string) []time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.at[id])
}

// reply and notice make deliveries; the text is the id.
func reply(chat, id string) bot.Delivery {
	return bot.Delivery{ID: id, Chat: bot.MakeAddress("sim", chat), Message: bot.Message{Text: id}}
}

func notice(chat, id string) bot.Delivery {
	d := reply(chat, id)
	d.Notice = true
	return d
}
