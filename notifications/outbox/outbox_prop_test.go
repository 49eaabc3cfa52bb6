package outbox_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"izinbot/bot"
	"izinbot/notifications/outbox"
)

// result is the end of one try of a delivery.
type result int

const (
	taken result = iota
	takenSlowly
	refused  // some error
	asked    // wait 3 s
	rejected // the address is dead
	hangs    // until the try is cancelled
	explodes
	results
)

// turn is one commit: by which process, when, and how long until it is pushed.
type turn struct {
	standby bool          // made by a process that is not active, and not pushed
	pause   time.Duration // before the commit
	lag     time.Duration // until the push
	noPush  bool          // the process was not told that it was written
	content []bot.Delivery
}

// plan is one drawn course of events.
type plan struct {
	cfg     outbox.Config
	turns   []turn
	results map[string][]result // of a delivery, try by try; then taken
	crashes map[int]bool        // before these turns the active process is killed, and another one begins
	outages map[int]bool        // during these turns the store is down
}

func drawPlan(t *rapid.T) plan {
	number := func(from, to int, label string) int { return rapid.IntRange(from, to).Draw(t, label) }
	p := plan{results: map[string][]result{}, crashes: map[int]bool{}, outages: map[int]bool{}}
	p.cfg = outbox.Config{
		Workers: number(1, 4, "workers"), Queue: number(2, 12, "queue"), Batch: number(1, 5, "batch"),
		Lease: 20 * time.Second, Timeout: 5 * time.Second, Margin: time.Second,
		Backoff: 2 * time.Second, MaxBackoff: 8 * time.Second, Attempts: 1000,
	}
	for n := range number(1, 15, "turns") {
		one := turn{
			standby: number(0, 3, "standby") == 0,
			pause:   time.Duration(number(0, 4, "pause")) * 500 * time.Millisecond,
			lag:     time.Duration(number(0, 2, "lag")) * 100 * time.Millisecond,
			noPush:  number(0, 9, "push") == 0,
		}
		for i := range number(1, 4, "deliveries") {
			d := reply(rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "chat"), fmt.Sprintf("%d.%d", n, i))
			d.Notice = number(0, 1, "notice") == 0
			one.content = append(one.content, d)
			if number(0, 2, "trouble") == 0 {
				p.results[d.ID] = rapid.SliceOfN(rapid.Map(rapid.IntRange(0, int(results)-1), func(i int) result { return result(i) }), 0, 3).Draw(t, "results")
			}
		}
		p.turns = append(p.turns, one)
		p.crashes[n] = number(0, 7, "crash") == 0
		p.outages[n] = number(0, 7, "outage") == 0
	}
	return p
}

// course is a plan while it happens. It is the network, too.
type course struct {
	plan
	store *fakeStore

	mu      sync.Mutex
	over    map[string]int           // how often a delivery was taken, or rejected
	order   map[bot.Address][]string // of deliveries, as stored
	sending map[bot.Address]bool
	faults  []error
}

// Property: whatever fails and whoever is active, every delivery is taken by the network
// after all earlier ones of its chat, and only once unless a process was killed.
func TestOutboxLosesNothingAndKeepsOrder(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		p := drawPlan(rt)
		var err error
		synctest.Test(t, func(t *testing.T) { err = p.run(t.Context()) })
		if err != nil {
			rt.Fatal(err)
		}
	})
}

func (p plan) run(ctx context.Context) error {
	c := &course{plan: p, store: newStore(), over: map[string]int{}, order: map[bot.Address][]string{}, sending: map[bot.Address]bool{}}
	c.results = maps.Clone(p.results)
	active := c.process(ctx, "first")
	var pushes sync.WaitGroup
	crashes := 0
	for n, one := range p.turns {
		time.Sleep(one.pause)
		c.store.fail(nil)
		if p.crashes[n] {
			crashes++
			active.kill(ctx)
			active = c.process(ctx, fmt.Sprintf("after crash %d", n))
		}
		born, until := c.commit(active, one)
		if p.outages[n] {
			c.store.fail(errBroken)
		}
		outbox := active.Outbox
		pushes.Go(func() {
			time.Sleep(one.lag)
			if !one.noPush && !one.standby {
				outbox.Push(born...)
			}
			outbox.Done(until)
		})
	}
	c.store.fail(nil)
	pushes.Wait()
	time.Sleep(10 * time.Minute) // enough for every lease and every wait
	c.fault(active.Idle(ctx), active.Stop(ctx))
	c.check(crashes)
	return errors.Join(c.faults...)
}

