package whatsapp

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"time"

	"izinbot/bot"
	"izinbot/bot/whatsapp/internal/session"
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

// Pace limits the rate of notices. Answers to what a person just said go at
// once: nobody is banned for answering.
type Pace struct {
	// Min and Max are the bounds of the random time between two notices; default 2
	// and 6 s.
	Min, Max time.Duration
	Hourly   int // notices an hour; default 60
	Daily    int // notices a day; default 400
	// Unlimited lets all go at once: for a server that locks no accounts.
	Unlimited bool
}

func (p Pace) withDefaults() Pace {
	p.Min = cmp.Or(p.Min, 2*time.Second)
	p.Max = max(p.Min, cmp.Or(p.Max, 6*time.Second))
	p.Hourly = cmp.Or(p.Hourly, 60)
	p.Daily = cmp.Or(p.Daily, 400)
	return p
}

// Errors of opening and of taking messages.
var (
	// ErrInUse says that another process has the session open. Two would push each
	// other off the network and lose messages.
	ErrInUse = session.ErrInUse
	// ErrNotNow may be returned by Config.Accept to leave this message, and all that
	// follow, at WhatsApp for another start.
	ErrNotNow = errors.New("no messages are taken now")
	// ErrLeftOut says that this program was built without WhatsApp, with the tag nowhatsapp.
	ErrLeftOut = errors.New("built without WhatsApp (tag nowhatsapp)")
)
