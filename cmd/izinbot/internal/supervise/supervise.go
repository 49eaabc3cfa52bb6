// Package supervise keeps the long-lived parts of the program running: a part that
// ends or panics is started again after a pause, and one that cannot be kept running
// ends the program, for the service manager to restart it.
//
// It knows no part: their table is in app. Retries of a single message or file belong to
// whoever handles it.
package supervise

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"
)

// Config sets when a part is started again. Its zero value is usable.
type Config struct {
	// Pause is the wait before a part is begun again, doubled at each further end up
	// to MaxPause; default 1 s and 1 minute.
	Pause, MaxPause time.Duration
	// Calm is for how long a part has to run before its earlier ends are forgotten;
	// default 10 minutes.
	Calm time.Duration
	// Most limits how often a part may end without such a time between; after one more it
	// is given up. Default 8, with the other defaults about three minutes.
	Most int
	// Ended is told of the first end of a part, and of its being given up, before the
	// log is. It must not wait long. Nil: nobody is.
	Ended func(ctx context.Context, end End)
	Log   *slog.Logger // default: none
}

// End describes the end of a part.
type End struct {
	Part  string
	At    time.Time
	Cause error
	Final bool // it is not begun again, and the program ends
}

// Causes of an end that a part gives no error for.
var (
	ErrReturned = errors.New("it returned")
	ErrPanicked = errors.New("it panicked")
)

// Supervisor runs parts. It is safe for concurrent use.
type Supervisor struct {
	cfg Config

	once   sync.Once
	failed chan struct{}
	err    error
}

// New gives a supervisor without parts.
func New(cfg Config) *Supervisor {
	cfg.Pause = cmp.Or(cfg.Pause, time.Second)
	cfg.MaxPause = cmp.Or(cfg.MaxPause, time.Minute)
	cfg.Calm = cmp.Or(cfg.Calm, 10*time.Minute)
	cfg.Most = cmp.Or(cfg.Most, 8)
	cfg.Log = cmp.Or(cfg.Log, slog.New(slog.DiscardHandler))
	if cfg.Ended == nil {
		cfg.Ended = func(context.Context, End) {}
	}
	return &Supervisor{cfg: cfg, failed: make(chan struct{})}
}

// Run runs a part until ctx ends, or until it is given up. It is a bot.Supervise.
func (s *Supervisor) Run(ctx context.Context, part string, run func(ctx context.Context) error) {
	ends, pause := 0, s.cfg.Pause
	for ctx.Err() == nil {
		began := time.Now()
		err := guarded(ctx, run)
		if ctx.Err() != nil {
			return
		}
		if time.Since(began) >= s.cfg.Calm {
			ends, pause = 0, s.cfg.Pause
		}
		ends++
		end := End{Part: part, At: time.Now(), Cause: cause(err), Final: ends > s.cfg.Most}
		if end.Final {
			s.giveUp(ctx, end)
			return
		}
		s.tell(ctx, end, ends)
		s.cfg.Log.ErrorContext(ctx, "a part of the program ended; it is begun again",
			slog.String("part", part), slog.Int("ends", ends), slog.Duration("pause", pause), slog.Any("error", end.Cause))
		wait(ctx, pause)
		pause = min(2*pause, s.cfg.MaxPause)
	}
}

// Try runs a piece of work of a part that is done again anyway. A panic is told as an
// end of the part, and returned.
func (s *Supervisor) Try(ctx context.Context, part string, work func(ctx context.Context) error) error {
	err := guarded(ctx, work)
	if errors.Is(err, ErrPanicked) {
		s.tell(ctx, End{Part: part, At: time.Now(), Cause: err}, 1)
	}
	return err
}

// Failed is closed once a part was given up; the program cannot go on without it.
func (s *Supervisor) Failed() <-chan struct{} { return s.failed }

// Err tells which part was given up, and why; nil: none was.
func (s *Supervisor) Err() error {
	select {
	case <-s.failed:
		return s.err
	default:
		return nil
	}
}

func (s *Supervisor) giveUp(ctx context.Context, end End) {
	s.once.Do(func() {
		s.tell(ctx, end, 1)
		s.err = fmt.Errorf("%s cannot be kept running: %w", end.Part, end.Cause)
		s.cfg.Log.ErrorContext(ctx, "a part of the program cannot be kept running; the program ends",
			slog.String("part", end.Part), slog.Any("reason", end.Cause))
		close(s.failed)
	})
}

// tell passes on the first end of several. A panic of whoever is told changes nothing.
func (s *Supervisor) tell(ctx context.Context, end End, ends int) {
	if ends > 1 {
		return
	}
	err := guarded(ctx, func(ctx context.Context) error {
		s.cfg.Ended(ctx, end)
		return nil
	})
	if err != nil {
		s.cfg.Log.ErrorContext(ctx, "the end of a part cannot be told", slog.String("part", end.Part), slog.Any("error", err))
	}
}

// guarded makes a panic an error. Its value may quote a message, so only its type is
// kept, with the place.
func guarded(ctx context.Context, run func(ctx context.Context) error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("%w: %T\n%s", ErrPanicked, v, debug.Stack())
		}
	}()
	return run(ctx)
}

func wait(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

func cause(err error) error {
	if err == nil {
		return ErrReturned
	}
	return err
}