func (c *course) check(crashes int) {
	if open := c.store.open(); len(open) > 0 {
		c.fault(fmt.Errorf("still pending: %v", open))
	}
	for _, r := range c.store.rows {
		if n := c.over[r.ID]; n < 1 || n > 1+crashes {
			c.fault(fmt.Errorf("delivery %s was taken %d times after %d crashes", r.ID, n, crashes))
		}
	}
}

// process is one outbox, which can be killed.
type process struct {
	*outbox.Outbox
	c    *course
	dead chan struct{} // closed when killed
}

func (c *course) process(ctx context.Context, owner string) *process {
	p := &process{c: c, dead: make(chan struct{})}
	cfg := c.cfg
	cfg.Owner, cfg.Clock = owner, time.Now
	p.Outbox = outbox.New(p, []bot.Channel{p}, cfg)
	c.fault(p.Start(ctx))
	return p
}

// kill ends a process without a trace: what it does afterwards reaches nobody.
func (p *process) kill(ctx context.Context) {
	p.c.mu.Lock()
	close(p.dead)
	clear(p.c.sending) // what it was sending reaches nobody
	p.c.mu.Unlock()
	ctx, cancel := context.WithCancel(ctx)
	cancel()
	_ = p.Stop(ctx) // ends its goroutines
}

func (p *process) killed() bool {
	select {
	case <-p.dead:
		return true
	default:
		return false
	}
}

func (p *process) Claim(ctx context.Context, c bot.Claim) ([]bot.Delivery, error) {
	if p.killed() {
		return nil, errBroken
	}
	return p.c.store.Claim(ctx, c)
}

func (p *process) Settle(ctx context.Context, now time.Time, s ...bot.Settlement) error {
	time.Sleep(10 * time.Millisecond)
	if p.killed() {
		return errBroken
	}
	return p.c.store.Settle(ctx, now, s...)
}

func (p *process) Name() string { return "sim" }

func (p *process) Send(ctx context.Context, id string, to bot.Address, _ bot.Message) error {
	if p.killed() {
		return errBroken
	}
	return p.c.send(ctx, p, id, to)
}

func (c *course) commit(p *process, one turn) ([]bot.Delivery, time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	owner, until := p.Lease(time.Now())
	if one.standby {
		owner = ""
	}
	born := c.store.commit(owner, until, one.content...)
	for _, d := range born {
		c.order[d.Chat] = append(c.order[d.Chat], d.ID)
	}
	return born, until
}

// send is the network: it sees whether order is kept and whether two send at once.
func (c *course) send(ctx context.Context, p *process, id string, to bot.Address) error {
	how := c.begin(p, id, to)
	switch how {
	case takenSlowly:
		time.Sleep(4 * time.Second)
	case hangs:
		<-ctx.Done()
	case taken, refused, asked, rejected, explodes, results:
	}
	c.mu.Lock()
	if !p.killed() {
		c.sending[to] = false
	}
	if !p.killed() && (how == taken || how == takenSlowly || how == rejected) {
		c.over[id]++
	}
	c.mu.Unlock()
	switch how {
	case taken, takenSlowly:
		return nil
	case asked:
		return &bot.SendError{Reason: "too_many", After: 3 * time.Second}
	case rejected:
		return &bot.SendError{Reason: "blocked", Dead: true}
	case explodes:
		panic(errBroken)
	case refused, hangs, results:
	}
	return errBroken
}

func (c *course) begin(p *process, id string, to bot.Address) result {
	c.mu.Lock()
	defer c.mu.Unlock()
	if p.killed() {
		return refused // reaches nobody
	}
	if c.sending[to] {
		c.faults = append(c.faults, fmt.Errorf("delivery %s: two at once to %s", id, to))
	}
	c.sending[to] = true
	for _, earlier := range c.order[to][:slices.Index(c.order[to], id)] {
		if c.over[earlier] == 0 {
			c.faults = append(c.faults, fmt.Errorf("delivery %s overtook %s", id, earlier))
		}
	}
	how := taken
	if list := c.results[id]; len(list) > 0 {
		how, c.results[id] = list[0], list[1:]
	}
	return how
}

func (c *course) fault(errs ...error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := errors.Join(errs...); err != nil {
		c.faults = append(c.faults, err)
	}
}
