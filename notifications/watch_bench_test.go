package notifications_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/store"
	"izinbot/workflow/workflowtest"
)

// benchCases is the number of open cases, benchDue of those that are due in one minute.
const (
	benchCases = 100_000
	benchDue   = 1_000
)

// fill puts open cases at step 2 into the store, so many of which are due in each
// minute from first on, as they would be had they come in one after the other.
func (h *house) fill(cases, perMinute int, first time.Time) {
	h.t.Helper()
	def := h.desk.Library.Current()
	const page = 500
	for from := 0; from < cases; from += page {
		var unit store.UnitOfWork
		for i := from; i < min(from+page, cases); i++ {
			at := first.Add(time.Duration(i/perMinute) * time.Minute)
			c := workflowtest.Case(workflow.MakeCaseID(def.Code, 2026, i+1), h.now)
			c.SOP, c.Applicant, c.Step, c.Holder = def.Ref, "A-1", 2, nil
			c.StepClock = workflow.Clock{Start: at.Add(-90 * time.Minute), Budget: workflow.Budget{N: 2, Unit: workflow.Hour}}
			c.ServiceClock = workflow.Clock{}
			c = c.Derive(h.cal)
			change, err := workflowtest.Change(c, h.now, "open")
			if err != nil {
				h.t.Fatal(err)
			}
			change.Task.Due, change.Task.Check = c.StepClock.Due, at
			unit.Cases = append(unit.Cases, change)
		}
		h.commit(unit)
	}
}

// BenchmarkTick runs minutes in which 1,000 of 100,000 open cases are due, while 16
// other chats write. It reports how long a tick takes, and how long the others wait
// for a write in the middle and at worst, without and with ticks.
func BenchmarkTick(b *testing.B) {
	h := newHouse(b, "2026-11-23 07.30")
	first := h.now.Add(90 * time.Minute)
	h.fill(benchCases, benchDue, first)
	h.now = first.Add(-time.Minute)
	h.run(h.now.Format("2006-01-02 15.04")) // the morning's digests
	alone := h.others(b.Context(), func() { <-time.After(2 * time.Second) })
	slowest := time.Duration(0)
	minute := 0
	busy := h.others(b.Context(), func() {
		for b.Loop() {
			h.now, h.sent = first.Add(time.Duration(minute%60)*time.Minute), nil
			minute++
			start := time.Now()
			if err := h.watch.RunOnce(b.Context(), h.now); err != nil {
				b.Fatal(err)
			}
			slowest = max(slowest, time.Since(start))
			if minute <= 60 && len(h.sent) < benchDue/25 {
				b.Fatalf("minute %d: only %d messages", minute, len(h.sent))
			}
		}
	})
	b.ReportMetric(float64(slowest.Milliseconds()), "slowest-ms")
	for name, list := range map[string][]time.Duration{"alone": alone, "busy": busy} {
		b.ReportMetric(float64(list[len(list)/2].Microseconds())/1000, name+"-write-p50-ms")
		b.ReportMetric(float64(list[len(list)*99/100].Microseconds())/1000, name+"-write-p99-ms")
		b.ReportMetric(float64(list[len(list)-1].Microseconds())/1000, name+"-write-max-ms")
	}
}

// others has 16 chats write while something runs, and gives how long each write took,
// the shortest first.
func (h *house) others(ctx context.Context, run func()) []time.Duration {
	h.t.Helper()
	ctx, cancel := context.WithCancel(ctx)
	var wg sync.WaitGroup
	var mu sync.Mutex
	var all []time.Duration
	now := h.now
	for chat := range 16 {
		wg.Go(func() {
			for n := 0; ctx.Err() == nil; n++ {
				address := bot.Address(fmt.Sprintf("test:other-%d-%p-%d", chat, &all, n))
				start := time.Now()
				if _, err := h.store.Commit(context.WithoutCancel(ctx), now, store.UnitOfWork{Conversation: &bot.Conversation{Chat: address, State: []byte(`{}`)}}); err != nil {
					h.t.Error(err)
					return
				}
				mu.Lock()
				all = append(all, time.Since(start))
				mu.Unlock()
				select {
				case <-time.After(10 * time.Millisecond):
				case <-ctx.Done():
				}
			}
		})
	}
	run()
	cancel()
	wg.Wait()
	slices.Sort(all)
	return all
}
