package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
	"time"
)

const (
	// connections is how many connections to the server are kept open; the
	// standard two would make most calls of a busy bot open one of their own.
	connections = 256
	// callTime bounds a call without files.
	callTime = 20 * time.Second
)

// newClient gives a client without a time limit of its own: every call brings one.
func newClient() *http.Client {
	t, ok := http.DefaultTransport.(*http.Transport)
	if !ok {
		t = &http.Transport{}
	}
	t = t.Clone()
	t.MaxIdleConns, t.MaxIdleConnsPerHost = 0, connections
	return &http.Client{Transport: t, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse // the path holds the token, which is for this server alone
	}}
}

// whole is the client that the library gets. The library writes a request field by
// field through a pipe; one that is small is sent in one piece instead, with its
// length.
type whole struct{ client *http.Client }

// smallBody is how large a request may be to be gathered, in bytes.
const smallBody = 32 << 10

func (w whole) Do(r *http.Request) (*http.Response, error) {
	buffer := bytes.NewBuffer(make([]byte, 0, 1<<10))
	_, err := io.CopyN(buffer, r.Body, smallBody)
	switch {
	case errors.Is(err, io.EOF):
		r.Body, r.ContentLength = io.NopCloser(buffer), int64(buffer.Len())
	case err != nil:
		return nil, err
	default:
		r.Body = rest{io.MultiReader(buffer, r.Body), r.Body}
	}
	return w.client.Do(r) //nolint:gosec // to the configured Bot API server
}

// rest is a body of which the beginning was read already.
type rest struct {
	io.Reader
	io.Closer
}

// answer is the envelope of every answer of the Bot API.
type answer struct {
	OK          bool            `json:"ok"`
	Result      json.RawMessage `json:"result"`
	Code        int             `json:"error_code"`
	Description string          `json:"description"`
	Parameters  struct {
		RetryAfter int `json:"retry_after"` // seconds
	} `json:"parameters"`
}

// call calls a method that the library does not offer by itself.
func (c *Channel) call(ctx context.Context, method string, params any) (result json.RawMessage, err error) {
	body, err := json.Marshal(params)
	if err != nil {
		return nil, fmt.Errorf("telegram: encode %s: %w", method, err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.cfg.APIURL+"/bot"+c.cfg.Token+"/"+method, bytes.NewReader(body))
	if err != nil {
		return nil, c.explain(method, err)
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := c.client.Do(req)
	if err != nil {
		return nil, c.explain(method, err)
	}
	defer func() { err = errors.Join(err, c.explain(method, resp.Body.Close())) }()
	var a answer
	if err := json.NewDecoder(resp.Body).Decode(&a); err != nil {
		return nil, &apiError{method: method, text: fmt.Sprintf("unreadable answer with status %d", resp.StatusCode)}
	}
	if !a.OK {
		return nil, &apiError{method: method, code: a.Code, text: a.Description, after: time.Duration(a.Parameters.RetryAfter) * time.Second}
	}
	return a.Result, nil
}

// watched gives a context that notes whether a request made under it was written,
// so that the server may have got it.
func watched(ctx context.Context) (context.Context, *atomic.Bool) {
	var written atomic.Bool
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteHeaders: func() { written.Store(true) }}), &written
}
