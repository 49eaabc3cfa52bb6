//go:build !nowhatsapp

package whatsapp

import (
	"io"
	"net/http"

	"izinbot/bot"
	"izinbot/bot/internal/capped"
)

// mediaLimit is the most that is read of an answer: a file, its padding and its
// authentication code.
const mediaLimit = bot.MaxFileSize + 1<<10

// limited reads answers only up to mediaLimit, whatever the message told of their
// size, and then fails with [capped.ErrOver]. The library would read any file into
// memory as a whole.
type limited struct{ next http.RoundTripper }

// body is a capped reader of an answer.
type body struct {
	io.Reader
	io.Closer
}

func limitedClient(c *http.Client) *http.Client {
	if c == nil {
		c = &http.Client{}
	}
	next := c.Transport
	if next == nil {
		next = http.DefaultTransport
	}
	out := *c
	out.Transport = limited{next}
	return &out
}

func (l limited) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := l.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	limit := int64(mediaLimit)
	if resp.ContentLength > limit {
		limit = 0 // not even begun
	}
	resp.Body = body{capped.New(resp.Body, limit), resp.Body}
	return resp, nil
}
