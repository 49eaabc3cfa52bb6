// Package testclock gives programs under test a chosen time of day, so that no test
// depends on when it is run: the office behaves differently at night, before its first
// round in the morning, on a Friday at noon and in Ramadan. The clock goes on from the
// chosen instant with the real time. Package izinbot below it is the program with that
// clock; the program that users get knows no such setting.
package testclock

import (
	"os"
	"time"
)

const (
	// atEnv chooses the instant (RFC 3339) at which the first process starts.
	atEnv = "TESTCLOCK_AT"
	// offsetEnv hands the difference to the real time on to further processes, so that
	// time does not go back when one takes over from another.
	offsetEnv = "TESTCLOCK_OFFSET"
	// usual is within working hours of an ordinary Monday.
	usual = "2026-11-23T10:00:00+07:00"
)

// offset is chosen when the process starts: asked for first within a testing/synctest bubble,
// whose time begins in the year 2000, it would be 27 years.
var offset = choose()

func choose() time.Duration {
	if handed := os.Getenv(offsetEnv); handed != "" {
		d, err := time.ParseDuration(handed)
		if err != nil {
			panic(offsetEnv + ": " + err.Error())
		}
		return d
	}
	chosen := os.Getenv(atEnv)
	if chosen == "" {
		chosen = usual
	}
	at, err := time.Parse(time.RFC3339, chosen)
	if err != nil {
		panic(atEnv + ": " + err.Error())
	}
	return time.Until(at)
}

// Now is the real time, moved to the chosen instant.
func Now() time.Time { return time.Now().Add(offset) }

// Env is the line of an environment that gives a process the same clock.
func Env() string { return offsetEnv + "=" + offset.String() }
