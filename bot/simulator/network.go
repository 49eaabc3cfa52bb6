package simulator

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"time"

	"izinbot/bot"
)

// Name is the channel's name, the prefix of its addresses and inbound ids.
const Name = "sim"

// DefaultKeep is the number of messages of each phone kept in memory unless
// [Config] says otherwise. The journal keeps all.
const DefaultKeep = 1_000

// reserved is the number of ids that one synced journal line reserves.
const reserved = 1_000

// ErrNoPhone says that the network has no phone of this id.
var ErrNoPhone = errors.New("no such phone")

// Config configures a network. Clock, Files and Accept are required.
type Config struct {
	Phones []Phone
	Clock  func() time.Time
	Files  bot.Files
	// Accept stores what persons said; when it returns nil, it is safe.
	Accept func(ctx context.Context, in ...bot.Inbound) error
	// Code gives the one-time code that an officer's phone shows at now. nil or
	// false: the phone shows none.
	Code func(phone string, now time.Time) (code string, ok bool)
	Keep int // messages of each phone kept in memory; 0 means [DefaultKeep]
}

var (
	_ bot.Channel = (*Network)(nil)
	_ bot.Typist  = (*Network)(nil)
)

// Network is the simulated chat network. It is safe for concurrent use.
type Network struct {
	cfg    Config
	phones map[string]*phone // fixed after Open
	done   chan struct{}

	mu      sync.Mutex
	journal *journal
	feed    feed
	last    int64 // the last id given
	limit   int64 // ids up to here are reserved
	closed  bool
}

// Open opens the network whose journal is at path, making it if there is none. An
// empty path means a network that forgets everything.
func Open(path string, cfg Config) (*Network, error) {
	if cfg.Clock == nil || cfg.Files == nil || cfg.Accept == nil {
		return nil, errors.New("open simulator: Clock, Files and Accept are required")
	}
	if cfg.Keep <= 0 {
		cfg.Keep = DefaultKeep
	}
	n := &Network{cfg: cfg, phones: map[string]*phone{}, done: make(chan struct{}), feed: newFeed()}
	for _, p := range cfg.Phones {
		if _, twice := n.phones[p.ID]; twice || p.ID == "" {
			return nil, fmt.Errorf("open simulator: phone id %q is empty or used twice", p.ID)
		}
		n.phones[p.ID] = newPhone(p)
	}
	var err error
	if n.journal, err = openJournal(path, n.apply); err != nil {
		return nil, fmt.Errorf("open simulator: %w", err)
	}
	n.last = max(n.last, n.limit)
	return n, nil
}

// Close ends every wait for events and closes the journal. Closing twice is
// harmless.
func (n *Network) Close() error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.closed {
		return nil
	}
	n.closed = true
	close(n.done)
	return n.journal.close()
}

// Name implements [bot.Channel].
func (*Network) Name() string { return Name }

// record gives the event its number, writes it down and lets it take effect. The
// caller holds the mutex.
func (n *Network) record(e Event) (int64, error) {
	if n.closed {
		return 0, ErrClosed
	}
	if err := n.reserve(); err != nil {
		return 0, err
	}
	e.N = n.last + 1
	if e.Message != nil {
		e.Message.N = e.N
	}
	if e.Kind != KindTyping {
		if err := n.journal.append(e, false); err != nil {
			return 0, err
		}
	}
	n.apply(e)
	return e.N, nil
}

// reserve makes sure that the next id cannot be given again after a loss of power,
// when lines that were written but not synced are gone.
func (n *Network) reserve() error {
	if n.last < n.limit {
		return nil
	}
	e := Event{Kind: kindReserve, N: n.last, Of: n.last + reserved}
	if err := n.journal.append(e, true); err != nil {
		return err
	}
	n.limit = e.Of
	return nil
}

// apply lets an event take effect in memory. Events of phones that are no longer
// set up only move the counter.
func (n *Network) apply(e Event) {
	n.last = max(n.last, e.N)
	if e.Kind == kindReserve {
		n.limit = e.Of
		return
	}
	p, ok := n.phones[e.Phone]
	if !ok || (e.Kind == KindMessage && e.Message == nil) {
		return
	}
	p.apply(e, n.cfg.Keep)
	n.feed.add(e)
}

func inboundID(n int64) string { return Name + ":" + strconv.FormatInt(n, 10) }
