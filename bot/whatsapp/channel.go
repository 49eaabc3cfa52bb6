//go:build !nowhatsapp

package whatsapp

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"go.mau.fi/whatsmeow"

	"izinbot/bot"
	"izinbot/bot/whatsapp/internal/session"
)

// Built says whether this program can speak with WhatsApp.
const Built = true

// Channel is the bot on WhatsApp. It is used once: Open, Start, Stop. It is safe
// for concurrent use.
type Channel struct {
	cfg     Config
	session *session.File
	pace    *limiter
	health  *health

	ctx     context.Context //nolint:containedctx // the life of the channel: the library's callbacks carry none
	cancel  context.CancelFunc
	running sync.WaitGroup

	mu      sync.Mutex
	client  *whatsmeow.Client // nil: no device is linked
	wanted  bool              // the connection is meant to be up
	resting bool              // between a message that could not be stored and the next login

	telling    sync.Mutex  // of states; see announce
	drained    atomic.Bool // no more messages are taken
	signKept   time.Time   // belongs to watch, as do purged and lost
	purged     time.Time
	lost       bot.Episodes
	courtesy   chan func(ctx context.Context)
	unreadable unreadable
	fetches    fetches
	quotes     quotes
	forbidden  forbiddenChats
}

var (
	_ bot.Channel = (*Channel)(nil)
	_ bot.Typist  = (*Channel)(nil)
	_ bot.Pacer   = (*Channel)(nil)
	_ bot.Fetcher = (*Channel)(nil)
)

// Open opens the session file, making it if there is none. Error: [ErrInUse] while
// another process has it open.
func Open(ctx context.Context, cfg Config) (*Channel, error) {
	if cfg.Path == "" || cfg.Files == nil || cfg.Accept == nil || cfg.Now == nil {
		return nil, errors.New("whatsapp: Path, Files, Accept and Now are required")
	}
	cfg = cfg.withDefaults()
	s, err := session.Open(ctx, cfg.Path)
	if err != nil {
		return nil, err
	}
	c := &Channel{cfg: cfg, session: s, courtesy: make(chan func(context.Context), courtesies), lost: bot.Episodes{Grace: lostAfter}}
	c.ctx, c.cancel = context.WithCancel(context.WithoutCancel(ctx))
	if err := c.open(ctx); err != nil {
		c.cancel()
		return nil, errors.Join(err, s.Close())
	}
	return c, nil
}

func (c *Channel) open(ctx context.Context) error {
	pushes, err := c.session.Pushes(ctx, c.cfg.Now().Add(-day))
	if err != nil {
		return err
	}
	c.pace = newLimiter(c.cfg.Pace, c.cfg.Rand, pushes)
	c.health = newHealth(c.cfg.Now())
	if err := c.recall(ctx); err != nil {
		return err
	}
	device, err := c.session.Linked(ctx)
	if err != nil {
		return err
	}
	if device != nil {
		if _, err := c.session.Belong(ctx, device.GetJID()); err != nil {
			return err
		}
		c.client = c.newClient(device) //nolint:contextcheck // the channel outlives the call
		c.health.set(State{Code: StateStopped, Since: c.cfg.Now()})
	}
	return c.resume(ctx)
}

// Name implements [bot.Channel].
func (*Channel) Name() string { return Name }

// Start connects the linked device and keeps it connected until Stop, not until the
// end of ctx. Without a linked device it waits for [Channel.Pair]. That the network
// cannot be reached is no error.
func (c *Channel) Start(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	c.running.Go(func() { c.cfg.Supervise.Loop(c.ctx, Name+" courtesies", func(context.Context) { c.serveCourtesies() }) }) //nolint:contextcheck // it has the life of the channel
	c.running.Go(func() { c.cfg.Supervise.Loop(c.ctx, Name+" watch", func(context.Context) { c.watch() }) })                //nolint:contextcheck // as above
	if c.cfg.Alone != nil {
		c.running.Go(func() {
			c.cfg.Alone(c.ctx, func(ctx context.Context) { c.cfg.Supervise.Loop(ctx, Name, c.stay) })
		})
		return nil
	}
	c.want(true)
	c.connect() //nolint:contextcheck // the channel outlives the call
	return nil
}

// stay keeps the device connected until ctx ends.
func (c *Channel) stay(ctx context.Context) {
	c.want(true)
	c.connect() //nolint:contextcheck // the connection has the life of the channel
	<-ctx.Done()
	c.want(false).Disconnect()
	if c.ctx.Err() == nil && !c.health.state().decided() {
		c.enter(State{Code: StateStopped, Since: c.cfg.Now()}) //nolint:contextcheck // the channel outlives this work
	}
}

// want says whether the connection is meant to be up, and gives the client.
func (c *Channel) want(up bool) *whatsmeow.Client {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.wanted = up
	return c.client
}

// Drain ends the taking of messages: those that come from now on wait at WhatsApp for
// the next start. Sending goes on until Stop.
func (c *Channel) Drain() { c.drained.Store(true) }

// Stop disconnects and closes the session file. What was not received waits at
// WhatsApp. Stopping twice, or what never started, is harmless.
func (c *Channel) Stop(context.Context) error {
	c.want(false).Disconnect()
	c.cancel()
	c.running.Wait()
	return c.session.Close()
}

// current gives the client of the linked device, or nil.
func (c *Channel) current() *whatsmeow.Client {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.client
}

// Linked says whether a device is linked to an account.
func (c *Channel) Linked() bool { return c.current() != nil }
