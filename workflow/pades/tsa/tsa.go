// Package tsa asks a time-stamping authority for timestamps over HTTP (RFC 3161, 3.4).
package tsa

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"time"

	"izinbot/workflow/pades"
)

// ErrAway is returned if the authority cannot be reached or does not answer as one. What was
// signed stays signed; ask again later.
var ErrAway = errors.New("the time-stamping authority does not answer")

const (
	timeout   = 10 * time.Second
	maxAnswer = 64 << 10 // bytes
)

// Client asks one authority.
type Client struct {
	url  string
	http *http.Client
}

// New makes a client for the authority at a URL.
func New(url string) *Client { return &Client{url: url, http: &http.Client{Timeout: timeout}} }

// Stamp appends a document timestamp to a signed PDF. ErrAway, pades.ErrTimestamp, and what
// pades.PrepareTimestamp returns.
func (c *Client) Stamp(ctx context.Context, pdf []byte) ([]byte, error) {
	p, err := pades.PrepareTimestamp(pdf)
	if err != nil {
		return nil, err
	}
	digest := p.Digest()
	nonce, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 64))
	if err != nil {
		return nil, fmt.Errorf("nonce: %w", err)
	}
	query, err := pades.Request(digest, nonce)
	if err != nil {
		return nil, fmt.Errorf("encode request: %w", err)
	}
	answer, err := c.ask(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrAway, err)
	}
	token, err := pades.Token(answer, digest, nonce)
	if err != nil {
		return nil, err
	}
	return p.Embed(token)
}

func (c *Client) ask(ctx context.Context, query []byte) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.url, bytes.NewReader(query))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/timestamp-query")
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("status %d", resp.StatusCode)
	}
	return io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
}
