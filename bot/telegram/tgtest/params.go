package tgtest

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strconv"
	"strings"
)

// params are the parameters of a call, whichever way they came. JSON values that
// are no strings stand as they were written.
type params struct {
	values map[string]string
	name   string // of the uploaded document
	upload []byte
}

func readParams(r *http.Request) (params, error) {
	p := params{values: map[string]string{}}
	for key, values := range r.URL.Query() {
		p.values[key] = values[0]
	}
	kind, attrs, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case err != nil && r.ContentLength <= 0:
		return p, nil
	case kind == "application/json":
		return p, p.readJSON(r.Body)
	case kind == "multipart/form-data":
		return p, p.readForm(multipart.NewReader(r.Body, attrs["boundary"]))
	}
	if err := r.ParseForm(); err != nil {
		return p, fmt.Errorf("read form: %w", err)
	}
	for key := range r.PostForm {
		p.values[key] = r.PostForm.Get(key)
	}
	return p, nil
}

func (p *params) readJSON(body io.Reader) error {
	content, err := io.ReadAll(body)
	if err != nil {
		return fmt.Errorf("read JSON: %w", err)
	}
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(content, &raw); err != nil {
		return fmt.Errorf("read JSON: %w", err)
	}
	for key, value := range raw {
		text := string(value)
		if strings.HasPrefix(text, `"`) {
			if err := json.Unmarshal(value, &text); err != nil {
				return fmt.Errorf("read JSON: %w", err)
			}
		}
		p.values[key] = text
	}
	return nil
}

func (p *params) readForm(form *multipart.Reader) error {
	for {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read form: %w", err)
		}
		content, err := io.ReadAll(part)
		if err != nil {
			return fmt.Errorf("read form: %w", err)
		}
		if part.FileName() != "" {
			p.name, p.upload = part.FileName(), content
			continue
		}
		p.values[part.FormName()] = string(content)
	}
}

func (p params) number(key string) int64 {
	n, _ := strconv.ParseInt(strings.Trim(p.values[key], `"`), 10, 64)
	return n
}

func (p params) into(key string, v any) error {
	if p.values[key] == "" {
		return nil
	}
	if err := json.Unmarshal([]byte(p.values[key]), v); err != nil {
		return badRequest("can't parse " + key + " JSON object")
	}
	return nil
}
