package lease

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"izinbot/workflow/store"
)

// Node is one run of a process on a store that others may use too. It is used once: New,
// Start, Stop. It is safe for concurrent use.
//
// A nil *Node is always active, with term 0: the process has its store alone.
type Node struct {
	cfg Config

	// These belong to the loop.
	seen  store.Lease // as it was read or written last
	since time.Time   // since when it has stood so: the end of the reading that first showed it
	from  time.Time   // before it the lease is not acted under; zero unless it was taken from a node that lives

	mu       sync.Mutex
	term     int64           // 0: not active
	renewed  time.Time       // when the last successful renewal began
	reached  time.Time       // when the last reading began
	while    context.Context //nolint:containedctx // ends with the present term
	end      context.CancelFunc
	expiry   *time.Timer   // fires when the validity ends
	changed  chan struct{} // closed at the next change of term, running or stopping
	running  int           // pieces of work of Run
	stopping bool

	halt context.CancelFunc
	loop sync.WaitGroup
}

// New gives a node that is not active yet.
func New(cfg Config) (*Node, error) {
	cfg = cfg.withDefaults()
	if err := cfg.check(); err != nil {
		return nil, err
	}
	return &Node{cfg: cfg, changed: make(chan struct{})}, nil
}

// Start takes the lease if it is free, and competes for it until Stop, not until the end
// of ctx. A store that does not answer is asked again.
func (n *Node) Start(ctx context.Context) {
	if n == nil {
		return
	}
	ctx, n.halt = context.WithCancel(context.WithoutCancel(ctx))
	n.round(ctx)
	n.loop.Go(func() { n.cfg.Supervise.Loop(ctx, "lease", n.rounds) })
}

func (n *Node) rounds(ctx context.Context) {
	tick := time.NewTicker(n.cfg.Timing.Look)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			n.round(ctx)
		case <-ctx.Done():
			return
		}
	}
}

// Stop gives the lease back, once the work of Run has ended. When ctx ends before that,
// others take the lease as from a node that died. Stopping twice, or what never started, is
// harmless.
func (n *Node) Stop(ctx context.Context) {
	if n == nil || n.halt == nil {
		return
	}
	n.mu.Lock()
	n.stopping = true
	n.tell()
	n.mu.Unlock()
	n.until(ctx, func() bool { return n.running == 0 })
	n.halt()
	n.loop.Wait()
	n.lose(ctx, "it is stopped")
	n.mu.Lock()
	ended := n.running == 0
	n.mu.Unlock()
	ctx = context.WithoutCancel(ctx)
	if !ended || n.cfg.Now().Before(n.from) { // or the one that it was taken from may still be active
		return
	}
	if l, err := n.read(ctx); err == nil && l.Holder == n.cfg.Name {
		if _, err := n.write(ctx, n.cfg.Timing.Call, l, ""); err != nil {
			n.cfg.Log.WarnContext(ctx, "lease is not given back", slog.Any("error", err))
		}
	}
}

// Active tells whether work may begin here now.
func (n *Node) Active() bool {
	_, ok := n.Term()
	return ok
}

// Term gives the fencing term of the active node; ok is false on a standby.
func (n *Node) Term() (term int64, ok bool) {
	if n == nil {
		return 0, true
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.term, n.active()
}

// While gives a context that ends as soon as this node is no longer active.
func (n *Node) While(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	if n == nil {
		return ctx, cancel
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if !n.active() {
		cancel()
		return ctx, cancel
	}
	stop := context.AfterFunc(n.while, cancel)
	return ctx, func() { stop(); cancel() }
}

// Standby tells whether this node is not active although it reaches the store: another
// one is active, or soon will be.
func (n *Node) Standby() bool {
	if n == nil {
		return false
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	return !n.active() && !n.reached.IsZero() && passed(n.reached, n.cfg.Now()) < n.cfg.Timing.Lapse
}

// Run does work whenever this node is active, until ctx ends. The work's context ends when
// the node is no longer active or is being stopped; the lease is given back only after the
// work has returned. Work that returns earlier is begun again in the next term.
func (n *Node) Run(ctx context.Context, work func(ctx context.Context)) {
	if n == nil {
		work(ctx)
		return
	}
	for n.until(ctx, func() bool { return n.active() && !n.stopping }) {
		while := n.runOnce(ctx, work)
		n.until(ctx, func() bool { return while.Err() != nil || n.stopping })
	}
}

// runOnce does the work once, if the node still is active. It gives the context of the
// period in which the work was begun: while the work ends, the next period may have begun.
func (n *Node) runOnce(ctx context.Context, work func(ctx context.Context)) (while context.Context) {
	n.mu.Lock()
	if !n.active() || n.stopping {
		n.mu.Unlock()
		return ended()
	}
	n.running++
	while = n.while
	n.mu.Unlock()
	defer func() {
		n.mu.Lock()
		defer n.mu.Unlock()
		n.running--
		n.tell()
	}()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		n.until(ctx, func() bool { return while.Err() != nil || n.stopping })
		cancel()
	}()
	work(ctx)
	return while
}

func ended() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}

// until waits for a condition, which is asked under the lock; false: ctx ended first.
func (n *Node) until(ctx context.Context, is func() bool) bool {
	for {
		n.mu.Lock()
		done, changed := is(), n.changed
		n.mu.Unlock()
		if done {
			return ctx.Err() == nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return false
		}
	}
}
