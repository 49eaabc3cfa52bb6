package kept

import (
	"math"
	"time"
)

// never is the deadline of what is not due: it sorts last.
const never = math.MaxInt64

// Nanos gives an instant as it is kept: nanoseconds since 1970 UTC; the zero time as
// 0, so the instant at which 1970 began cannot be kept. A date of BSON has only
// milliseconds, and SQLite knows no dates.
func Nanos(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixNano()
}

// Instant is the inverse of [Nanos]; the time is in UTC.
func Instant(n int64) time.Time {
	if n == 0 {
		return time.Time{}
	}
	return time.Unix(0, n).UTC()
}

// Due gives a deadline as it is kept: as [Nanos] does, but no deadline, the zero
// time, as a number that sorts after all others.
func Due(t time.Time) int64 {
	if t.IsZero() {
		return never
	}
	return t.UnixNano()
}

// Deadline is the inverse of [Due].
func Deadline(n int64) time.Time {
	if n == never {
		return time.Time{}
	}
	return Instant(n)
}
