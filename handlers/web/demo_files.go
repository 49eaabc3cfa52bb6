package web

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"mime"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"izinbot/bot"
	"izinbot/bot/simulator"
	"izinbot/workflow/inspect"
)

const (
	// maxFiles is the number of files one message takes.
	maxFiles = 30
	// maxName is the greatest length of a file name, in characters.
	maxName = 120
	// sniffed is the number of bytes of a content that show its type.
	sniffed = 512
)

// body is the request's body as it comes in.
func body(c *fiber.Ctx) io.Reader {
	if r := c.Context().RequestBodyStream(); r != nil {
		return r
	}
	return bytes.NewReader(c.Body())
}

func multipartBoundary(c *fiber.Ctx) string {
	kind, params, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType))
	if err != nil || kind != "multipart/form-data" {
		return ""
	}
	return params["boundary"]
}

// uploaded takes the files one after the other straight into the file store; none
// is ever whole in memory.
func (s *Server) uploaded(c *fiber.Ctx, boundary string) (simulator.Say, error) {
	var out simulator.Say
	parts := multipart.NewReader(body(c), boundary)
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return out, brokenUpload()
		}
		if len(out.Files) == maxFiles {
			return out, refusal(fiber.StatusRequestEntityTooLarge, "too_many", "Paling banyak 30 berkas sekaligus.")
		}
		f, err := s.cfg.Demo.Network.Keep(c.UserContext(), simulator.Upload{
			Name: fileName(part.FileName()), Photo: part.FormName() == "photo", Content: part,
		})
		if errors.Is(err, io.ErrUnexpectedEOF) {
			return out, brokenUpload()
		}
		if err != nil {
			return out, err
		}
		out.Files = append(out.Files, f)
	}
}

func brokenUpload() error {
	return refusal(fiber.StatusBadRequest, "bad_upload", "Kiriman terputus. Silakan kirim ulang.")
}

func (s *Server) sampleFiles(ctx context.Context, indexes []int) ([]bot.InboundFile, error) {
	var out []bot.InboundFile
	for _, i := range indexes {
		if i < 0 || i >= len(s.cfg.Demo.Samples) || len(out) == maxFiles {
			return nil, refusal(fiber.StatusBadRequest, "no_sample", "Contoh berkas itu tidak ada.")
		}
		sample := s.cfg.Demo.Samples[i]
		f, err := s.cfg.Demo.Network.Keep(ctx, simulator.Upload{
			Name: sample.Name, Photo: sample.Photo, Content: bytes.NewReader(sample.At(s.cfg.Demo.Clock())),
		})
		if err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	return out, nil
}

// sampleView is a sample as the page's menu shows it.
type sampleView struct {
	Name  string `json:"name"`
	Group string `json:"group"`
	Note  string `json:"note"`
	Photo bool   `json:"photo"`
	Size  int    `json:"size"` // bytes
}

func (s *Server) samples(c *fiber.Ctx) error {
	out := []sampleView{}
	for _, f := range s.cfg.Demo.Samples {
		out = append(out, sampleView{f.Name, f.Group, f.Note, f.Photo, len(f.Data)})
	}
	return c.JSON(out)
}

// file sends a stored file. Its type is told by its content and is one of those
// that a browser shows without running anything; all else is offered for saving.
func (s *Server) file(c *fiber.Ctx) error {
	key := c.Params("key")
	if sum, err := hex.DecodeString(key); err != nil || len(sum) != sha256.Size {
		return fs.ErrNotExist
	}
	content, err := s.cfg.Demo.Files.Open(c.UserContext(), key)
	if err != nil {
		return err
	}
	r := bufio.NewReaderSize(content, sniffed)
	head, err := r.Peek(sniffed)
	if err != nil && !errors.Is(err, io.EOF) {
		return errors.Join(err, content.Close())
	}
	kind, disposition := http.DetectContentType(head), "inline"
	if !slices.Contains([]string{"application/pdf", "image/jpeg", "image/png", "image/webp"}, kind) {
		kind, disposition = "application/octet-stream", "attachment"
	}
	name := inspect.FileName(fileName(c.Query("name")), kind)
	if disposition == "attachment" {
		name += ".bin" // nothing runs it
	}
	c.Set(fiber.HeaderContentType, kind)
	c.Set(fiber.HeaderContentDisposition, mime.FormatMediaType(disposition, map[string]string{"filename": name}))
	// The page shows files in a frame of its own.
	c.Set(fiber.HeaderXFrameOptions, "SAMEORIGIN")
	c.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; img-src 'self'; frame-ancestors 'self'")
	c.Set(fiber.HeaderCacheControl, "private, max-age=86400, immutable")
	c.Context().SetBodyStream(readCloser{r, content}, -1)
	return nil
}

type readCloser struct {
	io.Reader
	io.Closer
}

// fileName makes a name that is safe to show and to save.
func fileName(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`/\`, r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(name, ""))
	if runes := []rune(name); len(runes) > maxName {
		name = string(runes[len(runes)-maxName:])
	}
	if name == "" {
		return "berkas"
	}
	return name
}
