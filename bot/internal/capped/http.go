package capped

import (
	"io"
	"net/http"
)

// Client gives a client as c (nil: the default one) that reads answers only up to limit
// bytes, whatever their header tells of their size, and then fails with [ErrOver].
func Client(c *http.Client, limit int64) *http.Client {
	if c == nil {
		c = &http.Client{}
	}
	next := c.Transport
	if next == nil {
		next = http.DefaultTransport
	}
	out := *c
	out.Transport = transport{next, limit}
	return &out
}

type transport struct {
	next  http.RoundTripper
	limit int64
}

// body is a capped reader of an answer.
type body struct {
	io.Reader
	io.Closer
}

// RoundTrip implements [http.RoundTripper].
func (t transport) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := t.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	limit := t.limit
	if resp.ContentLength > limit {
		limit = 0 // not even begun
	}
	resp.Body = body{New(resp.Body, limit), resp.Body}
	return resp, nil
}
