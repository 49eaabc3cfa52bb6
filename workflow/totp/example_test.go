package totp_test

import (
	"fmt"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/totp"
)

func ExampleCheck() {
	secret := []byte("CONTOH secret of 20b") // outside of examples: totp.NewSecret(rand.Reader)
	now := time.Date(2026, 11, 23, 8, 0, 0, 0, workflow.WIB())
	code, err := totp.Code(secret, now)
	if err != nil {
		fmt.Println(err)
		return
	}
	var state workflow.OTP // stored after every check, refused ones too

	state, err = totp.Check(state, secret, code, "in-1", now)
	fmt.Println("right:", err)
	state, err = totp.Check(state, secret, code, "in-2", now)
	fmt.Println("again:", err)
	state, err = totp.Check(state, secret, "ya", "in-3", now)
	fmt.Println("no code:", err)
	for range totp.MaxTries {
		state, err = totp.Check(state, secret, "000000", "in-4", now)
	}
	fmt.Println("guessed:", err)
	fmt.Println("confirmed:", state.Confirmed)
	// Output:
	// right: <nil>
	// again: one-time code: used
	// no code: one-time code: malformed
	// guessed: one-time code: locked until 2026-11-23T01:15:00Z
	// confirmed: true
}
