package telegram

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync/atomic"
	"time"

	"izinbot/bot/internal/capped"
)

// All calls are made here, with the library's parameters written as JSON, or as a
// form where a file goes up (see upload.go). The library writes a form, field by
// field and without its length, which costs twice the processor time and which not
// every server can read.

const (
	jsonType = "application/json"
	// maxAnswer bounds an answer, in bytes. A poll brings the most: 100 updates.
	maxAnswer = 32 << 20
)

// brokenError reports a call that ended without a whole answer.
type brokenError struct {
	err  error // to be explained before it is logged; it holds no URL
	sent bool  // the request was written to its end: the server may have done it
}

func (e *brokenError) Error() string { return e.err.Error() }
func (e *brokenError) Unwrap() error { return e.err }

// broken takes the URL off an error of net/http.
func broken(err error, sent bool) error {
	if outer, ok := errors.AsType[*url.Error](err); ok {
		err = outer.Err
	}
	return &brokenError{err, sent}
}

// envelope surrounds every answer of the Bot API.
type envelope struct {
	OK          bool   `json:"ok"`
	Code        int    `json:"error_code"`
	Description string `json:"description"`
	Parameters  struct {
		RetryAfter float64 `json:"retry_after"` // seconds
	} `json:"parameters"`
}

// refusal is nil for an answer that is none. A server that leaves the code out says
// the same with the HTTP status.
func (e *envelope) refusal(method string, status int) error {
	if e.OK {
		return nil
	}
	if status < http.StatusBadRequest {
		status = 0
	}
	return &apiError{
		method: method, code: cmp.Or(e.Code, status), text: e.Description,
		after: time.Duration(e.Parameters.RetryAfter * float64(time.Second)),
	}
}

// call calls a method and reads the result into a pointer, or not if that is nil.
// Errors are to be explained before they are logged.
func (c *Channel) call(ctx context.Context, method string, params, result any) error {
	content, status, err := c.post(ctx, method, params)
	if err != nil {
		return err
	}
	return understand(method, content, status, result)
}

// understand reads an answer, as call does.
func understand(method string, content []byte, status int, result any) error {
	err := open(method, content, status, result)
	if _, refused := errors.AsType[*apiError](err); err == nil || refused {
		return err
	}
	return unreadable(method, status)
}

func unreadable(method string, status int) error {
	return &apiError{method: method, status: status, text: fmt.Sprintf("unreadable answer with status %d", status)}
}

// none are the parameters of a method that has none.
type none struct{}

// post sends the parameters of a method and gives the answer with its HTTP status.
func (c *Channel) post(ctx context.Context, method string, params any) (content []byte, status int, err error) {
	body, err := json.Marshal(params)
	if err != nil {
		return nil, 0, fmt.Errorf("encode parameters: %w", err)
	}
	if c.pool != nil {
		return c.pool.post(ctx, c.path(method), body)
	}
	return c.do(ctx, method, request{jsonType, int64(len(body)), io.NopCloser(bytes.NewReader(body))})
}

// request is the body of a call.
type request struct {
	kind   string // media type
	length int64  // bytes
	body   io.ReadCloser
}

// path returns the path of a method. It holds the token.
func (c *Channel) path(method string) string { return "/bot" + c.cfg.Token + "/" + method }

// do sends a call with net/http, closes its body and returns the answer with its HTTP
// status.
func (c *Channel) do(ctx context.Context, method string, r request) (content []byte, status int, err error) {
	var written atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteRequest: func(w httptrace.WroteRequestInfo) {
		if w.Err == nil {
			written.Store(true)
		}
	}})
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.cfg.APIURL+c.path(method), r.body)
	if err != nil {
		return nil, 0, errors.Join(fmt.Errorf("make request: %w", err), r.body.Close())
	}
	req.Header.Set("Content-Type", r.kind)
	req.ContentLength = r.length
	resp, err := c.client.Do(req)
	if err != nil {
		return nil, 0, broken(err, written.Load())
	}
	defer func() { _ = resp.Body.Close() }() // it was read to its end, or is of no use
	if content, err = io.ReadAll(capped.New(resp.Body, maxAnswer)); err != nil {
		return nil, 0, broken(err, true)
	}
	return content, resp.StatusCode, nil
}

// open reads an answer; its error is an [apiError] if Telegram reports one.
func open(method string, content []byte, status int, result any) error {
	var head envelope
	if result == nil {
		if err := json.Unmarshal(content, &head); err != nil {
			return fmt.Errorf("read answer: %w", err)
		}
		return head.refusal(method, status)
	}
	whole := struct {
		*envelope
		Result any `json:"result"`
	}{&head, result}
	if err := json.Unmarshal(content, &whole); err != nil {
		return fmt.Errorf("read answer: %w", err)
	}
	return head.refusal(method, status)
}
