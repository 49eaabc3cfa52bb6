package tgtest

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"slices"
	"time"
)

// webhook is the address to which updates are delivered.
type webhook struct {
	url     string
	secret  string
	most    int            // deliveries at once
	busy    map[int64]bool // chats with a delivery under way
	running int
	failed  int // deliveries that were not taken
	stop    context.CancelFunc
}

// again is the time for which a delivery that failed waits.
const again = 50 * time.Millisecond

func (s *Server) setWebhook(p params) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stopHook()
	ctx, cancel := context.WithCancel(s.base)
	s.hook = webhook{
		url: p.values["url"], secret: p.values["secret_token"], most: int(p.number("max_connections")),
		busy: map[int64]bool{}, stop: cancel,
	}
	if s.hook.most <= 0 {
		s.hook.most = 40
	}
	if s.hook.url != "" {
		go s.deliver(ctx)
	}
	s.changed()
	return true, nil
}

func (s *Server) deleteWebhook() (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stopHook()
	s.changed()
	return true, nil
}

func (s *Server) stopHook() {
	if s.hook.stop != nil {
		s.hook.stop()
	}
	s.hook = webhook{}
}

// WebhookURL is the address at which the bot wants updates; "" for nowhere.
func (s *Server) WebhookURL() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.hook.url
}

// deliver hands updates to the webhook: chats side by side, each in order.
func (s *Server) deliver(ctx context.Context) {
	client := &http.Client{Timeout: time.Minute, Transport: &http.Transport{MaxIdleConnsPerHost: 256}}
	defer client.CloseIdleConnections()
	for {
		u, wake, ok := s.nextDelivery(ctx)
		if ok {
			go s.deliverOne(ctx, client, u)
			continue
		}
		select {
		case <-wake:
		case <-ctx.Done():
			return
		}
	}
}

// nextDelivery takes the first update of a chat that has none under way.
func (s *Server) nextDelivery(ctx context.Context) (update, <-chan struct{}, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if ctx.Err() != nil || s.hook.running >= s.hook.most {
		return update{}, s.wake, false
	}
	for _, u := range s.updates {
		if !s.hook.busy[u.chat] {
			s.hook.busy[u.chat] = true
			s.hook.running++
			return u, nil, true
		}
	}
	return update{}, s.wake, false
}

func (s *Server) deliverOne(ctx context.Context, client *http.Client, u update) {
	taken := s.postUpdate(ctx, client, u)
	if !taken {
		t := time.NewTimer(again)
		defer t.Stop()
		select {
		case <-t.C:
		case <-ctx.Done():
			return
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if ctx.Err() != nil {
		return // another webhook, or none
	}
	delete(s.hook.busy, u.chat)
	s.hook.running--
	if !taken {
		s.hook.failed++
	} else {
		s.remove(u)
	}
	s.changed()
}

// remove takes the first copy of an update away.
func (s *Server) remove(u update) {
	for i := range s.updates {
		if s.updates[i].id == u.id {
			s.updates = slices.Delete(s.updates, i, i+1)
			return
		}
	}
}

func (s *Server) postUpdate(ctx context.Context, client *http.Client, u update) bool {
	s.mu.Lock()
	url, secret := s.hook.url, s.hook.secret
	s.mu.Unlock()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(u.body))
	if err != nil {
		return false
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-Telegram-Bot-Api-Secret-Token", secret)
	resp, err := client.Do(req)
	if err != nil {
		return false
	}
	_, _ = io.Copy(io.Discard, resp.Body) // or the connection would not be used again
	_ = resp.Body.Close()
	return resp.StatusCode >= 200 && resp.StatusCode < 300
}
