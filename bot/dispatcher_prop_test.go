package bot_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"izinbot/bot"
)

// trouble is the failure of one try at a message; later tries succeed.
type trouble int

const (
	slow       trouble = iota
	fails              // nothing is written
	panics             // nothing is written
	ambiguous          // the write succeeds, the handler says it failed
	inboxFails         // the inbox cannot be read
	troubles
)

// plan is one drawn course of events.
type plan struct {
	cfg bot.DispatcherConfig

	readLag, acceptLag time.Duration // of the inbox

	batches  [][]bot.Inbound
	pauses   []time.Duration // before each batch
	accepts  [][]failure     // by batch: how its Accepts end until one is fine
	troubles map[string][]trouble
	restarts map[int]bool // before these batches the process is replaced
	gathers  int          // most messages that are taken as one
}

func drawPlan(t *rapid.T) plan {
	p := plan{troubles: map[string][]trouble{}, restarts: map[int]bool{}}
	p.cfg = bot.DispatcherConfig{
		Workers: rapid.IntRange(1, 4).Draw(t, "workers"),
		Queue:   rapid.IntRange(1, 4).Draw(t, "queue"),
		Memory:  rapid.IntRange(1, 10).Draw(t, "memory"),
		Tries:   rapid.IntRange(1, 4).Draw(t, "tries"),
		Slow:    2 * time.Second,
	}
	p.readLag = time.Duration(rapid.IntRange(0, 5).Draw(t, "read lag")) * 10 * time.Millisecond
	p.acceptLag = time.Duration(rapid.IntRange(0, 5).Draw(t, "accept lag")) * 10 * time.Millisecond
	p.gathers = rapid.IntRange(1, 4).Draw(t, "gathers")
	numbers := map[string]int{}
	for b := range rapid.IntRange(1, 12).Draw(t, "batches") {
		var batch []bot.Inbound
		for range rapid.IntRange(1, 5).Draw(t, "messages") {
			chat := rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "chat")
			if rapid.IntRange(0, 3).Draw(t, "new") > 0 {
				numbers[chat]++
			}
			m := message(chat, numbers[chat])
			batch = append(batch, m)
			p.troubles[m.ID] = rapid.SliceOfN(rapid.Map(rapid.IntRange(0, int(troubles)-1), func(i int) trouble { return trouble(i) }), 0, 3).Draw(t, "troubles")
		}
		p.batches = append(p.batches, batch)
		p.pauses = append(p.pauses, time.Duration(rapid.IntRange(0, 3).Draw(t, "pause"))*50*time.Millisecond)
		p.accepts = append(p.accepts, rapid.SliceOfN(rapid.Map(rapid.IntRange(1, int(failures)-1), func(i int) failure { return failure(i) }), 0, 2).Draw(t, "failures"))
		p.restarts[b] = rapid.IntRange(0, 5).Draw(t, "restart") == 0
	}
	return p
}

// course is a plan while it happens.
type course struct {
	plan
	inbox    *fakeInbox
	networks sync.WaitGroup

	mu      sync.Mutex
	running map[bot.Address]bool
	done    map[string]bool // by the present dispatcher
	broken  int             // reads of the inbox that are to fail
	faults  []error
}

// Property: whatever fails, what Accept took is handled, in the order of its chat,
// by one handler at a time.
func TestDispatcherLosesNothingAndKeepsOrder(t *testing.T) {
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
	c := &course{plan: p, inbox: newInbox(), running: map[bot.Address]bool{}}
	c.inbox.read, c.inbox.readLag, c.inbox.acceptLag = c.read, p.readLag, p.acceptLag
	d, err := c.replace(ctx, nil)
	if err != nil {
		return err
	}
	for i, batch := range p.batches {
		time.Sleep(p.pauses[i])
		if p.restarts[i] {
			if d, err = c.replace(ctx, d); err != nil {
				return err
			}
		}
		c.networks.Go(func() { c.deliver(ctx, d, i, batch) })
	}
	c.networks.Wait()
	// A batch may have met a dispatcher that was stopped; the next one handles it.
	if d, err = c.replace(ctx, d); err != nil {
		return err
	}
	c.fault(d.Idle(ctx), d.Stop(ctx))
	if left := c.inbox.unhandled(); len(left) > 0 {
		c.fault(fmt.Errorf("unhandled at the end: %v", left))
	}
	return errors.Join(c.faults...)
}

// replace stops one dispatcher and starts the next on the same inbox, once nobody
// uses the first.
func (c *course) replace(ctx context.Context, old *bot.Dispatcher) (*bot.Dispatcher, error) {
	if old != nil {
		if err := old.Stop(ctx); err != nil {
			return nil, err
		}
		c.networks.Wait()
	}
	c.done = map[string]bool{}
	cfg := c.cfg
	cfg.Failed = func(_ context.Context, r bot.Received, _ error) error { return c.finish(r) }
	d := bot.NewDispatcher(c.inbox, c, cfg)
	return d, d.Start(ctx)
}

// deliver plays the network: it sends a batch again until it is taken.
func (c *course) deliver(ctx context.Context, d *bot.Dispatcher, i int, batch []bot.Inbound) {
	for _, how := range append(c.accepts[i], fine) {
		err := d.Accept(context.WithValue(ctx, acceptEnds{}, how), time.Now(), batch...)
		if (err == nil) != (how == fine) {
			c.fault(fmt.Errorf("accept that ends with %d: %w", how, err))
		}
		time.Sleep(30 * time.Millisecond)
	}
}

// Handle is the handler, with the troubles of the plan.
func (c *course) Handle(_ context.Context, r bot.Received) error {
	if !c.enter(r.Chat, true) {
		c.fault(fmt.Errorf("two handlers at once in %s", r.Chat))
	}
	defer c.enter(r.Chat, false)
	if c.gathers > 1 && c.inbox.isHandled(r) {
		return nil // it was taken with an earlier one
	}
	group := append([]bot.Received{r}, r.Behind...)
	group = group[:min(len(group), c.gathers)]
	if len(group) < c.gathers && !r.Settled {
		return &bot.EarlyError{Quiet: 40 * time.Millisecond}
	}
	switch c.trouble(r.ID) {
	case fails:
		return errBroken
	case panics:
		panic(errBroken)
	case ambiguous:
		c.fault(c.inbox.handle(group...))
		return errBroken
	case slow:
		time.Sleep(70 * time.Millisecond)
	case inboxFails:
		c.mu.Lock()
		c.broken = 2
		c.mu.Unlock()
	case troubles:
	}
	for _, part := range group {
		c.fault(c.finish(part))
	}
	return nil
}

// finish writes that a message is handled. The dispatcher learns of it, so it must
// not give that message again.
func (c *course) finish(r bot.Received) error {
	c.mu.Lock()
	again := c.done[r.ID]
	c.done[r.ID] = true
	c.mu.Unlock()
	if again {
		c.fault(fmt.Errorf("message %s was handled again", r.ID))
	}
	return c.inbox.handle(r)
}

func (c *course) enter(chat bot.Address, in bool) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	changed := c.running[chat] != in
	c.running[chat] = in
	return changed
}

func (c *course) trouble(id string) trouble {
	c.mu.Lock()
	defer c.mu.Unlock()
	list := c.troubles[id]
	if len(list) == 0 {
		return troubles
	}
	c.troubles[id] = list[1:]
	return list[0]
}

func (c *course) read() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.broken > 0 {
		c.broken--
		return errBroken
	}
	return nil
}

func (c *course) fault(errs ...error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := errors.Join(errs...); err != nil {
		c.faults = append(c.faults, err)
	}
}
