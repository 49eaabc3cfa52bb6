//go:build !nowhatsapp

package whatsapp

import (
	"slices"
	"strconv"
	"sync"
	"time"
)

// unseenDays are after how many days without the account's phone the administrator
// is warned.
func unseenDays() []int { return []int{10, 12} }

// health holds the state of the connection and the account.
type health struct {
	mu     sync.Mutex
	link   State
	alive  time.Time // the last sign of life of the network
	tried  time.Time // when the connection was last begun anew
	seen   time.Time // the last sign of the account's phone
	unseen State     // the warning that is in force; zero for none
	lock   State     // the timelock; zero for none
}

func newHealth(now time.Time) *health {
	return &health{link: State{Code: StateUnlinked, Since: now}, tried: now}
}

// set begins a state of the connection. It reports whether that is news.
func (h *health) set(s State) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	news := h.link.Code != s.Code || !h.link.Until.Equal(s.Until)
	if news {
		h.link = s
	}
	return news
}

func (h *health) state() State {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.link
}

// sign notes a sign of life.
func (h *health) sign(now time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.alive = now
}

// begin notes that the connection is begun anew, which takes its time.
func (h *health) begin(now time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.tried = now
}

// silentFor is for how long there was neither a sign of life nor a new beginning.
func (h *health) silentFor(now time.Time) time.Duration {
	h.mu.Lock()
	defer h.mu.Unlock()
	return min(now.Sub(h.alive), now.Sub(h.tried))
}

// downFor is for how long the connection has been as it is, and was not begun anew.
func (h *health) downFor(now time.Time) time.Duration {
	h.mu.Lock()
	defer h.mu.Unlock()
	return min(now.Sub(h.link.Since), now.Sub(h.tried))
}

// saw notes when the account's phone gave a sign. It reports whether that ends a
// warning, and whether it is worth to be kept.
func (h *health) saw(at time.Time) (news, keep bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if at.Sub(h.seen) <= time.Hour {
		return false, false
	}
	h.seen = at
	news = h.unseen.Code != ""
	h.unseen = State{}
	return news, true
}

// locked begins or ends the timelock. It reports whether that is news.
func (h *health) locked(s State) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	news := h.lock.Code != s.Code || !h.lock.Until.Equal(s.Until)
	h.lock = s
	return news
}

// underLock tells whether the timelock is in force.
func (h *health) underLock(now time.Time) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.lock.Code != "" && now.Before(h.lock.Until)
}

// advance begins and ends the states that depend on the time. It reports whether any did.
func (h *health) advance(now time.Time) (news bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.lock.Code != "" && !now.Before(h.lock.Until) {
		h.lock, news = State{}, true
	}
	if h.seen.IsZero() || h.link.unlinks() {
		return news
	}
	days := int(now.Sub(h.seen) / day)
	for _, d := range slices.Backward(unseenDays()) {
		if days >= d {
			detail := strconv.Itoa(d)
			if h.unseen.Detail != detail {
				h.unseen = State{Code: StatePhoneUnseen, Since: h.seen.Add(time.Duration(d) * day), Detail: detail}
				return true
			}
			break
		}
	}
	return news
}

// all gives every state that holds, the connection's first.
func (h *health) all() []State {
	h.mu.Lock()
	defer h.mu.Unlock()
	out := []State{h.link}
	for _, s := range []State{h.lock, h.unseen} {
		if s.Code != "" {
			out = append(out, s)
		}
	}
	return out
}

// States gives every state that holds: the connection's first, then what else there
// is to know.
func (c *Channel) States() []State { return c.health.all() }

// LastSign is when the network last gave a sign of life; zero for never.
func (c *Channel) LastSign() time.Time {
	c.health.mu.Lock()
	defer c.health.mu.Unlock()
	return c.health.alive
}
