package whatsapp

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"go.mau.fi/whatsmeow"

	"izinbot/bot"
)

// Name is the channel's name, the prefix of its addresses and inbound ids.
const Name = "whatsapp"

// Config configures the channel. Path, Files, Accept and Now are required; zero
// elsewhere means the default.
type Config struct {
	// Path is the session file. It holds the keys of the account's linked device:
	// who has it can read and write as the office.
	Path  string
	Files bot.Files
	// Accept stores what persons said; when it returns nil, it is safe. An error has
	// the channel log in anew to be given it again, but see [ErrNotNow].
	Accept func(ctx context.Context, in ...bot.Inbound) error
	Now    func() time.Time

	// Words are the texts that the channel adds to messages.
	Words Words
	Pace  Pace
	// Window is the time after a chat's last message in which it may be written to; default
	// 21 days. WhatsApp locks accounts that write to people who do not.
	Window time.Duration
	// Silence is after how long without any sign of life the connection is tried;
	// default 3 minutes.
	Silence time.Duration
	// Tick is the interval of the checks of connection and account; default 15 s.
	Tick time.Duration
	// Retry is the wait before the login that follows a message that could not be
	// stored; default 2 s.
	Retry time.Duration
	// Unreadable is the time that a message that could not be decrypted may take to come
	// again before its sender is asked to repeat it; default 30 s.
	Unreadable time.Duration
	// MediaRetry is the time that the account's phone may take to upload media again
	// that the servers no longer have; default 20 s.
	MediaRetry time.Duration
	// Alone runs work while this process is the one that may be connected, and ends
	// the work's context when it no longer is; nil: it always is.
	Alone func(ctx context.Context, work func(ctx context.Context))
	// OnState is told whenever a state begins or ends; see [Channel.States].
	OnState func(ctx context.Context, states []State)
	// Rand gives numbers in [0, 1), which spread notices; safe for concurrent use.
	// Default: the process's own source.
	Rand func() float64
	// Supervise keeps the loops running; nil: nobody does.
	Supervise bot.Supervise
	HTTP      *http.Client // default: the library's own
	Log       *slog.Logger // default: none
}

// Channel is the bot on WhatsApp. It is used once: Open, Start, Stop. It is safe
// for concurrent use.
type Channel struct {
	cfg     Config
	session *session
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
	s, err := openSession(ctx, cfg.Path)
	if err != nil {
		return nil, err
	}
	c := &Channel{cfg: cfg, session: s, courtesy: make(chan func(context.Context), courtesies), lost: bot.Episodes{Grace: lostAfter}}
	c.ctx, c.cancel = context.WithCancel(context.WithoutCancel(ctx))
	if err := c.open(ctx); err != nil {
		c.cancel()
		return nil, errors.Join(err, s.close())
	}
	return c, nil
}

func (c *Channel) open(ctx context.Context) error {
	pushes, err := c.session.pushes(ctx, c.cfg.Now().Add(-day))
	if err != nil {
		return err
	}
	c.pace = newLimiter(c.cfg.Pace, c.cfg.Rand, pushes)
	c.health = newHealth(c.cfg.Now())
	if err := c.recall(ctx); err != nil {
		return err
	}
	device, err := c.session.linked(ctx)
	if err != nil {
		return err
	}
	if device != nil {
		if _, err := c.session.belong(ctx, device.GetJID()); err != nil {
			return err
		}
		c.client = c.newClient(device) //nolint:contextcheck // the channel outlives the call
		c.health.set(State{Code: StateStopped, Since: c.cfg.Now()})
	}
	return c.resume(ctx)
}

func (cfg Config) withDefaults() Config {
	cfg.Window = cmp.Or(cfg.Window, 21*day)
	cfg.Silence = cmp.Or(cfg.Silence, 3*time.Minute)
	cfg.Tick = cmp.Or(cfg.Tick, 15*time.Second)
	cfg.Retry = cmp.Or(cfg.Retry, 2*time.Second)
	cfg.Unreadable = cmp.Or(cfg.Unreadable, 30*time.Second)
	cfg.MediaRetry = cmp.Or(cfg.MediaRetry, 20*time.Second)
	cfg.Log = cmp.Or(cfg.Log, slog.New(slog.DiscardHandler))
	if cfg.OnState == nil {
		cfg.OnState = func(context.Context, []State) {}
	}
	if cfg.Rand == nil {
		cfg.Rand = rand.Float64
	}
	return cfg
}

const day = 24 * time.Hour

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
	return c.session.close()
}

// current gives the client of the linked device, or nil.
func (c *Channel) current() *whatsmeow.Client {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.client
}

// Linked says whether a device is linked to an account.
func (c *Channel) Linked() bool { return c.current() != nil }
