package bot_test

import (
	"bytes"
	"context"
	"errors"
	"regexp"
	"runtime"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"izinbot/bot"
)

// startLanes gives lanes that run until the test ends.
func startLanes(t *testing.T, limit int) *bot.KeyedPool {
	t.Helper()
	lanes := bot.NewKeyedPool(limit)
	lanes.Start(t.Context())
	t.Cleanup(func() {
		if err := lanes.Stop(context.Background()); err != nil {
			t.Errorf("stop: %v", err)
		}
	})
	return lanes
}

func TestLanesNeverRunOneLaneTwiceAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		lanes := startLanes(t, 8)
		var running, most, runs atomic.Int32
		lane := bot.NewLane(func(context.Context) bot.Next {
			most.Store(max(most.Load(), running.Add(1)))
			time.Sleep(time.Millisecond)
			running.Add(-1)
			runs.Add(1)
			return bot.Next{}
		})
		lanes.Wake(lane, false)
		synctest.Wait()
		for range 100 {
			go lanes.Wake(lane, false)
		}
		synctest.Wait()
		if err := lanes.Idle(t.Context()); err != nil {
			t.Fatal(err)
		}
		if most.Load() != 1 {
			t.Errorf("%d runs at once, want 1", most.Load())
		}
		if n := runs.Load(); n != 2 {
			t.Errorf("%d runs, want 2: one, and one for all that came while it ran", n)
		}
	})
}

func TestLanesKeepToTheNumberOfWorkers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		lanes := startLanes(t, 3)
		var running, most atomic.Int32
		for range 10 {
			lanes.Wake(bot.NewLane(func(context.Context) bot.Next {
				most.Store(max(most.Load(), running.Add(1)))
				time.Sleep(time.Second)
				running.Add(-1)
				return bot.Next{}
			}), false)
		}
		begin := time.Now()
		if err := lanes.Idle(t.Context()); err != nil {
			t.Fatal(err)
		}
		if most.Load() != 3 {
			t.Errorf("%d lanes at once, want 3", most.Load())
		}
		if took := time.Since(begin); took != 4*time.Second {
			t.Errorf("10 seconds of work took 3 workers %v, want 4s", took)
		}
	})
}

func TestLanesTakeMajorWorkFirstButStarveNone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		lanes := bot.NewKeyedPool(1)
		var order journal
		work := func(name string) *bot.Lane {
			return bot.NewLane(func(context.Context) bot.Next { order.add(name); return bot.Next{} })
		}
		for range 3 {
			lanes.Wake(work("minor"), true)
		}
		for range 20 {
			lanes.Wake(work("major"), false)
		}
		promoted := work("promoted")
		lanes.Wake(promoted, true)
		lanes.Wake(promoted, false)
		lanes.Start(t.Context())
		if err := lanes.Idle(t.Context()); err != nil {
			t.Fatal(err)
		}
		got := order.all()
		if got[0] != "major" || slices.Index(got, "minor") != 7 {
			t.Errorf("order %v, want major work first and minor work in every eighth place", got)
		}
		if i := slices.Index(got, "promoted"); i < 0 || i > 22 || got[23] != "minor" {
			t.Errorf("order %v, want the promoted lane among the major ones", got)
		}
		if err := lanes.Stop(t.Context()); err != nil {
			t.Fatal(err)
		}
	})
}

func TestLanesWaitAndAreWoken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		lanes := startLanes(t, 1)
		begin := time.Now()
		var at []time.Duration
		lane := bot.NewLane(func(context.Context) bot.Next {
			at = append(at, time.Since(begin))
			return bot.Next{More: len(at) < 3, After: time.Minute}
		})
		lanes.Wake(lane, false)
		time.Sleep(10 * time.Second)
		lanes.Wake(lane, false)
		if err := lanes.Idle(t.Context()); err != nil {
			t.Fatal(err)
		}
		if want := []time.Duration{0, 10 * time.Second, 70 * time.Second}; !slices.Equal(at, want) {
			t.Errorf("ran at %v, want %v", at, want)
		}
	})
}

