package telegram

import (
	"cmp"
	"sync"
	"time"

	"izinbot/bot"
)

// Pace limits the rate of messages. Telegram lets about 30 through in a second
// over all and one in a second a chat, with a few at once now and then.
type Pace struct {
	// Rate limits the messages a second over all; default 25. While
	// nothing is refused it creeps up to Top, default 28, and falls back to Rate
	// when Telegram asks to wait.
	Rate, Top float64
	// Every is the time between two messages to a chat; default 1.05 s.
	Every time.Duration
	// Burst limits the answers that a chat gets at once; default 3. A notice always
	// keeps its distance.
	Burst     int
	Unlimited bool // all goes out at once: for a server that has no limits
}

func (p Pace) withDefaults() Pace {
	p.Rate = cmp.Or(p.Rate, 25)
	p.Top = max(p.Rate, cmp.Or(p.Top, 28))
	p.Every = cmp.Or(p.Every, 1050*time.Millisecond)
	p.Burst = cmp.Or(p.Burst, 3)
	return p
}

const (
	// reserve is the number of messages of the bucket that notices leave to answers, which
	// so need not wait while thousands of notices do.
	reserve = 2
	// bucket limits the messages that go out together after a pause.
	bucket = 4
	// creep is by how much the rate grows with each message.
	creep = 0.01
	// crowd is from how many chats on the idle ones are forgotten.
	crowd = 4096
)

// limiter keeps the pace: one bucket of tokens for all, and for each chat the
// instant from which it has had no message too many.
//
// Who has to wait is told a time of his own, after the last one told as if all went
// at the top rate, so that thousands do not ask again together. Coming back he may
// find no token, because answers took it or the rate is lower; he then gets a time
// near.
type limiter struct {
	cfg Pace

	mu      sync.Mutex
	rate    float64
	tokens  float64
	at      time.Time                 // of tokens
	paused  time.Time                 // Telegram wants nothing before
	chats   map[bot.Address]time.Time // when a chat's messages so far are a pace apart
	waiting map[bot.Address]bool      // chats that were told to come back
	queues  [3]time.Time              // the last time told: to answers, notices, those who came in vain
}

func newLimiter(cfg Pace) *limiter {
	cfg = cfg.withDefaults()
	return &limiter{cfg: cfg, rate: cfg.Rate, tokens: bucket, chats: map[bot.Address]time.Time{}, waiting: map[bot.Address]bool{}}
}

// Pace implements [bot.Pacer].
func (c *Channel) Pace(now time.Time, to bot.Address, notice bool) time.Duration {
	return c.pace.wait(now, to, notice)
}

// wait says how long a message has to wait; 0: it goes, and counts.
func (l *limiter) wait(now time.Time, to bot.Address, notice bool) time.Duration {
	if l.cfg.Unlimited {
		return 0
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.refill(now)
	if d := l.ofChat(now, to, notice); d > 0 {
		return d
	}
	need := 1.0
	if notice {
		need += reserve
	}
	if l.tokens >= need && !now.Before(l.paused) && (l.waiting[to] || !notice || len(l.waiting) == 0) {
		delete(l.waiting, to)
		l.spend(now, to)
		return 0
	}
	return l.line(now, to, notice)
}

// ofChat returns the time that the chat itself has to wait.
func (l *limiter) ofChat(now time.Time, to bot.Address, notice bool) time.Duration {
	busy, known := l.chats[to]
	if !known {
		return 0
	}
	ahead := busy.Sub(now)
	if !notice {
		ahead -= time.Duration(l.cfg.Burst-1) * l.cfg.Every
	}
	return ahead
}

// line gives a place in the line of those who wait for a token.
func (l *limiter) line(now time.Time, to bot.Address, notice bool) time.Duration {
	queue := &l.queues[0]
	switch {
	case l.waiting[to]:
		queue = &l.queues[2]
	case notice:
		queue = &l.queues[1]
	}
	l.waiting[to] = true
	from := now
	if l.paused.After(from) {
		from = l.paused
	}
	if queue.After(from) {
		from = *queue
	}
	*queue = from.Add(time.Duration(float64(time.Second) / l.cfg.Top))
	return queue.Sub(now)
}

func (l *limiter) refill(now time.Time) {
	if now.After(l.at) {
		l.tokens = min(bucket, l.tokens+now.Sub(l.at).Seconds()*l.rate)
		l.at = now
	}
}

// spend counts a message.
func (l *limiter) spend(now time.Time, to bot.Address) {
	l.tokens--
	l.rate = min(l.cfg.Top, l.rate+creep)
	from := now
	if busy := l.chats[to]; busy.After(from) {
		from = busy
	}
	l.chats[to] = from.Add(l.cfg.Every)
	if len(l.chats) >= crowd {
		l.sweep(now)
	}
}

func (l *limiter) sweep(now time.Time) {
	for chat, busy := range l.chats {
		if !busy.After(now) {
			delete(l.chats, chat)
		}
	}
}

// count counts a call that follows without a wait of its own, as the second part
// of a message does: what comes later waits the longer.
func (l *limiter) count(to bot.Address) {
	if l.cfg.Unlimited {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.spend(l.at, to)
}

// refused slows down after Telegram asked to wait. It does not say for which of its
// limits: if the chat got its messages at a pace, it is not the chat's.
func (l *limiter) refused(now time.Time, to bot.Address, after time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.rate = l.cfg.Rate
	if busy, known := l.chats[to]; known && busy.Sub(now) > l.cfg.Every {
		return // the delivery itself waits, and its chat with it
	}
	if until := now.Add(after); until.After(l.paused) {
		l.paused = until
	}
}
