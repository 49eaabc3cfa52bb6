package totp

import (
	"crypto/subtle"
	"strings"
	"time"
	"unicode"

	"izinbot/workflow"
)

// Rules of the check.
const (
	Skew     = 1 // steps before and after the present one that count too (RFC 6238, 5.2)
	MaxTries = 5 // wrong codes in a row that lock
)

// LockFor gives how long the n-th lock since the last right code holds, from 1 on; the
// count of wrong codes then starts anew.
func LockFor(n int) time.Duration {
	switch {
	case n <= 1:
		return 15 * time.Minute
	case n == 2:
		return time.Hour
	}
	return 24 * time.Hour
}

// Check tells whether a typed code proves its officer at now. It gives the new
// state, which must be stored whatever the error, and an [*Error] if the code is
// refused. key is the id of the inbound message that brought the code.
//
// A code counts once: only for a time step after the last accepted one, so that
// none is taken again even if the clock goes back. The message that was accepted
// last stays accepted when it comes again. Spaces in the code are fine.
//
// Only a well-formed code that fits no step counts as a try. Typing something
// else, or a code that was used, gives nobody a better guess, and must not lock
// out an officer who answers "ya" or signs twice within half a minute.
//
// The first accepted code confirms the set-up.
func Check(o workflow.OTP, secret []byte, code, key string, now time.Time) (workflow.OTP, error) {
	if len(secret) == 0 {
		return o, &Error{Reason: NotSetUp}
	}
	if key != "" && key == o.LastKey {
		return o, nil
	}
	if now.Before(o.Locked) {
		return o, &Error{Reason: Locked, Until: o.Locked}
	}
	if !o.Locked.IsZero() {
		o.Locked, o.Tries = time.Time{}, 0
	}
	code, ok := clean(code)
	if !ok {
		return o, &Error{Reason: Malformed}
	}
	step, fits, err := match(secret, code, o.Last, now)
	switch {
	case err != nil:
		return o, err
	case !fits:
		return wrong(o, now)
	case step <= o.Last:
		return o, &Error{Reason: Used}
	}
	o.Last, o.LastKey, o.Tries, o.Locks, o.Confirmed = step, key, 0, 0, true
	return o, nil
}

// wrong counts a try and locks at the last one.
func wrong(o workflow.OTP, now time.Time) (workflow.OTP, error) {
	o.Tries++
	if o.Tries < MaxTries {
		return o, &Error{Reason: Wrong, Left: MaxTries - o.Tries}
	}
	o.Locks++
	o.Locked = now.Add(LockFor(o.Locks))
	return o, &Error{Reason: Locked, Until: o.Locked}
}

// match finds the time step whose code it is: the first after last, else one at
// or before it. All steps are compared, each in constant time, so that the time
// taken tells nothing.
func match(secret []byte, code string, last int64, now time.Time) (step int64, fits bool, err error) {
	present := stepAt(now)
	for s := present + Skew; s >= present-Skew; s-- {
		want, err := codeOf(secret, s)
		if err != nil {
			return 0, false, err
		}
		equal := subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1
		if equal && (!fits || s > last) {
			step, fits = s, true
		}
	}
	return step, fits, nil
}

// clean takes the spaces out of a typed code and tells whether six digits are
// left.
func clean(typed string) (code string, ok bool) {
	code = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, typed)
	notDigit := func(r rune) bool { return r < '0' || r > '9' }
	return code, len(code) == digits && !strings.ContainsFunc(code, notDigit)
}
