package outbox

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"

	"izinbot/bot"
)

// Outbox brings deliveries to the channels. See the package's comment for what it
// promises.
type Outbox struct {
	store    bot.Outbox
	channels map[string]bot.Channel
	cfg      Config

	lanes   *bot.KeyedPool // one lane a chat
	settler *bot.KeyedPool // one worker: records settlements beside the senders
	desk    *bot.Lane
	kick    chan struct{} // asks for a scan at once

	mu       sync.Mutex
	phase    phase
	halt     context.CancelFunc // ends the scanner
	scanning sync.WaitGroup
	chats    map[bot.Address]*chat
	turns    map[int64]int    // those that may still push, by the end of their leases
	queued   int              // deliveries in all queues
	pending  int              // chats with pendingScans > 0
	backlog  *chat            // pendingScans by a scan that could not take all; stands for any chat
	settled  []bot.Settlement // to be recorded
	untold   map[int64]int    // how many of them, and of those being recorded, by Seq
	unread   map[int64]int    // failures to read attachments of deliveries that wait, by Seq
	ailing   bool             // recording waits after a failure
}

// Config configures an outbox. Owner and Clock are required; zero elsewhere
// means the default.
type Config struct {
	// Owner names this run of the process: no other process, and no earlier run,
	// may have the same name. It is the Owner of the units of work whose deliveries are
	// pushed.
	Owner string
	// Clock gives the time by which deliveries are due and leases end.
	Clock func() time.Time

	Workers int // deliveries sent at once; default 64
	Queue   int // deliveries kept in memory; default 10,000
	Batch   int // deliveries claimed, or settlements recorded, in one call; default 500
	// Scan is the interval at which the store is searched for deliveries that are due; default
	// 2 s, with Leadership 4 s. It is also the wait after the store could not record settlements.
	Scan time.Duration
	// Lease is the time for which claimed deliveries are ours; default 2 minutes. The next
	// owner of the store does not wait for its end.
	Lease time.Duration
	// Timeout ends one try to send; default 1 minute.
	Timeout time.Duration
	// Margin is the time that a lease must last beyond Timeout for a try to begin, for
	// clocks that differ; default 5 s. Lease must exceed Timeout + Margin.
	Margin time.Duration
	// Attempts is after how many failed tries a delivery is dead; default 100,
	// with the other defaults about 15 hours.
	Attempts int
	// Backoff is the mean wait after the first failure, doubled at each further
	// one up to MaxBackoff; default 1 s and 10 minutes.
	Backoff, MaxBackoff time.Duration
	// Patience is the age that a notice may reach while its network does not run, or
	// cannot take it for a reason that may last; then it is given up, and may go by
	// another address. Default 6 hours.
	Patience time.Duration
	// NextOpen gives the instant itself if the office is open then, else its next
	// opening, for what is to go in working hours ([bot.Message.Daytime]); nil: it
	// is always open.
	NextOpen func(now time.Time) time.Time
	// NoChannel is the time for which a delivery waits whose channel does not run; default 1
	// minute. Such waits do not count as tries.
	NoChannel time.Duration
	// Leadership tells whether deliveries are sent here; nil: always.
	Leadership bot.Leadership
	// Elsewhere has a notice go to another address of its person, and tells whether
	// there is one. It is asked of notices older than Patience for which their
	// channel has no room. Nil: there is none.
	Elsewhere func(ctx context.Context, d bot.Delivery) bool
	// Barred tells whether a delivery may not go to its chat any more. It is asked of
	// notices, and of answers that waited. Nil: all may.
	Barred func(ctx context.Context, d bot.Delivery) (bool, error)
	// Rand gives numbers in [0, 1), which spread retries; safe for concurrent use.
	// Default: the process's own source.
	Rand func() float64
	// Files holds the attachments. They are read to their end before a delivery is
	// sent, so that one that cannot be read any more holds up nothing. Nil: they are
	// not looked at.
	Files bot.Files
	// Lost gives the line that stands in a delivery for attachments that cannot be
	// read, or, if there are none, for a message that cannot. Required with Files.
	Lost func(ctx context.Context, d bot.Delivery, files []bot.Attachment) string
	// Dead is told of deliveries that are given up, before that is recorded: after
	// a crash in between, again. The reason is a short code.
	Dead func(ctx context.Context, d bot.Delivery, reason string)
	// Supervise keeps the loops running; nil: nobody does.
	Supervise bot.Supervise
	Log       *slog.Logger // default: none
}

type phase int

const (
	phaseNew phase = iota
	phaseRunning
	phaseStopped
)

