package telegram

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/go-telegram/bot/models"

	"izinbot/bot"
)

// Name is the channel's name, the prefix of its addresses and inbound ids.
const Name = "telegram"

// DefaultAPIURL is Telegram's own Bot API server.
const DefaultAPIURL = "https://api.telegram.org"

// Config configures the channel. Token, Files, Accept and Now are required.
type Config struct {
	Token  string // as BotFather gives it
	APIURL string // a Bot API server, without a slash at the end; default [DefaultAPIURL]
	Files  bot.Files
	// Accept stores what persons said; when it returns nil, it is safe.
	Accept func(ctx context.Context, in ...bot.Inbound) error
	Now    func() time.Time
	// Kept is told of a chat whose messages could not be stored, over and over, and
	// wait at Telegram; nil: nobody is. It must not wait for anything.
	Kept func(ctx context.Context, chat bot.Address)
	// Webhook has Telegram deliver updates to a URL; nil: they are polled.
	Webhook *Webhook
	Pace    Pace
	Words   Words
	// Alone runs work while this process is the one that receives updates for all,
	// and ends the work's context when it no longer is; nil: it always is.
	Alone func(ctx context.Context, work func(ctx context.Context))
	// Profiles are the bot's self-descriptions by the language code of the
	// person's Telegram ("id", "en"); "" is for all others.
	Profiles map[string]Profile
	// Supervise keeps the loops running; nil: nobody does.
	Supervise bot.Supervise
	Client    *http.Client // makes all calls; nil: fasthttp makes those without a file
	Log       *slog.Logger // default: none
}

// Words are the few texts that the channel shows by itself. It does not know which
// language a chat speaks.
type Words struct {
	Stale         string // alert at a button of an older question, at most 200 characters
	ShareLocation string // button
	ShareContact  string // button
}

// Profile is the bot's self-description and command menu in one language.
type Profile struct {
	Description string // in an empty chat, at most 512 characters
	Short       string // on the bot's page, at most 120 characters
	Commands    []bot.Command
}

// Channel is the bot on Telegram. It is used once: New, Start, Stop. It is safe
// for concurrent use.
type Channel struct {
	cfg    Config
	pool   *pool                  // for calls without a file; nil: client makes them
	client *http.Client           // for calls with a file
	botID  string                 // the number before the token's colon; no secret
	name   atomic.Pointer[string] // what Telegram calls the bot; nil while unknown

	pace      *limiter
	attempts  attempts
	questions recent[int64, question] // by chat
	asked     recent[int64, asked]    // by chat
	marked    recent[shown, bool]     // messages whose buttons are gone
	courtesy  tasks

	unstored int // polls in a row whose updates could not be stored; belongs to poll

	stop    context.CancelFunc
	running sync.WaitGroup
}

var (
	_ bot.Channel = (*Channel)(nil)
	_ bot.Typist  = (*Channel)(nil)
	_ bot.Pacer   = (*Channel)(nil)
	_ bot.Fetcher = (*Channel)(nil)
)

// New prepares the channel; nothing is sent or received before Start.
func New(cfg Config) (*Channel, error) {
	if cfg.Files == nil || cfg.Accept == nil || cfg.Now == nil {
		return nil, errors.New("telegram: Files, Accept and Now are required")
	}
	botID, err := CheckToken(cfg.Token)
	if err != nil {
		return nil, err
	}
	cfg.APIURL = strings.TrimSuffix(cmp.Or(cfg.APIURL, DefaultAPIURL), "/")
	cfg.Log = cmp.Or(cfg.Log, slog.New(slog.DiscardHandler))
	cfg.Words = cfg.Words.withDefaults()
	if cfg.Alone == nil {
		cfg.Alone = func(ctx context.Context, work func(ctx context.Context)) { work(ctx) }
	}
	c := &Channel{cfg: cfg, botID: botID, client: cfg.Client, pace: newLimiter(cfg.Pace)}
	if c.client == nil {
		c.client, c.pool = newClient(tlsConfig()), newPool(cfg.APIURL, tlsConfig())
	}
	return c, nil
}

