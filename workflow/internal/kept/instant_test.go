package kept_test

import (
	"cmp"
	"testing"
	"time"

	"pgregory.net/rapid"

	"izinbot/workflow/internal/kept"
)

// instants gives the zero time, and any of the years 1678 to 2262, whose nanoseconds
// fit, in any zone.
func instants() *rapid.Generator[time.Time] {
	return rapid.Custom(func(t *rapid.T) time.Time {
		n := rapid.Int64Range(-9e18, 9e18).Filter(func(n int64) bool { return n != 0 }).Draw(t, "nanos")
		if rapid.IntRange(0, 9).Draw(t, "zero") == 0 {
			return time.Time{}
		}
		hours := rapid.IntRange(-12, 14).Draw(t, "zone")
		return time.Unix(0, n).In(time.FixedZone("", hours*3600))
	})
}

func TestInstantsComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := instants().Draw(t, "at")
		for name, got := range map[string]time.Time{
			"instant":  kept.Instant(kept.Nanos(want)),
			"deadline": kept.Deadline(kept.Due(want)),
		} {
			if !got.Equal(want) || got.IsZero() != want.IsZero() {
				t.Fatalf("%s: %v came back as %v", name, want, got)
			}
			if got.Location() != time.UTC {
				t.Fatalf("%s: %v is not in UTC", name, got)
			}
		}
	})
}

// TestNumbersSortAsInstants has lists ordered by the kept numbers: earlier first,
// and what has no deadline last.
func TestNumbersSortAsInstants(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := instants().Draw(t, "a"), instants().Draw(t, "b")
		want := a.Compare(b)
		if a.IsZero() || b.IsZero() {
			want = cmp.Compare(order(a), order(b))
		}
		if got := cmp.Compare(kept.Due(a), kept.Due(b)); got != want {
			t.Fatalf("deadlines %v and %v compare as %d, want %d", a, b, got, want)
		}
	})
}

func order(deadline time.Time) int {
	if deadline.IsZero() {
		return 1
	}
	return 0
}

// TestForm holds the numbers that databases already hold.
func TestForm(t *testing.T) {
	at := time.Date(2026, 11, 23, 9, 30, 0, 7, time.FixedZone("WIB", 7*3600))
	for name, tt := range map[string]struct{ got, want int64 }{
		"instant":     {kept.Nanos(at), 1795401000000000007},
		"deadline":    {kept.Due(at), 1795401000000000007},
		"no instant":  {kept.Nanos(time.Time{}), 0},
		"no deadline": {kept.Due(time.Time{}), 1<<63 - 1},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: %d, want %d", name, tt.got, tt.want)
		}
	}
}
