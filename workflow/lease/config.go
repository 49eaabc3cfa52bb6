package lease

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"izinbot/bot"
	"izinbot/workflow/store"
)

// Config configures a keeper. Store, Owner and Now are required.
type Config struct {
	Store store.Leases
	// Owner names this run of the process: no other process, and no earlier run,
	// may have the same name.
	Owner string
	// Now is the machine's clock, with its monotonic reading.
	Now func() time.Time
	// Parts are the leases of the chats, which are divided evenly among the nodes;
	// default: 16 of them.
	Parts Parts
	// Whole are the names that one node each has. A process lists those that it is
	// able to serve.
	Whole []string
	// Drain waits until nothing runs any more that began in chats that are not
	// ours; it is called before leases are given back. May be nil.
	Drain  func(ctx context.Context) error
	Timing Timing
	// Supervise keeps the loops running; nil: nobody does.
	Supervise bot.Supervise
	Log       *slog.Logger // default: none
}

// Timing holds a keeper's intervals. Zero means the default.
type Timing struct {
	Look  time.Duration // how often the leases are read; default 1 s
	Beat  time.Duration // how often the node renews its slot; default 3 s
	Lapse time.Duration // how long a heartbeat lets it hold its leases; default 8 s
	Stale time.Duration // after how long a still heartbeat is dead; default 10 s
	Call  time.Duration // longest call of the store; default 2 s
	Drain time.Duration // longest wait for work before a lease is given back; default 20 s
}

// slots is the greatest number of nodes. One more holds nothing, and takes messages
// in for the others.
const slots = 16

func (cfg Config) withDefaults() Config {
	t := &cfg.Timing
	t.Look = cmp.Or(t.Look, time.Second)
	t.Beat = cmp.Or(t.Beat, 3*time.Second)
	t.Lapse = cmp.Or(t.Lapse, 8*time.Second)
	t.Stale = cmp.Or(t.Stale, 10*time.Second)
	t.Call = cmp.Or(t.Call, 2*time.Second)
	t.Drain = cmp.Or(t.Drain, 20*time.Second)
	cfg.Log = cmp.Or(cfg.Log, slog.New(slog.DiscardHandler))
	if cfg.Parts == nil {
		cfg.Parts = NewParts(0)
	}
	if cfg.Drain == nil {
		cfg.Drain = func(context.Context) error { return nil }
	}
	return cfg
}

func (cfg Config) check() error {
	switch t := cfg.Timing; {
	case cfg.Store == nil || cfg.Owner == "" || cfg.Now == nil:
		return errors.New("lease: Store, Owner and Now are required")
	case t.Lapse >= t.Stale:
		return fmt.Errorf("lease: a node must let go (%s) before it is taken for dead (%s)", t.Lapse, t.Stale)
	case t.Beat >= t.Lapse:
		return fmt.Errorf("lease: a beat (%s) must come before the lapse (%s)", t.Beat, t.Lapse)
	}
	return nil
}
