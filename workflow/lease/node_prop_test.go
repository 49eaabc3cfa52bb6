package lease_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"izinbot/workflow/lease"
)

// blow is something that happens to a node.
type blow int

const (
	blowKill  blow = iota // it is gone without a word
	blowPause             // it stands still, with the calls that are under way
	blowCut               // every call fails for a while
	blowStop              // it ends cleanly
	blowJoin              // a new node comes
	blows
)

// event is a blow after a while, to one of the nodes that live then.
type event struct {
	after, lasts time.Duration
	blow         blow
	whom         int
}

type plan struct {
	seed   uint64
	nodes  int
	slow   time.Duration
	faults int
	prefer int // the node that is preferred; -1: none
	events []event
}

func drawPlan(t *rapid.T) plan {
	seconds := func(most int, name string) time.Duration {
		return time.Duration(rapid.IntRange(0, 10*most).Draw(t, name)) * 100 * time.Millisecond
	}
	p := plan{
		seed:   rapid.Uint64().Draw(t, "seed"),
		nodes:  rapid.IntRange(1, 4).Draw(t, "nodes"),
		slow:   time.Duration(rapid.IntRange(0, 300).Draw(t, "slow")) * time.Millisecond,
		faults: rapid.IntRange(0, 10).Draw(t, "faults"),
		prefer: rapid.IntRange(-1, 3).Draw(t, "prefer"),
	}
	for range rapid.IntRange(1, 8).Draw(t, "events") {
		p.events = append(p.events, event{
			after: seconds(12, "after"), lasts: seconds(30, "lasts"),
			blow: blow(rapid.IntRange(0, int(blows)-1).Draw(t, "blow")), whom: rapid.IntRange(0, 3).Draw(t, "whom"),
		})
	}
	return p
}

// Property: whatever is paused, killed, slow or cut off, and whichever node is preferred, no
// two nodes are active at one time, terms only grow, and ten seconds after the last blow one
// is active again.
func TestNeverTwoActiveAndSoonOne(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		p := drawPlan(rt)
		var err error
		synctest.Test(t, func(t *testing.T) { err = p.run(t) })
		if err != nil {
			rt.Fatal(err)
		}
	})
}

// node is a node with its way to the store and its own idea of how fast time passes.
type node struct {
	*lease.Node
	way   *line
	gone  bool
	began chan struct{}
}

func (n *node) stop() {
	<-n.began
	n.Stop(context.Background())
}

// cluster is a plan while it happens.
type cluster struct {
	t     *testing.T
	plan  plan
	table *table
	nodes []*node
	blown time.Time // when the last blow was over, or somebody was active last
	term  int64
}

func (p plan) run(t *testing.T) error {
	t.Helper()
	c := &cluster{t: t, plan: p, table: &table{}, blown: time.Now()}
	defer c.end()
	for range p.nodes {
		c.join()
	}
	for _, e := range p.events {
		if err := c.watch(e.after); err != nil {
			return err
		}
		if err := c.strike(e); err != nil {
			return err
		}
	}
	return c.watch(40 * time.Second)
}

func (c *cluster) join() {
	i := uint64(len(c.nodes))
	way := &line{table: c.table, rand: rand.New(rand.NewPCG(c.plan.seed, i)), slow: c.plan.slow, faults: c.plan.faults}
	began, drift := time.Now(), time.Duration(i%3)*20*time.Millisecond // up to 4 % fast
	k := newNode(c.t, way, "run"+strconv.FormatUint(i, 10), func(cfg *lease.Config) {
		cfg.Prefer = int(i) == c.plan.prefer
		cfg.Now = func() time.Time {
			now := time.Now()
			return now.Add(time.Duration(now.Sub(began).Seconds() * float64(drift)))
		}
	})
	n := &node{Node: k, way: way, began: make(chan struct{})}
	c.nodes = append(c.nodes, n)
	go func() {
		k.Start(context.Background())
		close(n.began)
	}()
}

func (c *cluster) alive() []*node {
	var list []*node
	for _, n := range c.nodes {
		if !n.gone {
			list = append(list, n)
		}
	}
	return list
}

func (c *cluster) strike(e event) error {
	alive := c.alive()
	c.blown = time.Now()
	if e.blow == blowJoin || len(alive) == 0 {
		if len(c.nodes) < 8 {
			c.join()
		}
		return nil
	}
	n := alive[e.whom%len(alive)]
	switch e.blow { //nolint:exhaustive // the rest is done above
	case blowKill:
		n.way.kill()
		n.gone = true
	case blowStop:
		n.gone = true
		go n.stop()
	case blowPause:
		return c.during(e.lasts, n.way.close, n.way.open)
	case blowCut:
		faults := n.way.faults
		return c.during(e.lasts, func() { n.way.fail(200) }, func() { n.way.fail(faults) })
	}
	return nil
}

// during does something to a node for a time. If it is the only one, nobody is active
// meanwhile.
func (c *cluster) during(lasts time.Duration, begin, end func()) error {
	begin()
	err := c.watch(lasts)
	end()
	c.blown = time.Now()
	return err
}

// watch lets time pass and checks which nodes are active.
func (c *cluster) watch(lasts time.Duration) error {
	for end := time.Now().Add(lasts); time.Now().Before(end); {
		time.Sleep(61 * time.Millisecond)
		if err := c.check(); err != nil {
			return err
		}
	}
	return nil
}

func (c *cluster) check() error {
	active := 0
	for i, n := range c.nodes {
		term, ok := n.Term()
		if !ok || n.gone && n.way.isDead() {
			continue
		}
		active++
		if c.blown.Before(time.Now()) {
			c.blown = time.Now()
		}
		if term < c.term {
			return fmt.Errorf("node %d is active in term %d after %d", i, term, c.term)
		}
		c.term = term
	}
	healthy := 0
	for _, n := range c.alive() {
		if n.way.healthy(c.plan.faults) {
			healthy++
		}
	}
	switch quiet := time.Since(c.blown); {
	case active > 1:
		return fmt.Errorf("%d nodes are active", active)
	case active == 0 && healthy > 0 && quiet > c.most():
		return fmt.Errorf("nobody has been active for %v", quiet)
	}
	return nil
}

// most is the time for which nobody may be active after a blow: 10 s, the way of four calls,
// and where calls fail now and then, a few tries more. A preferred node that comes back
// takes the lease anew and waits.
func (c *cluster) most() time.Duration {
	most := 10*time.Second + 8*c.plan.slow
	if c.plan.prefer >= 0 {
		most += 10 * time.Second
	}
	if c.plan.faults > 0 {
		most += 10 * time.Second
	}
	return most
}

// end stops every node, so that nothing is left running.
func (c *cluster) end() {
	for _, n := range c.nodes {
		n.way.kill()
		n.stop()
	}
}
