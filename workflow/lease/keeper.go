package lease

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"time"

	"izinbot/bot"
	"izinbot/workflow/store"
)

// Keeper holds the leases of one run of a process. It is used once: New, Start,
// Stop. It is safe for concurrent use.
type Keeper struct {
	cfg Config

	// These belong to the loop.
	slot   store.Lease // of this node, as it was seen last; without a name: it has none
	sights sights

	mu       sync.Mutex
	renewed  time.Time // when the last successful heartbeat began
	looked   time.Time // when the leases were read last
	alone    bool      // no other node lived then
	held     map[string]*hold
	running  map[string]int // pieces of work of Run
	changed  chan struct{}  // closed at the next change of what is held or runs
	lapse    *time.Timer    // fires when the validity ends
	leaving  bool           // a hand-over is under way
	stopping bool
	stopped  bool

	halt context.CancelFunc
	loop sync.WaitGroup
}

// hold is a lease that is believed to be held.
type hold struct {
	lease   store.Lease
	leaving bool            // on notice: nothing new begins under it
	ctx     context.Context //nolint:containedctx // ends with the hold
	end     context.CancelFunc
}

// New gives a keeper that holds nothing yet.
func New(cfg Config) (*Keeper, error) {
	cfg = cfg.withDefaults()
	if err := cfg.check(); err != nil {
		return nil, err
	}
	return &Keeper{
		cfg: cfg, sights: sights{}, held: map[string]*hold{}, running: map[string]int{}, changed: make(chan struct{}),
	}, nil
}

// Start takes what is free, and keeps on until Stop, not until the end of ctx. A
// store that does not answer is asked again.
func (k *Keeper) Start(ctx context.Context) {
	ctx, k.halt = context.WithCancel(context.WithoutCancel(ctx))
	k.round(ctx)
	k.loop.Go(func() { k.cfg.Supervise.Loop(ctx, "leases", k.rounds) })
}

func (k *Keeper) rounds(ctx context.Context) {
	tick := time.NewTicker(k.cfg.Timing.Look)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			k.round(ctx)
		case <-ctx.Done():
			return
		}
	}
}

// Ours tells whether work in a chat may begin here now.
func (k *Keeper) Ours(chat bot.Address) bool { return k.Holds(k.cfg.Parts.Of(chat)) }

// Holds tells whether work under a lease may begin here now.
func (k *Keeper) Holds(name string) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	h := k.get(name)
	return h != nil && !h.leaving
}

// Fence gives the term under which a lease is held; ok is false if it is not. What
// was begun before a lease was put on notice still has it.
func (k *Keeper) Fence(name string) (f store.Fence, ok bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	h := k.get(name)
	if h == nil {
		return store.Fence{}, false
	}
	return store.Fence{Lease: name, Term: h.lease.Term}, true
}

// FenceOf is Fence for the lease that a chat belongs to.
func (k *Keeper) FenceOf(chat bot.Address) (store.Fence, bool) { return k.Fence(k.cfg.Parts.Of(chat)) }

// Within gives a context that ends as soon as the lease of a chat is lost.
func (k *Keeper) Within(ctx context.Context, chat bot.Address) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	k.mu.Lock()
	defer k.mu.Unlock()
	h := k.get(k.cfg.Parts.Of(chat))
	if h == nil {
		cancel()
		return ctx, cancel
	}
	stop := context.AfterFunc(h.ctx, cancel)
	return ctx, func() { stop(); cancel() }
}

// Share tells which part of all chats is served here, from 0 to 1.
func (k *Keeper) Share() float64 {
	k.mu.Lock()
	defer k.mu.Unlock()
	return float64(k.parts()) / float64(len(k.cfg.Parts))
}

// Alive tells whether the last heartbeat still counts.
func (k *Keeper) Alive() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.valid(k.cfg.Now())
}

// Alone tells whether no other node lived when the leases were read last.
func (k *Keeper) Alone() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.alone
}

// lonelyLook is the number of intervals of Look that pass between two readings of the leases by a
// node that is alone and holds all that it can: only a new node could change them.
const lonelyLook = 2

// rests tells whether the leases need not be read now.
func (k *Keeper) rests(now time.Time) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.alone && !k.stopping && k.valid(now) && len(k.held) == len(k.cfg.Parts)+len(k.cfg.Whole) &&
		now.Sub(k.looked) < lonelyLook*k.cfg.Timing.Look
}

// Held lists the leases that are held, by name.
func (k *Keeper) Held() []string {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.names()
}

// Changed gives a channel that is closed when what is held changes next.
func (k *Keeper) Changed() <-chan struct{} {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.changed
}

// Stop hands everything over and ends. When ctx ends first, what is left is taken
// over by others as from a node that died. Stopping twice, or what never started,
// is harmless.
func (k *Keeper) Stop(ctx context.Context) {
	k.mu.Lock()
	done := k.stopped || k.halt == nil
	k.stopping, k.stopped = true, true
	k.mu.Unlock()
	if done {
		return
	}
	k.handOver(ctx, k.giveNotice(func(string) bool { return true }))
	k.halt()
	k.loop.Wait()
	k.mu.Lock()
	k.dropAll()
	if k.lapse != nil {
		k.lapse.Stop()
	}
	k.mu.Unlock()
	if err := k.bow(ctx); err != nil {
		k.cfg.Log.WarnContext(ctx, "the end of this node is not told", slog.Any("error", err))
	}
}

// bow gives back whatever still has this node's name, its slot last.
func (k *Keeper) bow(ctx context.Context) error {
	v, err := k.read(ctx)
	if err != nil {
		return err
	}
	var errs []error
	for _, slot := range []bool{false, true} {
		for name, l := range v.leases {
			if l.Owner == k.cfg.Owner && slot == strings.HasPrefix(name, nodes) {
				_, err := k.take(ctx, l, "")
				errs = append(errs, err)
			}
		}
	}
	return errors.Join(errs...)
}
