package totp

import (
	"testing"
	"time"

	"izinbot/workflow"
)

// TestLocksGrow: 15 minutes, an hour, then a day each, until a right code was entered.
func TestLocksGrow(t *testing.T) {
	o, now := workflow.OTP{}, noon()
	lock := func() time.Duration {
		for range MaxTries {
			o, _ = Check(o, secret(), "000000", "m", now)
		}
		held := o.Locked.Sub(now)
		now = o.Locked
		return held
	}
	for _, want := range []time.Duration{15 * time.Minute, time.Hour, 24 * time.Hour, 24 * time.Hour} {
		if got := lock(); got != want {
			t.Errorf("locked for %v, want %v", got, want)
		}
	}
	var err error
	if o, err = Check(o, secret(), codeAt(t, now), "m2", now); err != nil {
		t.Fatal(err)
	}
	if got := lock(); got != 15*time.Minute {
		t.Errorf("after a right code: %v", got)
	}
}
