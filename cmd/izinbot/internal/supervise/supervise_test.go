package supervise_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"izinbot/bot"
	"izinbot/bot/bottest"
	"izinbot/cmd/izinbot/internal/supervise"
)

var errBroken = errors.New("broken (CONTOH)")

// supervised runs a part under a supervisor that keeps what it tells.
func supervised(ctx context.Context, run func(context.Context) error) (s *supervise.Supervisor, told func() []supervise.End, log *bottest.Log) {
	var ends []supervise.End
	log = &bottest.Log{}
	s = supervise.New(supervise.Config{
		Ended: func(_ context.Context, e supervise.End) { ends = append(ends, e) },
		Log:   slog.New(slog.NewTextHandler(log, nil)),
	})
	go bot.Supervise(s.Run).Run(ctx, "part", run)
	return s, func() []supervise.End { synctest.Wait(); return ends }, log
}

func TestAPartIsBegunAgain(t *testing.T) {
	for name, c := range map[string]struct {
		end  func() error
		want error
	}{
		"it returns":              {func() error { return nil }, supervise.ErrReturned},
		"it returns an error":     {func() error { return errBroken }, errBroken},
		"it panics":               {func() error { panic("rahasia-CONTOH") }, supervise.ErrPanicked},
		"it panics with an error": {func() error { panic(errBroken) }, supervise.ErrPanicked},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				runs := 0
				s, told, log := supervised(t.Context(), func(ctx context.Context) error {
					if runs++; runs < 4 {
						return c.end()
					}
					<-ctx.Done()
					return nil
				})
				time.Sleep(time.Minute)
				if ends := told(); runs != 4 || len(ends) != 1 || !errors.Is(ends[0].Cause, c.want) || ends[0].Final || s.Err() != nil {
					t.Errorf("%d runs, told %+v, error %v", runs, ends, s.Err())
				}
				if said := log.String(); strings.Count(said, "level=ERROR") != 3 || strings.Contains(said, "rahasia") {
					t.Errorf("log:\n%s", said)
				}
			})
		})
	}
}

func TestAPartIsGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		runs, began := 0, time.Now()
		s, told, _ := supervised(t.Context(), func(context.Context) error { runs++; return errBroken })
		<-s.Failed()
		if took := time.Since(began); runs != 9 || took < time.Minute || took > 10*time.Minute {
			t.Errorf("given up after %d runs and %v", runs, took)
		}
		if ends := told(); len(ends) != 2 || !ends[1].Final || !errors.Is(s.Err(), errBroken) {
			t.Errorf("told %+v, error %v", ends, s.Err())
		}
	})
}

// A part that ends now and then, and runs well between, is never given up.
func TestEndsAreForgotten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		runs := 0
		s, told, _ := supervised(t.Context(), func(ctx context.Context) error {
			runs++
			bot.Pause(ctx, 11*time.Minute)
			return errBroken
		})
		time.Sleep(24 * time.Hour)
		if ends := told(); runs < 100 || len(ends) < 100 || s.Err() != nil {
			t.Errorf("%d runs, told %d times, error %v", runs, len(ends), s.Err())
		}
	})
}

func TestTheEndOfTheProgramIsNoEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		s, told, log := supervised(ctx, func(ctx context.Context) error {
			<-ctx.Done()
			return ctx.Err()
		})
		cancel()
		if ends := told(); len(ends) != 0 || s.Err() != nil || log.String() != "" {
			t.Errorf("told %+v, error %v, log %s", ends, s.Err(), log)
		}
	})
}
