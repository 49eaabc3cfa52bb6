//go:build !nowhatsapp

package whatsapp

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestPaceKeepsItsPromises asks at random instants, as the outbox does after its
// waits and at other times too: notices keep their distance and the caps, and who
// waits as long as he was told gets through.
func TestPaceKeepsItsPromises(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		cfg := Pace{
			Min: time.Duration(rapid.IntRange(1, 10).Draw(t, "min")) * time.Second, Max: 20 * time.Second,
			Hourly: rapid.IntRange(1, 20).Draw(t, "hourly"), Daily: rapid.IntRange(1, 60).Draw(t, "daily"),
		}
		l := newLimiter(cfg, func() float64 { return rapid.Float64Range(0, 0.999).Draw(t, "random") }, nil)
		now := time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
		var sent []time.Time
		for range rapid.IntRange(1, 200).Draw(t, "steps") {
			wait := l.wait(now)
			if wait > 0 && rapid.Bool().Draw(t, "patient") {
				now = now.Add(wait)
				if again := l.wait(now); again != 0 {
					t.Fatalf("after the wait of %v there is another of %v", wait, again)
				}
				wait = 0
			}
			if wait == 0 {
				sent = append(sent, now)
			}
			now = now.Add(time.Duration(rapid.IntRange(0, 3600).Draw(t, "pause")) * time.Second)
		}
		for i, at := range sent {
			if i > 0 && at.Sub(sent[i-1]) < cfg.Min {
				t.Fatalf("notices %d and %d are %v apart", i-1, i, at.Sub(sent[i-1]))
			}
			if j := i - cfg.Hourly; j >= 0 && at.Sub(sent[j]) < time.Hour {
				t.Fatalf("more than %d in an hour", cfg.Hourly)
			}
			if j := i - cfg.Daily; j >= 0 && at.Sub(sent[j]) < day {
				t.Fatalf("more than %d in a day", cfg.Daily)
			}
		}
	})
}