// CheckToken tells whether a text has the form of a bot's token, such as
// "123456:ABC-DEF", and gives the bot's id.
func CheckToken(token string) (botID string, err error) {
	botID, secret, ok := strings.Cut(token, ":")
	if _, err := strconv.ParseUint(botID, 10, 63); err != nil || !ok || secret == "" || strings.ContainsAny(secret, "/?#% \t\r\n") {
		return "", errors.New("telegram: the token is not of the form 123456:ABC-DEF, as BotFather gives it")
	}
	return botID, nil
}

func (w Words) withDefaults() Words {
	w.Stale = cmp.Or(w.Stale, "Tombol ini dari pertanyaan yang sudah lewat. Silakan jawab pertanyaan terbaru.")
	w.ShareLocation = cmp.Or(w.ShareLocation, "📍 Kirim lokasi")
	w.ShareContact = cmp.Or(w.ShareContact, "📱 Kirim nomor saya")
	return w
}

// Name implements [bot.Channel].
func (*Channel) Name() string { return Name }

// Link implements [bot.Linker].
func (c *Channel) Link(word string) string {
	name := c.name.Load()
	if name == nil || *name == "" {
		return ""
	}
	return "https://t.me/" + *name + "?start=" + word
}

// Start checks the token and begins to receive; until Stop, not until the end of
// ctx. A Telegram that cannot be reached is no error: it is tried again.
func (c *Channel) Start(ctx context.Context) error {
	if err := c.introduce(ctx); err != nil {
		return err
	}
	ctx, c.stop = context.WithCancel(context.WithoutCancel(ctx))
	c.running.Go(func() {
		c.cfg.Alone(ctx, func(ctx context.Context) { c.cfg.Supervise.Loop(ctx, Name, c.receive) })
	})
	if c.name.Load() == nil {
		c.running.Go(func() { c.cfg.Supervise.Once(ctx, Name+" name", c.learnName) })
	}
	return nil
}

// learnName asks what the bot is called until Telegram says so. Each process needs to
// know.
func (c *Channel) learnName(ctx context.Context) {
	c.persist(ctx, "getMe", func(ctx context.Context) error {
		me, err := c.me(ctx)
		if err == nil {
			c.name.Store(&me.Username)
		}
		return err
	})
}

func (c *Channel) me(ctx context.Context) (me models.User, err error) {
	const method = "getMe"
	return me, c.explain(method, c.call(ctx, method, none{}, &me))
}

// receive runs in the process that holds the channel's lease: it sets the bot's profile, and
// polls or says where to deliver.
func (c *Channel) receive(ctx context.Context) {
	var dressing sync.WaitGroup
	defer dressing.Wait()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // before the wait, if polling panics
	dressing.Go(func() { c.cfg.Supervise.Once(ctx, Name+" profile", c.dress) })
	if c.cfg.Webhook != nil {
		contact := c.newContact()
		c.registerWebhook(ctx, contact)
		c.keepContact(ctx, contact)
	} else {
		c.poll(ctx)
	}
}

// introduce fails if Telegram says that there is no such bot.
func (c *Channel) introduce(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	me, err := c.me(ctx)
	refusal, refused := errors.AsType[*apiError](err)
	switch {
	case refused && (refusal.code == http.StatusUnauthorized || refusal.code == http.StatusNotFound):
		return errors.New("telegram: this token is not known to Telegram; copy it from BotFather again")
	case err != nil:
		c.cfg.Log.InfoContext(ctx, "telegram cannot be reached yet", slog.Any("error", err))
	default:
		c.name.Store(&me.Username)
		c.cfg.Log.InfoContext(ctx, "telegram bot is ready", slog.String("username", me.Username))
	}
	return nil
}

// Stop ends receiving: a batch that is being stored is stored first. Courtesies
// that are under way may finish until ctx ends. What was not received waits at
// Telegram. Stopping twice, or what never started, is harmless.
func (c *Channel) Stop(ctx context.Context) error {
	if c.stop != nil {
		c.stop()
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		c.running.Wait()
		c.courtesy.wait()
	}()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("stop telegram: %w", ctx.Err())
	}
}