// New gives an outbox that has to be started.
func New(store bot.Outbox, channels []bot.Channel, cfg Config) *Outbox {
	o := &Outbox{
		store:    store,
		channels: make(map[string]bot.Channel, len(channels)),
		cfg:      cfg.withDefaults(),
		settler:  bot.NewKeyedPool(1),
		kick:     make(chan struct{}, 1),
		chats:    map[bot.Address]*chat{},
		turns:    map[int64]int{},
		untold:   map[int64]int{},
	}
	for _, ch := range channels {
		o.channels[ch.Name()] = ch
	}
	o.lanes = bot.NewKeyedPool(o.cfg.Workers)
	o.desk = bot.NewLane(o.record)
	o.backlog = o.newChat()
	return o
}

func (cfg Config) withDefaults() Config {
	cfg.Workers = cmp.Or(cfg.Workers, 64)
	cfg.Queue = cmp.Or(cfg.Queue, 10_000)
	cfg.Batch = cmp.Or(cfg.Batch, 500)
	if cfg.Leadership != nil {
		cfg.Scan = cmp.Or(cfg.Scan, 4*time.Second) // other processes make few deliveries
	}
	cfg.Scan = cmp.Or(cfg.Scan, 2*time.Second)
	cfg.Lease = cmp.Or(cfg.Lease, 2*time.Minute)
	cfg.Timeout = cmp.Or(cfg.Timeout, time.Minute)
	cfg.Margin = cmp.Or(cfg.Margin, 5*time.Second)
	cfg.Attempts = cmp.Or(cfg.Attempts, 100)
	cfg.Backoff = cmp.Or(cfg.Backoff, time.Second)
	cfg.MaxBackoff = cmp.Or(cfg.MaxBackoff, 10*time.Minute)
	cfg.Patience = cmp.Or(cfg.Patience, 6*time.Hour)
	cfg.NoChannel = cmp.Or(cfg.NoChannel, time.Minute)
	cfg.Log = cmp.Or(cfg.Log, slog.New(slog.DiscardHandler))
	if cfg.Rand == nil {
		cfg.Rand = rand.Float64
	}
	if cfg.Elsewhere == nil {
		cfg.Elsewhere = func(context.Context, bot.Delivery) bool { return false }
	}
	if cfg.Lost == nil {
		cfg.Lost = func(context.Context, bot.Delivery, []bot.Attachment) string { return "" }
	}
	if cfg.Dead == nil {
		cfg.Dead = func(context.Context, bot.Delivery, string) {}
	}
	return cfg
}

// check says what keeps the outbox from starting.
func (o *Outbox) check() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	switch {
	case o.phase != phaseNew:
		return errors.New("outbox: it was started or stopped before")
	case o.cfg.Owner == "":
		return errors.New("outbox: no owner")
	case o.cfg.Clock == nil:
		return errors.New("outbox: no clock")
	case o.cfg.Lease <= o.cfg.Timeout+o.cfg.Margin:
		return errors.New("outbox: the lease is too short for a try")
	}
	return nil
}

// Start claims what is due and begins to send, that and what was pushed before. It
// may be tried again after an error of the store. Only [Outbox.Stop] ends the work, not the end
// of ctx.
func (o *Outbox) Start(ctx context.Context) error {
	if err := o.check(); err != nil {
		return err
	}
	if o.active() {
		if err := o.scan(ctx); err != nil {
			return fmt.Errorf("start the outbox: %w", err)
		}
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.phase = phaseRunning
	o.lanes.Start(ctx)
	o.settler.Start(ctx)
	ctx, o.halt = context.WithCancel(context.WithoutCancel(ctx))
	o.scanning.Go(func() { o.cfg.Supervise.Loop(ctx, "outbox", o.scanAgain) })
	return nil
}

// Idle waits until everything that was pushed, or found by a scan, was tried and
// the outcome is recorded. It does not wait for retries that are not due. It
// returns [bot.ErrStopped] if that cannot be.
func (o *Outbox) Idle(ctx context.Context) error {
	if err := o.lanes.Idle(ctx); err != nil {
		return err
	}
	return o.settler.Idle(ctx)
}

// flushTimeout bounds what Stop writes after the senders have ended.
const flushTimeout = 5 * time.Second

// Stop lets the tries that run finish, gives back what waits, so that anybody may
// claim it at once, and records the outcomes. When ctx ends first, it cancels the
// tries and returns an error, but still records what it can. It may be called
// again.
func (o *Outbox) Stop(ctx context.Context) error {
	o.mu.Lock()
	o.phase = phaseStopped
	if o.halt != nil {
		o.halt()
	}
	o.mu.Unlock()
	o.scanning.Wait()
	err := o.lanes.Stop(ctx)
	o.giveAllBack()

	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), flushTimeout)
	defer cancel()
	err = errors.Join(err, o.settler.Stop(ctx), o.flush(ctx))
	if err != nil {
		return fmt.Errorf("outbox: %w", err)
	}
	return nil
}
