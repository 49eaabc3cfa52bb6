package lease

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"izinbot/bot"
	"izinbot/workflow/store"
)

// Config configures a node. Store, Name and Now are required.
type Config struct {
	Store store.Leases
	// Name names this run of the process: no other process, and no earlier run,
	// may have the same name.
	Name string
	// Now is the machine's clock, with its monotonic reading.
	Now func() time.Time
	// Prefer has the node take the lease from another one that lives, because it can do
	// what the other cannot. At most one node of a store may be preferred.
	Prefer bool
	Timing Timing
	// Supervise keeps the loop running; nil: nobody does.
	Supervise bot.Supervise
	Log       *slog.Logger // default: none
}

// Timing holds a node's intervals. Zero means the default.
type Timing struct {
	Look   time.Duration // how often a standby reads the lease; default 1 s
	Beat   time.Duration // how often the active node renews it; default 3 s
	Lapse  time.Duration // how long a renewal is valid; default 6 s
	Stale  time.Duration // how long a lease must stand still to be taken; default 7.5 s
	Call   time.Duration // longest call of the store; default 2 s
	Prefer time.Duration // time between two takings from a node that lives; default 10 min
}

func (cfg Config) withDefaults() Config {
	t := &cfg.Timing
	t.Look = cmp.Or(t.Look, time.Second)
	t.Beat = cmp.Or(t.Beat, 3*time.Second)
	t.Lapse = cmp.Or(t.Lapse, 6*time.Second)
	t.Stale = cmp.Or(t.Stale, 7500*time.Millisecond)
	t.Call = cmp.Or(t.Call, 2*time.Second)
	t.Prefer = cmp.Or(t.Prefer, 10*time.Minute)
	cfg.Log = cmp.Or(cfg.Log, slog.New(slog.DiscardHandler))
	return cfg
}

func (cfg Config) check() error {
	switch t := cfg.Timing; {
	case cfg.Store == nil || cfg.Name == "" || cfg.Now == nil:
		return errors.New("lease: Store, Name and Now are required")
	case t.Lapse >= t.Stale:
		return fmt.Errorf("lease: a renewal must lapse (%s) before the lease is stale (%s)", t.Lapse, t.Stale)
	case t.Beat >= t.Lapse:
		return fmt.Errorf("lease: a renewal must come (%s) before the last one lapses (%s)", t.Beat, t.Lapse)
	}
	return nil
}
