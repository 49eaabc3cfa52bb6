package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"
)

// Dispatcher takes messages from the channels, makes them safe in the inbox and
// gives each chat's messages to the handler in the order of arrival, one at a
// time; chats go side by side.
//
// A message whose Accept returned nil is handled at least once: what memory has no
// room for, what a failed write may have stored all the same and what was left at
// a stop is read from the inbox again. The memory is only a shortcut past that
// read.
//
// One process at a time may handle messages: another one would mark a later message
// handled while an earlier one still waits here. Where several share a store,
// [DispatcherConfig.Leadership] says which one does, and memory is no shortcut, for the
// others accept messages too: every one is read from the inbox, in order.
type Dispatcher struct {
	inbox   Inbox
	handler Handler
	cfg     DispatcherConfig
	lanes   *KeyedPool

	kick  chan struct{} // asks for a look at the inbox
	halt  context.CancelFunc
	looks sync.WaitGroup

	mu    sync.Mutex
	phase phase
	chats map[Address]*chat // those with work, or with an Accept under way
	held  int               // messages in all queues

	served int // messages handled so far
}

// DispatcherConfig configures a dispatcher. Its zero value is usable.
type DispatcherConfig struct {
	Workers int // chats handled at once; default 64
	Queue   int // messages a chat keeps in memory; default 32
	Memory  int // messages all chats together keep in memory; default 10,000
	// Tries is after how many failures of a message Failed is called; default 5.
	Tries int
	// Backoff is the wait after the first failure, doubled at each further one;
	// default 250 ms.
	Backoff time.Duration
	// Slow is the longest wait: after Failed has failed too; default 30 s.
	Slow time.Duration
	// Timeout ends the context of one try; default 1 minute.
	Timeout time.Duration
	// Patience is the time that a try may take before the log says so; default 5 s.
	Patience time.Duration
	// Typing shows in a chat that an answer is being prepared; it is called once
	// the handler has taken TypingAfter (default 300 ms), and again while it goes
	// on, and may be called for any chat. Nil: nothing is shown.
	Typing      func(ctx context.Context, to Address)
	TypingAfter time.Duration
	// Failed answers the person that the message could not be handled and marks
	// it handled. While it returns an error the message is tried again, slowly.
	// Nil: messages are tried for ever.
	Failed func(ctx context.Context, r Received, cause error) error
	// Delayed is told of a chat whose messages are stored, but have to wait because
	// of [ErrUnavailable], after a few tries and from then on again. It must not
	// wait for anything. Nil: nobody is.
	Delayed func(ctx context.Context, chat Address)
	// Late is told of a message that is not handled Wait after its first try began,
	// once. It must not wait for anything. Nil: nobody is.
	Late func(ctx context.Context, r Received)
	// Wait is also how long the file of a message may take before the message gives way
	// to a later one of its chat that needs no file: then Failed is called with
	// [ErrUnfetched]. Default 10 s.
	Wait time.Duration
	// Outage is the longest wait between tries while the store cannot be reached;
	// default 5 s.
	Outage time.Duration
	// Attempts finds messages at which the process dies; nil: none are found.
	Attempts *Attempts
	// Leadership tells whether messages are handled here; nil: always, and no other
	// process has the inbox open.
	Leadership Leadership
	// Poll is the interval at which the inbox is looked through for what other processes
	// accepted (with Leadership), for a minute after some was found; default 250 ms. From
	// then on it is QuietPoll; default 4 s.
	Poll, QuietPoll time.Duration
	// Supervise keeps the loops running; nil: nobody does.
	Supervise Supervise
	Log       *slog.Logger // default: none
}

// ErrPanic is the cause of a try that ended in a panic.
var ErrPanic = errors.New("panic")

type phase int

const (
	phaseNew phase = iota
	phaseRunning
	phaseStopped
)

// NewDispatcher gives a dispatcher that has to be started.
func NewDispatcher(inbox Inbox, handler Handler, cfg DispatcherConfig) *Dispatcher {
	cfg.Workers = cmp.Or(cfg.Workers, 64)
	cfg.Queue = cmp.Or(cfg.Queue, 32)
	cfg.Memory = cmp.Or(cfg.Memory, 10_000)
	cfg.Tries = cmp.Or(cfg.Tries, 5)
	cfg.Backoff = cmp.Or(cfg.Backoff, 250*time.Millisecond)
	cfg.Slow = cmp.Or(cfg.Slow, 30*time.Second)
	cfg.Timeout = cmp.Or(cfg.Timeout, time.Minute)
	cfg.Patience = cmp.Or(cfg.Patience, 5*time.Second)
	cfg.Wait = cmp.Or(cfg.Wait, 10*time.Second)
	cfg.Outage = cmp.Or(cfg.Outage, 5*time.Second)
	cfg.Poll = cmp.Or(cfg.Poll, 250*time.Millisecond)
	cfg.QuietPoll = cmp.Or(cfg.QuietPoll, 4*time.Second)
	cfg.TypingAfter = cmp.Or(cfg.TypingAfter, 300*time.Millisecond)
	cfg.Log = cmp.Or(cfg.Log, slog.New(slog.DiscardHandler))
	return &Dispatcher{
		inbox:   inbox,
		handler: handler,
		cfg:     cfg,
		lanes:   NewKeyedPool(cfg.Workers),
		kick:    make(chan struct{}, 1),
		chats:   map[Address]*chat{},
	}
}

// Start begins to handle messages: those that the inbox holds from before first.
// Messages accepted earlier or meanwhile are handled after those of their chat. It
// may be tried again after an error. Only [Dispatcher.Stop] ends the work, not the
// end of ctx.
func (d *Dispatcher) Start(ctx context.Context) error {
	left, err := d.inbox.Unhandled(ctx)
	if err != nil {
		return fmt.Errorf("read unhandled messages: %w", err)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.phase != phaseNew {
		return errors.New("start a dispatcher: it was started or stopped before")
	}
	d.cfg.Attempts.recall(left)
	slices.SortStableFunc(left, d.cfg.Attempts.compare)
	for _, r := range left {
		if d.active() {
			d.put(d.chat(r.Chat), r)
		}
	}
	d.phase = phaseRunning
	d.lanes.Start(ctx)
	if d.shared() {
		ctx, d.halt = context.WithCancel(context.WithoutCancel(ctx))
		d.looks.Go(func() { d.cfg.Supervise.Loop(ctx, "inbox", d.lookAgain) })
	}
	return nil
}

// Stop lets the messages that are being handled finish; when ctx ends first, it
// cancels them and returns an error. Those that wait stay in the inbox for the
// next start. Accept then only stores. Stop may be called again.
func (d *Dispatcher) Stop(ctx context.Context) error {
	d.mu.Lock()
	d.phase = phaseStopped
	if d.halt != nil {
		d.halt()
	}
	d.mu.Unlock()
	d.looks.Wait()
	if err := d.lanes.Stop(ctx); err != nil {
		return fmt.Errorf("dispatcher: %w", err)
	}
	return nil
}

// Idle waits until every message that was accepted before has been handled, those
// that wait for another try included. It returns [ErrStopped] if that cannot be.
func (d *Dispatcher) Idle(ctx context.Context) error {
	return d.lanes.Idle(ctx)
}
