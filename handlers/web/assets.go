package web

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"

	"github.com/gofiber/fiber/v2"
)

//go:embed page
var page embed.FS

// asset is a file of the page, ready to be sent.
type asset struct {
	body []byte
	kind string // media type
	etag string
}

// assets are the files of the page by their path under page/.
type assets map[string]asset

func loadAssets() (assets, error) {
	out := assets{}
	err := fs.WalkDir(page, "page", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := page.ReadFile(name)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(body)
		out[name[len("page/"):]] = asset{body, mediaType(name), `"` + hex.EncodeToString(sum[:8]) + `"`}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("load page: %w", err)
	}
	return out, nil
}

// mediaType knows the kinds of files that the page is made of. The machine's own
// table is not asked: on some machines it calls JavaScript plain text.
func mediaType(name string) string {
	switch path.Ext(name) {
	case ".html":
		return "text/html; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	default:
		return "application/octet-stream"
	}
}

func (a assets) serve(name string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		f, ok := a[name]
		if !ok {
			return fs.ErrNotExist
		}
		c.Set(fiber.HeaderCacheControl, "no-cache")
		c.Set(fiber.HeaderETag, f.etag)
		if c.Get(fiber.HeaderIfNoneMatch) == f.etag {
			return c.SendStatus(fiber.StatusNotModified)
		}
		c.Set(fiber.HeaderContentType, f.kind)
		return c.Send(f.body)
	}
}

func (s *Server) asset(c *fiber.Ctx) error {
	return s.assets.serve("assets/" + c.Params("*"))(c)
}
