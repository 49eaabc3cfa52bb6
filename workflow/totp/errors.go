package totp

import (
	"fmt"
	"time"
)

// Reason is the machine-readable reason of a refusal.
type Reason string

// The reasons. The catalogue has a sentence for each.
const (
	Malformed Reason = "malformed"  // not six digits; does not count as a try
	Wrong     Reason = "wrong"      // Left tells how many tries remain
	Used      Reason = "used"       // right, but taken before; the next one comes within 30 seconds
	Locked    Reason = "locked"     // too many wrong codes; Until tells when the next is looked at
	NotSetUp  Reason = "not_set_up" // the officer has no secret yet
)

// Error is a refused code.
type Error struct {
	Reason Reason
	Left   int       // tries, with Wrong
	Until  time.Time // with Locked
}

func (e *Error) Error() string {
	switch e.Reason {
	case Wrong:
		return fmt.Sprintf("one-time code: wrong, %d tries left", e.Left)
	case Locked:
		return "one-time code: locked until " + e.Until.UTC().Format(time.RFC3339)
	case Malformed, Used, NotSetUp:
		return "one-time code: " + string(e.Reason)
	}
	return "one-time code: " + string(e.Reason)
}
