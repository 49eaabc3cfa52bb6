package app

import (
	"context"
	"fmt"
	"log/slog"
	"sync"

	"github.com/robfig/cron/v3"

	"izinbot/workflow"
)

// ticker calls a job at every full minute. A job that takes longer is not started
// again meanwhile, and one that panics does not end the program.
type ticker struct {
	cron   *cron.Cron
	cancel context.CancelFunc
	first  sync.WaitGroup
}

// startTicker starts it, with one call of the job at once for what is due since the
// program was stopped. Only stop ends it, not the end of ctx.
func startTicker(ctx context.Context, job func(context.Context) error, log *slog.Logger) (*ticker, error) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	says := cronLog{log}
	t := &ticker{cancel: cancel, cron: cron.New(
		cron.WithLocation(workflow.WIB()), cron.WithLogger(says),
		// In this order: a panic that passes through SkipIfStillRunning would leave
		// the job marked as running for ever. The job itself reports its panics.
		cron.WithChain(cron.SkipIfStillRunning(says), cron.Recover(says)),
	)}
	run := func() {
		if err := job(ctx); err != nil && ctx.Err() == nil {
			log.ErrorContext(ctx, "the minute's work is left undone", slog.Any("error", err))
		}
	}
	id, err := t.cron.AddFunc("* * * * *", run)
	if err != nil {
		cancel()
		return nil, fmt.Errorf("start the ticker: %w", err)
	}
	t.cron.Start()
	t.first.Go(t.cron.Entry(id).WrappedJob.Run)
	return t, nil
}

// stop ends the job that runs, and waits for it until ctx ends.
func (t *ticker) stop(ctx context.Context) error {
	t.cancel()
	done := make(chan struct{})
	go func() {
		<-t.cron.Stop().Done()
		t.first.Wait()
		close(done)
	}()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("stop the ticker: %w", ctx.Err())
	}
}

// cronLog passes on what cron says; its remarks on every call are of no interest.
type cronLog struct{ log *slog.Logger }

func (l cronLog) Info(string, ...any) {}

func (l cronLog) Error(err error, msg string, _ ...any) {
	l.log.Error("cron: "+msg, slog.Any("error", err)) //nolint:sloglint // the words are cron's own
}
