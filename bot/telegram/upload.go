package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"strconv"
)

// fileError is a failure of the file store, not of Telegram.
type fileError struct{ err error }

func (e *fileError) Error() string { return "telegram: read attachment: " + e.err.Error() }
func (e *fileError) Unwrap() error { return e.err }

// sendDocument sends a part that has a file.
func (c *Channel) sendDocument(ctx context.Context, chat int64, p part, sent any) error {
	content, err := c.cfg.Files.Open(ctx, p.file.Key)
	if err != nil {
		return &fileError{err}
	}
	r, err := document(chat, p, content)
	if err != nil {
		return errors.Join(err, content.Close())
	}
	const method = "sendDocument"
	answer, status, err := c.do(ctx, method, r)
	if err != nil {
		return err
	}
	return understand(method, answer, status, sent)
}

// document writes the form that uploads a file. It tells its length beforehand:
// not every server or proxy reads a body in chunks.
func document(chat int64, p part, content io.ReadCloser) (request, error) {
	var around bytes.Buffer
	form := multipart.NewWriter(&around)
	begin, err := describe(form, &around, chat, p)
	if err != nil {
		return request{}, fmt.Errorf("write form: %w", err)
	}
	head, tail := around.Bytes()[:begin], around.Bytes()[begin:]
	file := &exact{content: content, left: p.file.Size}
	return request{
		kind: form.FormDataContentType(), length: int64(around.Len()) + p.file.Size,
		body: upload{io.MultiReader(bytes.NewReader(head), file, bytes.NewReader(tail)), content},
	}, nil
}

// describe writes all of a form but the file, and gives where that belongs.
func describe(form *multipart.Writer, into *bytes.Buffer, chat int64, p part) (begin int, err error) {
	fields := [][2]string{
		{"chat_id", strconv.FormatInt(chat, 10)}, {"caption", p.text}, {"disable_content_type_detection", "true"},
	}
	if p.markup != nil {
		markup, err := json.Marshal(p.markup)
		if err != nil {
			return 0, err
		}
		fields = append(fields, [2]string{"reply_markup", string(markup)})
	}
	for _, f := range fields {
		if f[1] != "" {
			err = errors.Join(err, form.WriteField(f[0], f[1]))
		}
	}
	_, failed := form.CreateFormFile("document", p.file.Name)
	begin = into.Len()
	return begin, errors.Join(err, failed, form.Close())
}

// upload is a form with a file in it. Whoever sends it closes the file, when he no
// longer reads.
type upload struct {
	io.Reader
	io.Closer
}

var errSize = errors.New("the file is not as long as it was")

// exact reads a file that must have so many bytes left.
type exact struct {
	content io.Reader
	left    int64
}

func (e *exact) Read(p []byte) (int, error) {
	n, err := e.content.Read(p)
	e.left -= int64(n)
	switch {
	case e.left < 0, errors.Is(err, io.EOF) && e.left > 0:
		return 0, &fileError{errSize}
	case err != nil && !errors.Is(err, io.EOF):
		return n, &fileError{err}
	}
	return n, err
}