func TestLanesStop(t *testing.T) {
	tests := map[string]struct {
		work func(ctx context.Context)
		err  error
		took time.Duration
	}{
		"lets work finish":       {func(context.Context) { time.Sleep(time.Second) }, nil, time.Second},
		"cancels at its end":     {func(ctx context.Context) { <-ctx.Done() }, context.DeadlineExceeded, 5 * time.Second},
		"leaves what never ends": {func(context.Context) { time.Sleep(time.Hour) }, context.DeadlineExceeded, 7 * time.Second},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				lanes := bot.NewKeyedPool(1)
				started, cancel := context.WithCancel(t.Context())
				lanes.Start(started)
				runs := 0
				lanes.Wake(bot.NewLane(func(ctx context.Context) bot.Next {
					runs++
					tt.work(ctx)
					return bot.Next{More: true}
				}), false)
				synctest.Wait()
				cancel() // the end of the starter's context is not the end of the work

				begin := time.Now()
				ctx, done := context.WithTimeout(t.Context(), 5*time.Second)
				defer done()
				if err := lanes.Stop(ctx); !errors.Is(err, tt.err) {
					t.Errorf("Stop: %v, want %v", err, tt.err)
				}
				if took := time.Since(begin); took != tt.took {
					t.Errorf("Stop took %v, want %v", took, tt.took)
				}
				time.Sleep(2 * time.Hour)
				if err := lanes.Stop(t.Context()); err != nil {
					t.Errorf("second Stop: %v", err)
				}
				if err := lanes.Idle(t.Context()); !errors.Is(err, bot.ErrStopped) {
					t.Errorf("Idle with work left: %v, want %v", err, bot.ErrStopped)
				}
				if runs != 1 {
					t.Errorf("%d runs, want none after Stop", runs)
				}
			})
		})
	}
}

func TestLanesStopBeforeStart(t *testing.T) {
	lanes := bot.NewKeyedPool(1)
	if err := lanes.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	lanes.Start(t.Context())
	lanes.Wake(bot.NewLane(func(context.Context) bot.Next { t.Error("ran"); return bot.Next{} }), false)
	if err := lanes.Idle(t.Context()); !errors.Is(err, bot.ErrStopped) {
		t.Errorf("Idle: %v, want %v", err, bot.ErrStopped)
	}
}

var bubbleLabel = regexp.MustCompile(`synctest bubble \d+`)

// workers counts the goroutines of the caller's synctest bubble that serve lanes;
// what other tests left behind does not count.
func workers() int {
	stacks := make([]byte, 1<<20)
	stacks = stacks[:runtime.Stack(stacks, true)] // the caller's comes first
	var bubble []byte
	n := 0
	for stack := range bytes.SplitSeq(stacks, []byte("\n\n")) {
		header, frames, _ := bytes.Cut(stack, []byte("\n"))
		label := bubbleLabel.Find(header)
		if bubble == nil {
			bubble = label
		}
		if bytes.Equal(label, bubble) && bytes.Contains(frames, []byte(".(*KeyedPool).serve(")) {
			n++
		}
	}
	return n
}

// TestLanesKeepSomeWorkers counts goroutines: after a rush some stay for what comes
// next, and all leave at the stop.
func TestLanesKeepSomeWorkers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		lanes := bot.NewKeyedPool(200)
		lanes.Start(t.Context())
		rush := func() (most int) {
			release := make(chan struct{})
			for range 300 {
				lanes.Wake(bot.NewLane(func(context.Context) bot.Next { <-release; return bot.Next{} }), false)
			}
			synctest.Wait()
			most = workers()
			close(release)
			if err := lanes.Idle(t.Context()); err != nil {
				t.Fatal(err)
			}
			synctest.Wait()
			return most
		}
		for range 3 {
			if most := rush(); most != 200 {
				t.Errorf("%d workers in a rush, want 200", most)
			}
			if left := workers(); left != 128 {
				t.Errorf("%d workers wait, want 128", left)
			}
		}
		if err := lanes.Stop(t.Context()); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if left := workers(); left != 0 {
			t.Errorf("%d workers did not leave", left)
		}
	})
}
