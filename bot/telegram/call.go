package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"
)

// The calls that a conversation consists of are made here, with the library's
// parameters written as JSON. The library writes a form, field by field, which
// costs twice the processor time; it makes the calls that are rare or upload files.

// errCut says that an answer broke off.
var errCut = errors.New("the answer broke off")

// envelope surrounds every answer of the Bot API.
type envelope struct {
	OK          bool   `json:"ok"`
	Code        int    `json:"error_code"`
	Description string `json:"description"`
	Parameters  struct {
		RetryAfter int `json:"retry_after"` // seconds
	} `json:"parameters"`
}

// refusal is nil for an answer that is none.
func (e *envelope) refusal(method string) error {
	if e.OK {
		return nil
	}
	return &apiError{method: method, code: e.Code, text: e.Description, after: time.Duration(e.Parameters.RetryAfter) * time.Second}
}

// call calls a method and reads the result into a pointer, or not if that is nil.
// Errors are to be explained before they are logged.
func (c *Channel) call(ctx context.Context, method string, params, result any) error {
	content, status, err := c.post(ctx, method, params)
	if err != nil {
		return err
	}
	err = open(method, content, result)
	if _, refused := errors.AsType[*apiError](err); err == nil || refused {
		return err
	}
	return unreadable(method, status)
}

func unreadable(method string, status int) error {
	return &apiError{method: method, text: fmt.Sprintf("unreadable answer with status %d", status)}
}

// post sends the parameters of a method and gives the answer with its HTTP status.
func (c *Channel) post(ctx context.Context, method string, params any) (content []byte, status int, err error) {
	body, err := json.Marshal(params)
	if err != nil {
		return nil, 0, fmt.Errorf("encode parameters: %w", err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.cfg.APIURL+"/bot"+c.cfg.Token+"/"+method, bytes.NewReader(body))
	if err != nil {
		return nil, 0, fmt.Errorf("make request: %w", err)
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := c.client.Do(req)
	if err != nil {
		return nil, 0, err //nolint:wrapcheck // to be explained
	}
	defer func() { _ = resp.Body.Close() }() // it was read to its end, or is of no use
	var out bytes.Buffer
	if n := resp.ContentLength; n > 0 && n <= smallBody {
		out.Grow(int(n) + bytes.MinRead)
	}
	if _, err := out.ReadFrom(resp.Body); err != nil {
		return nil, 0, fmt.Errorf("%w: %w", errCut, err)
	}
	return out.Bytes(), resp.StatusCode, nil
}

// open reads an answer; its error is an [apiError] if that is what it says.
func open(method string, content []byte, result any) error {
	var head envelope
	if result == nil {
		if err := json.Unmarshal(content, &head); err != nil {
			return fmt.Errorf("read answer: %w", err)
		}
		return head.refusal(method)
	}
	whole := struct {
		*envelope
		Result any `json:"result"`
	}{&head, result}
	if err := json.Unmarshal(content, &whole); err != nil {
		return fmt.Errorf("read answer: %w", err)
	}
	return head.refusal(method)
}
