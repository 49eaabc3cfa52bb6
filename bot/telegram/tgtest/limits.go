package tgtest

import "time"

// What Telegram lets through.
const (
	mostAtOnce = 30 // messages in any second, over all
	chatPause  = time.Second
)

// limits count messages as Telegram does, strictly: it lets small bursts to a chat
// through, this does not.
type limits struct {
	sent  []time.Time // within the last second
	chats map[int64]time.Time
}

// pass counts a message, or refuses it.
func (l *limits) pass(now time.Time, chat int64) error {
	for len(l.sent) > 0 && now.Sub(l.sent[0]) >= time.Second {
		l.sent = l.sent[1:]
	}
	last, talked := l.chats[chat]
	if len(l.sent) >= mostAtOnce || talked && now.Sub(last) < chatPause {
		return &apiError{code: 429, text: "Too Many Requests: retry after 1", after: 1}
	}
	l.sent = append(l.sent, now)
	l.chats[chat] = now
	return nil
}
