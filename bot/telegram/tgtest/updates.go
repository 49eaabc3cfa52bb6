package tgtest

import (
	"context"
	"encoding/json"
	"strings"
	"time"
)

// update is something that happened, as Telegram tells the bot.
type update struct {
	id   int64
	chat int64
	body json.RawMessage
}

// push adds an update; its body lacks the update id. The caller holds the
// lock.
func (s *Server) push(chat int64, kind string, what any) {
	s.last++
	body, err := json.Marshal(map[string]any{"update_id": s.last, kind: what})
	if err != nil {
		panic(err) // only values of this package are marshalled
	}
	if kind == "message_reaction" && !s.reactions {
		return // not asked for
	}
	u := update{s.last, chat, body}
	s.updates = append(s.updates, u)
	if s.cfg.Twice {
		s.updates = append(s.updates, u)
	}
	s.changed()
}

// changed wakes all who wait. The caller holds the lock.
func (s *Server) changed() {
	close(s.wake)
	s.wake = make(chan struct{})
}

// getUpdates confirms what is before offset and gives what follows, waiting for it
// up to timeout.
func (s *Server) getUpdates(ctx context.Context, p params) (any, error) {
	offset, limit := p.number("offset"), int(p.number("limit"))
	if limit <= 0 || limit > 100 {
		limit = 100
	}
	s.allow(p)
	over := time.NewTimer(time.Duration(p.number("timeout")) * time.Second)
	defer over.Stop()
	for {
		list, wake, err := s.pending(offset, limit)
		if err != nil || len(list) > 0 {
			return list, err
		}
		select {
		case <-wake:
		case <-over.C:
			return list, nil
		case <-ctx.Done():
			return list, nil
		case <-s.base.Done():
			return list, nil
		}
	}
}

// allow notes whether reactions are asked for: Telegram tells of them to those alone who name them.
func (s *Server) allow(p params) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.reactions = strings.Contains(p.values["allowed_updates"], `"message_reaction"`)
}

func (s *Server) pending(offset int64, limit int) ([]json.RawMessage, <-chan struct{}, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.hook.url != "" {
		return nil, nil, &apiError{code: 409, text: "Conflict: can't use getUpdates method while webhook is active"}
	}
	s.confirm(offset)
	list := []json.RawMessage{}
	for _, u := range s.updates[:min(limit, len(s.updates))] {
		list = append(list, u.body)
	}
	return list, s.wake, nil
}

// confirm forgets the updates before offset.
func (s *Server) confirm(offset int64) {
	n := 0
	for n < len(s.updates) && s.updates[n].id < offset {
		s.confirmed = s.updates[n].id
		n++
	}
	if n > 0 {
		s.updates = s.updates[n:]
		s.changed()
	}
}

// Waiting counts the updates that the bot has not confirmed.
func (s *Server) Waiting() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.updates)
}

// Drained waits until the bot has confirmed every update.
func (s *Server) Drained(ctx context.Context) error {
	for {
		s.mu.Lock()
		n, wake := len(s.updates), s.wake
		s.mu.Unlock()
		if n == 0 {
			return nil
		}
		select {
		case <-wake:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
