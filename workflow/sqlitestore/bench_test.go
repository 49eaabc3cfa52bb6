package sqlitestore_test

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"text/tabwriter"
	"time"
)

// Both sides of a row are measured in short rounds that take turns, so that a busy
// moment of the machine hits both. Medians are printed: of the rates, and of the
// ratio of each pair of rounds.
const (
	rounds = 31
	round  = 300 * time.Millisecond
)

// BenchmarkStore prints one table; docs/performance.md says how to read it.
func BenchmarkStore(b *testing.B) {
	small, large := filled(b, 10_000), filled(b, 100_000)
	raw := openRaw(b, small)
	out := tabwriter.NewWriter(os.Stdout, 0, 4, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(out, "\n%d processors, %d bytes an update\n", runtime.NumCPU(), len(raw.blob))
	fmt.Fprintln(out, "what\tthe store /s\tbeside it\t/s\tratio\taim\t")
	row := func(what, beside string, a, z int, aim string, f, g func(int) error) {
		x, y, ratio := race(b, worker{a, f}, worker{z, g})
		fmt.Fprintf(out, "%s\t%.0f\t%s\t%.0f\t%.2f\t%s\t\n", what, x, beside, y, ratio, aim)
	}
	row("chat updates, 1 chat", "raw commits", 1, 1, "≥ 0.40", small.update, raw.commit)
	row("chat updates, 64 chats", "raw commits", 64, 1, "≥ 2.00", small.update, raw.commit)
	row("chat updates with their reads, 64 chats", "raw commits", 64, 1, "", small.unit, raw.commit)
	row("status answers, 10,000 cases", "raw point reads", 64, 64, "", small.status, raw.read)
	row("status answers, 100,000 cases", "at 10,000", 64, 64, "≥ 0.67", large.status, small.status)
	row("task list, 10,000 cases", "raw point reads", 64, 64, "", small.tasks, raw.read)
	row("task list, 100,000 cases", "at 10,000", 64, 64, "≥ 0.67", large.tasks, small.tasks)
	row("find, 100,000 cases", "at 10,000", 64, 64, "", large.find, small.find)
	if err := out.Flush(); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(0, "ns/op")
}

// worker is something done over and over by so many goroutines.
type worker struct {
	n int
	f func(n int) error // by the nth of them
}

// race measures two workers in turns and gives how often a second each was done,
// and the ratio of the two.
func race(b *testing.B, x, y worker) (perX, perY, ratio float64) {
	b.Helper()
	var xs, ys, ratios [rounds]float64
	for i := range rounds {
		xs[i], ys[i] = rate(b, x), rate(b, y)
		ratios[i] = xs[i] / ys[i]
	}
	return median(xs[:]), median(ys[:]), median(ratios[:])
}

func median(list []float64) float64 {
	slices.Sort(list)
	return list[len(list)/2]
}

func rate(b *testing.B, w worker) float64 {
	b.Helper()
	ctx, stop := context.WithTimeout(b.Context(), round)
	defer stop()
	var done atomic.Int64
	var wg sync.WaitGroup
	start := time.Now()
	for n := range w.n {
		wg.Go(func() {
			for ctx.Err() == nil {
				if err := w.f(n); err != nil {
					b.Error(err)
					return
				}
				done.Add(1)
			}
		})
	}
	wg.Wait()
	return float64(done.Load()) / time.Since(start).Seconds()
}
