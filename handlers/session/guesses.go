package session

import (
	"slices"
	"sync"
	"time"
)

const (
	// JoinTries is the number of wrong invitation codes a chat may enter in JoinSpan.
	JoinTries = 10
	// JoinSpan is the time for which a wrong code counts.
	JoinSpan = time.Hour
	// OfficeTries is from how many wrong codes of all chats on in JoinSpan a chat may
	// enter one only, and the admins are told. The first code of a chat is always looked
	// at, so that whoever has a good one can join during an attack.
	OfficeTries = 60
)

// Guesses counts the wrong invitation codes of all chats since the start of the program.
// They are no rule but a brake, so that nothing is stored for it.
type Guesses struct {
	mu    sync.Mutex
	wrong []time.Time
}

// Add counts a wrong code and tells whether the brake is on.
func (g *Guesses) Add(now time.Time) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.wrong = append(Within(g.wrong, now), now)
	if n := len(g.wrong); n > OfficeTries {
		g.wrong = g.wrong[n-OfficeTries:]
	}
	return len(g.wrong) >= OfficeTries
}

// Braked tells whether the brake is on.
func (g *Guesses) Braked(now time.Time) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return len(Within(g.wrong, now)) >= OfficeTries
}

// Within keeps the instants of the last JoinSpan. One in the future, left by a clock that
// was put back, does not count.
func Within(list []time.Time, now time.Time) []time.Time {
	return slices.DeleteFunc(slices.Clone(list), func(at time.Time) bool {
		return at.After(now) || now.Sub(at) >= JoinSpan
	})
}
