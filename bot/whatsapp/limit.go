package whatsapp

import (
	"errors"
	"io"
	"net/http"

	"izinbot/bot"
)

// mediaLimit is the most that is read of an answer: a file, its padding and its
// authentication code.
const mediaLimit = bot.MaxFileSize + 1<<10

// errTooLarge says that media are larger than what is taken, whatever the message
// told of their size.
var errTooLarge = errors.New("the media are too large")

// limited reads answers only up to mediaLimit. The library would read any file into
// memory as a whole.
type limited struct{ next http.RoundTripper }

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
	if err == nil {
		resp.Body = &cappedBody{ReadCloser: resp.Body, left: mediaLimit, refuse: resp.ContentLength > mediaLimit}
	}
	return resp, err
}

// cappedBody fails, rather than ends, when there is more than is left.
type cappedBody struct {
	io.ReadCloser

	left   int64
	refuse bool
}

func (b *cappedBody) Read(p []byte) (int, error) {
	if b.refuse {
		return 0, errTooLarge
	}
	n, err := b.ReadCloser.Read(p)
	if b.left -= int64(n); b.left < 0 {
		b.refuse = true
		return 0, errTooLarge
	}
	return n, err
}
